// The properties of components: what they must be, what they are by themselves, and which may change.
//
// A device follows a bound value only in the properties that Amazon calls dynamic; `fixed` are the
// others, which it reads once.

import { Dp, asDimension } from "./dimension.js";
import { asBoolean, asColour, asLength, asList, asNumber, asText, oneOf } from "./values.js";

const dynamic = (as, initial) => ({ as, initial, changes: true });
const fixed = (as, initial) => ({ as, initial, changes: false });
const zero = new Dp(0);

const ALIGNS = ["stretch", "center", "start", "end", "baseline"];
const JUSTIFIED = ["start", "end", "center", "spaceBetween", "spaceAround", "spaceEvenly"];
const ROLES = ["none", "button", "header", "image", "listitem", "timer", "list", "text"];

/** Of every component. */
export const COMMON = {
  display: dynamic(oneOf("normal", "invisible", "none"), "normal"),
  opacity: dynamic(asNumber, 1),
  role: fixed(oneOf(...ROLES), "none"),
  accessibilityLabel: dynamic(asText, ""), // after the role, without which nobody reads it
  width: dynamic(asDimension, "auto"),
  height: dynamic(asDimension, "auto"),
  minWidth: dynamic(asDimension, zero),
  minHeight: dynamic(asDimension, zero),
  maxWidth: dynamic(asDimension, null),
  maxHeight: dynamic(asDimension, null),
  paddingLeft: dynamic(asLength, zero),
  paddingTop: dynamic(asLength, zero),
  paddingRight: dynamic(asLength, zero),
  paddingBottom: dynamic(asLength, zero),
};

/** Of every child of a Container, and of no other component. */
export const IN_A_CONTAINER = {
  alignSelf: dynamic(oneOf("auto", ...ALIGNS), "auto"),
  grow: dynamic(asNumber, 0),
  shrink: dynamic(asNumber, 0),
  position: dynamic(oneOf("relative", "absolute"), "relative"),
  left: dynamic(asDimension, "auto"),
  top: dynamic(asDimension, "auto"),
  right: dynamic(asDimension, "auto"),
  bottom: dynamic(asDimension, "auto"),
};

export const CONTAINER = {
  direction: dynamic(oneOf("column", "row"), "column"),
  alignItems: dynamic(oneOf(...ALIGNS), "stretch"),
  justifyContent: dynamic(oneOf(...JUSTIFIED), "start"),
};

export const FRAME = {
  backgroundColor: dynamic(asColour, "transparent"),
  borderColor: dynamic(asColour, "transparent"),
  borderWidth: dynamic(asLength, zero),
  borderRadius: dynamic(asLength, zero),
};

export const TEXT = {
  color: dynamic(asColour, null),
  fontSize: dynamic(asLength, new Dp(40)),
  fontWeight: dynamic(asText, "400"),
  maxLines: fixed(asNumber, 0),
  lineHeight: fixed(asNumber, 1.25),
  text: dynamic(asText, ""),
  textAlign: dynamic(oneOf("auto", "left", "right", "center", "start", "end"), "auto"),
  textAlignVertical: dynamic(oneOf("auto", "top", "center", "bottom"), "auto"),
};

export const SEQUENCE = { scrollDirection: fixed(oneOf("vertical"), "vertical") };

export const TOUCH = { disabled: dynamic(asBoolean, false) };

export const VECTOR_GRAPHIC = {
  source: dynamic(asText, ""),
  scale: dynamic(oneOf("none", "best-fit"), "none"),
};

/** Of a path in a vector graphic. */
export const PATH = {
  pathData: dynamic(asText, ""),
  pathLength: dynamic(asNumber, 0),
  fill: dynamic(asColour, "transparent"),
  fillOpacity: dynamic(asNumber, 1),
  stroke: dynamic(asColour, "transparent"),
  strokeOpacity: dynamic(asNumber, 1),
  strokeWidth: dynamic(asNumber, 1),
  strokeDashArray: dynamic(asList, []),
  strokeDashOffset: dynamic(asNumber, 0),
  strokeLineCap: dynamic(oneOf("butt", "round", "square"), "butt"),
  strokeLineJoin: dynamic(oneOf("bevel", "miter", "round"), "miter"),
};

/** Of a group in a vector graphic. */
export const GROUP = { opacity: dynamic(asNumber, 1) };
