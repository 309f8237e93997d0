// Expressions of APL's data binding, read by recursive descent into functions of a scope. No eval.

import { inDp, Dp } from "./dimension.js";
import { AplFault } from "./fault.js";
import { FUNCTIONS } from "./functions.js";
import { BINARY, member, truthy, UNARY } from "./operators.js";
import { tokens } from "./tokens.js";

const CONSTANTS = { true: true, false: false, null: null };
const LEVELS = [["==", "!="], ["<", ">", "<=", ">="], ["+", "-"], ["*", "/", "%"]];
const ESCAPED = { n: "\n", r: "\r", t: "\t" };

/** A function that returns the value of the expression in a scope. Throws AplFault. */
export function compiled(expression) {
  const reader = new Reader(expression);
  const whole = reader.ternary();
  reader.end();
  return whole;
}

class Reader {
  #words;
  #next = 0;
  #expression;

  constructor(expression) {
    this.#expression = expression;
    this.#words = tokens(expression);
  }

  end() {
    if (this.#next < this.#words.length) throw this.#unexpected();
  }

  ternary() {
    const condition = this.#coalescing();
    if (!this.#takes("?")) return condition;
    const yes = this.ternary();
    this.#needs(":");
    const no = this.ternary();
    return (scope) => (truthy(condition(scope)) ? yes(scope) : no(scope));
  }

  #coalescing() {
    const first = this.#either();
    if (!this.#takes("??")) return first;
    const second = this.#coalescing();
    return (scope) => first(scope) ?? second(scope);
  }

  #either() {
    let left = this.#both();
    while (this.#takes("||")) left = lazily(left, this.#both(), (value) => truthy(value));
    return left;
  }

  #both() {
    let left = this.#level(0);
    while (this.#takes("&&")) left = lazily(left, this.#level(0), (value) => !truthy(value));
    return left;
  }

  /** Operators of one level, from the left. */
  #level(number) {
    if (number === LEVELS.length) return this.#unary();
    let left = this.#level(number + 1);
    for (let sign = this.#oneOf(LEVELS[number]); sign; sign = this.#oneOf(LEVELS[number])) {
      const [first, second, operate] = [left, this.#level(number + 1), BINARY[sign]];
      left = (scope) => operate(first(scope), second(scope));
    }
    return left;
  }

  #unary() {
    const sign = this.#oneOf(Object.keys(UNARY));
    if (!sign) return this.#postfix();
    const operand = this.#unary();
    return (scope) => UNARY[sign](operand(scope));
  }

  #postfix() {
    const { value: first, callable } = this.#primary();
    let value = first;
    let call = callable;
    for (;;) {
      if (this.#takes(".")) {
        const [owner, key] = [value, this.#name()];
        call = call && Object.hasOwn(call, key) ? call[key] : undefined;
        value = typeof call === "function" ? uncalled(key) : (scope) => member(owner(scope), key);
      } else if (this.#takes("[")) {
        const [owner, key] = [value, this.ternary()];
        this.#needs("]");
        call = undefined;
        value = (scope) => member(owner(scope), key(scope));
      } else if (this.#takes("(")) {
        if (typeof call !== "function") throw this.#fault("calls no function that is known");
        const [action, values] = [call, this.#arguments()];
        call = undefined;
        value = (scope) => action(...values.map((each) => each(scope)));
      } else {
        return value;
      }
    }
  }

  #arguments() {
    const found = [];
    if (this.#takes(")")) return found;
    do found.push(this.ternary());
    while (this.#takes(","));
    this.#needs(")");
    return found;
  }

  #primary() {
    const word = this.#words[this.#next];
    if (this.#takes("(")) {
      const value = this.ternary();
      this.#needs(")");
      return { value };
    }
    if (!word || word.kind === "sign") throw this.#unexpected();
    this.#next += 1;
    if (word.kind === "number") return { value: number(word.text) };
    if (word.kind === "text") return { value: constant(unquoted(word.text)) };
    if (Object.hasOwn(CONSTANTS, word.text)) return { value: constant(CONSTANTS[word.text]) };
    if (Object.hasOwn(FUNCTIONS, word.text)) return { value: uncalled(word.text), callable: FUNCTIONS[word.text] };
    return { value: (scope) => scope.get(word.text) };
  }

  #name() {
    const word = this.#words[this.#next];
    if (word?.kind !== "name" || word.text.startsWith("@")) throw this.#unexpected();
    this.#next += 1;
    return word.text;
  }

  #oneOf(signs) {
    const word = this.#words[this.#next];
    if (word?.kind !== "sign" || !signs.includes(word.text)) return "";
    this.#next += 1;
    return word.text;
  }

  #takes(sign) {
    return Boolean(this.#oneOf([sign]));
  }

  #needs(sign) {
    if (!this.#takes(sign)) throw this.#unexpected();
  }

  #unexpected() {
    const word = this.#words[this.#next];
    return this.#fault(word ? `has ${JSON.stringify(word.text)} where nobody expects it` : "ends too early");
  }

  #fault(what) {
    return new AplFault(`${JSON.stringify(this.#expression)} ${what}`);
  }
}

const constant = (value) => () => value;

const unquoted = (text) => text.slice(1, -1).replace(/\\(.)/g, (_, sign) => ESCAPED[sign] ?? sign);

function number(text) {
  const [, digits, unit] = /^([\d.]+)\s*(\w*)$/.exec(text);
  if (!unit) return constant(Number(digits));
  return (scope) => new Dp(inDp(Number(digits), unit, scope.get("viewport")));
}

/** The first value if that settles it, else the second, which is not asked for before. */
function lazily(first, second, settles) {
  return (scope) => {
    const value = first(scope);
    return settles(value) ? value : second(scope);
  };
}

function uncalled(name) {
  return () => {
    throw new AplFault(`${name} is called without its arguments, or is no value`);
  };
}
