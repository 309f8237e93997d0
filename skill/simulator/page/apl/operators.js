// What the operators of APL do with its values: numbers, lengths, texts, truth, null, lists and maps.

import { Dp } from "./dimension.js";
import { AplFault } from "./fault.js";

const isNumber = (value) => typeof value === "number";
const isLength = (value) => value instanceof Dp;
const plain = (value) => (isLength(value) ? value.value : value);
const countable = (value) => isNumber(value) || isLength(value);

/** As a device: null, false, 0, a length of 0 and an empty text are not true; lists and maps are. */
export const truthy = (value) => Boolean(plain(value));

/** A value within a text. */
export function written(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "object" && !isLength(value)) throw new AplFault("a list or a map is no text");
  return String(value);
}

function told(a, sign, b) {
  const name = (value) => (isLength(value) ? "a length" : JSON.stringify(value)?.slice(0, 40));
  return new AplFault(`${name(a)} ${sign} ${name(b)} is not a number`);
}

const made = (number, length) => (length ? new Dp(number) : number);

const add = (a, b) =>
  countable(a) && countable(b) ? made(plain(a) + plain(b), isLength(a) || isLength(b)) : written(a) + written(b);

function subtract(a, b) {
  if (!countable(a) || !countable(b)) throw told(a, "-", b);
  return made(plain(a) - plain(b), isLength(a) || isLength(b));
}

function multiply(a, b) {
  if (!countable(a) || !countable(b) || (isLength(a) && isLength(b))) throw told(a, "*", b);
  return made(plain(a) * plain(b), isLength(a) || isLength(b));
}

function divided(sign, by) {
  return (a, b) => {
    if (!countable(a) || !countable(b) || (isNumber(a) && isLength(b))) throw told(a, sign, b);
    return made(by(plain(a), plain(b)), isLength(a) && isNumber(b));
  };
}

/** -1, 0 or 1; what is not alike compares as less, and a list or a map equals nothing. */
function compared(a, b) {
  if (countable(a) && countable(b)) return Math.sign(plain(a) - plain(b));
  if (typeof a === "string" && typeof b === "string") return a === b ? 0 : a < b ? -1 : 1;
  const isSimple = a === null || typeof a === "boolean";
  return isSimple && a === b ? 0 : -1;
}

/** Only like is more or less than like: that null is less than 5 on a device is never meant. */
function ordered(sign, holds) {
  return (a, b) => {
    const alike = (countable(a) && countable(b)) || (typeof a === "string" && typeof b === "string");
    if (!alike) throw told(a, sign, b);
    return holds(compared(a, b));
  };
}

export const BINARY = {
  "+": add,
  "-": subtract,
  "*": multiply,
  "/": divided("/", (a, b) => a / b),
  "%": divided("%", (a, b) => a % b),
  "==": (a, b) => compared(a, b) === 0,
  "!=": (a, b) => compared(a, b) !== 0,
  "<": ordered("<", (order) => order < 0),
  ">": ordered(">", (order) => order > 0),
  "<=": ordered("<=", (order) => order <= 0),
  ">=": ordered(">=", (order) => order >= 0),
};

export const UNARY = {
  "!": (value) => !truthy(value),
  "-": (value) => {
    if (!countable(value)) throw told(0, "-", value);
    return made(-plain(value), isLength(value));
  },
  "+": (value) => {
    if (!countable(value)) throw told(0, "+", value);
    return value;
  },
};

/** A property of a map, or a member of a list; null where there is none. */
export function member(owner, key) {
  if (Array.isArray(owner)) {
    if (key === "length") return owner.length;
    if (!isNumber(key)) return null;
    const at = Math.round(key);
    return owner.at(at) ?? null;
  }
  const isMap = owner !== null && typeof owner === "object" && !isLength(owner);
  return isMap && typeof key === "string" && Object.hasOwn(owner, key) ? owner[key] : null;
}
