// The functions that expressions may call, by their names, such as Math.max.

import { AplFault } from "./fault.js";

function ofNumbers(name, action) {
  return (...values) => {
    if (!values.every((value) => typeof value === "number")) throw new AplFault(`${name} takes numbers`);
    return action(...values);
  };
}

function ofText(name, action) {
  return (text, ...values) => {
    if (typeof text !== "string") throw new AplFault(`${name} takes a text`);
    return action(text, ...values);
  };
}

const named = (object, wrap, actions) =>
  Object.fromEntries(Object.entries(actions).map(([name, action]) => [name, wrap(`${object}.${name}`, action)]));

const { abs, ceil, cos, floor, max, min, pow, sign, sin, sqrt, tan } = Math;

export const FUNCTIONS = {
  Math: named("Math", ofNumbers, {
    ...{ abs, ceil, cos, floor, max, min, pow, sign, sin, sqrt, tan },
    clamp: (low, value, high) => Math.min(high, Math.max(low, value)),
    // Halves go away from zero, as in C, and not up, as in JavaScript.
    round: (value) => Math.sign(value) * Math.round(Math.abs(value)),
  }),
  String: named("String", ofText, {
    length: (text) => [...text].length,
    slice: (text, from, to) => [...text].slice(from, to).join(""),
    toLowerCase: (text) => text.toLowerCase(),
    toUpperCase: (text) => text.toUpperCase(),
  }),
};
