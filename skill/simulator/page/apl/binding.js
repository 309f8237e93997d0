// Values of a document as they are bound: texts with ${expressions} in them, and names of resources.

import { compiled } from "./expression.js";
import { written } from "./operators.js";
import { parts } from "./tokens.js";

const RESOURCE = /^@[A-Za-z_]\w*$/;

const known = new Map();

/** A function that returns what a value of a document is in a scope. Throws AplFault. */
export function bound(value) {
  if (typeof value === "string") return ofText(value);
  if (Array.isArray(value)) {
    const each = value.map(bound);
    return (scope) => each.map((one) => one(scope));
  }
  if (value !== null && typeof value === "object") {
    const each = Object.entries(value).map(([key, one]) => [key, bound(one)]);
    return (scope) => Object.fromEntries(each.map(([key, one]) => [key, one(scope)]));
  }
  return () => value;
}

function ofText(text) {
  const there = known.get(text) ?? readText(text);
  known.set(text, there);
  return there;
}

function readText(text) {
  if (RESOURCE.test(text)) return (scope) => scope.get(text);
  const pieces = parts(text).map((one) => (typeof one === "string" ? () => one : compiled(one.expression)));
  if (pieces.length === 1) return pieces[0];
  return (scope) => pieces.map((piece) => written(piece(scope))).join("");
}
