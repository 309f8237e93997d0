// Cuts an expression of APL's data binding into its words, and a text into what is bound in it.

import { AplFault } from "./fault.js";

const WORDS = [
  ["space", /\s+/y],
  ["number", /(?:\d+(?:\.\d+)?|\.\d+)(?:\s*(?:dp|px|vh|vw)\b)?/y],
  ["text", /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/y],
  ["name", /@?[A-Za-z_]\w*/y],
  ["sign", /\?\?|\|\||&&|==|!=|<=|>=|[-+*/%<>!?:.,()[\]]/y],
];

/** The words of an expression: [{kind, text, at}]. Throws AplFault for what is no word. */
export function tokens(expression) {
  const found = [];
  let at = 0;
  while (at < expression.length) {
    const { kind, text } = wordAt(expression, at);
    if (kind !== "space") found.push({ kind, text, at });
    at += text.length;
  }
  return found;
}

function wordAt(expression, at) {
  for (const [kind, pattern] of WORDS) {
    pattern.lastIndex = at;
    const match = pattern.exec(expression);
    if (match) return { kind, text: match[0] };
  }
  throw new AplFault(`${JSON.stringify(expression.slice(at, at + 12))} in ${JSON.stringify(expression)} is not understood`);
}

/** The parts of a text: as they are, or {expression}. Throws AplFault where a brace is left open. */
export function parts(text) {
  const found = [];
  let at = 0;
  for (;;) {
    const opened = text.indexOf("${", at);
    if (opened < 0) break;
    if (opened > at) found.push(text.slice(at, opened));
    const closed = closing(text, opened + 2);
    found.push({ expression: text.slice(opened + 2, closed) });
    at = closed + 1;
  }
  if (at < text.length) found.push(text.slice(at));
  return found;
}

/** Where the brace shuts, which is in no text within the expression. */
function closing(text, from) {
  const quoted = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\}/g;
  quoted.lastIndex = from;
  for (let match = quoted.exec(text); match; match = quoted.exec(text)) if (match[0] === "}") return match.index;
  throw new AplFault(`${JSON.stringify(text)} opens a brace and does not shut it`);
}
