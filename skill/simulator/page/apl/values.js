// What the values of properties must be; whatever is of no use to a device is a fault.

import { asDimension, Dp } from "./dimension.js";
import { AplFault } from "./fault.js";
import { truthy, written } from "./operators.js";

const no = (value, what) => new AplFault(`${JSON.stringify(value)} is no ${what}`);

export function asText(value) {
  if (value === null || value === undefined) throw no(value, "text");
  return written(value);
}

export function asNumber(value) {
  const number = typeof value === "string" && value.trim() ? Number(value) : value;
  if (typeof number !== "number" || !Number.isFinite(number)) throw no(value, "number");
  return number;
}

export const asBoolean = (value) => truthy(value);

export function asColour(value) {
  if (typeof value !== "string" || !CSS.supports("color", value)) throw no(value, "colour");
  return value;
}

/** A length that depends on nothing about it: no share, and not "auto". */
export function asLength(value, viewport) {
  const length = asDimension(value, viewport);
  if (!(length instanceof Dp)) throw no(value, "length in dp");
  return length;
}

export const asList = (value) => (Array.isArray(value) ? value : [value]);

export const asAny = (value) => value;

export function oneOf(...names) {
  return (value) => {
    if (!names.includes(value)) throw no(value, `one of ${names.join(", ")}`);
    return value;
  };
}
