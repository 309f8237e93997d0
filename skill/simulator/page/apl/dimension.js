// Lengths: on a screen of any density a dp is about a 160th of an inch.

import { AplFault } from "./fault.js";

const WRITTEN = /^(-?\d+(?:\.\d+)?|-?\.\d+)\s*(dp|px|vh|vw|%)?$/;

/** A length in display-independent pixels: another kind of thing than a number. */
export class Dp {
  constructor(value) {
    this.value = value;
  }

  toString() {
    return `${this.value}dp`;
  }
}

/** A number of a unit, in dp. */
export function inDp(number, unit, viewport) {
  if (unit === "vh") return (number * viewport.height) / 100;
  if (unit === "vw") return (number * viewport.width) / 100;
  if (unit === "px") return (number * 160) / viewport.dpi;
  return number;
}

/** A length as a Dp, as a string with % at its end, or "auto". Throws AplFault for what is none. */
export function asDimension(value, viewport) {
  if (value instanceof Dp || value === "auto") return value;
  if (typeof value === "number" && Number.isFinite(value)) return new Dp(value);
  const written = typeof value === "string" && WRITTEN.exec(value.trim());
  if (!written) throw new AplFault(`${JSON.stringify(value)} is no dimension`);
  const [, number, unit] = written;
  return unit === "%" ? `${Number(number)}%` : new Dp(inDp(Number(number), unit, viewport));
}
