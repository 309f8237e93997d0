// How the values of common properties look in CSS: Yoga, which lays out APL, is flexbox all but in name.

import { Dp } from "./dimension.js";

const px = (length) => (length instanceof Dp ? `${length.value}px` : length);
const DISPLAYED = { normal: "flex", invisible: "flex", none: "none" };
const FLEX = {
  start: "flex-start",
  end: "flex-end",
  spaceBetween: "space-between",
  spaceAround: "space-around",
  spaceEvenly: "space-evenly",
};
const flex = (name) => FLEX[name] ?? name;

/** By property: writes its value into the style of an element. */
export const STYLE = {
  display: (style, value) => {
    style.display = DISPLAYED[value];
    style.visibility = value === "invisible" ? "hidden" : "";
  },
  opacity: (style, value) => (style.opacity = value),
  width: (style, value) => (style.width = px(value)),
  height: (style, value) => (style.height = px(value)),
  minWidth: (style, value) => (style.minWidth = px(value)),
  minHeight: (style, value) => (style.minHeight = px(value)),
  maxWidth: (style, value) => (style.maxWidth = value === null ? "none" : px(value)),
  maxHeight: (style, value) => (style.maxHeight = value === null ? "none" : px(value)),
  paddingLeft: (style, value) => (style.paddingLeft = px(value)),
  paddingTop: (style, value) => (style.paddingTop = px(value)),
  paddingRight: (style, value) => (style.paddingRight = px(value)),
  paddingBottom: (style, value) => (style.paddingBottom = px(value)),
  alignSelf: (style, value) => (style.alignSelf = flex(value)),
  grow: (style, value) => (style.flexGrow = value),
  shrink: (style, value) => (style.flexShrink = value),
  position: (style, value) => (style.position = value),
  left: (style, value) => (style.left = px(value)),
  top: (style, value) => (style.top = px(value)),
  right: (style, value) => (style.right = px(value)),
  bottom: (style, value) => (style.bottom = px(value)),
  direction: (style, value) => (style.flexDirection = value),
  alignItems: (style, value) => (style.alignItems = flex(value)),
  justifyContent: (style, value) => (style.justifyContent = flex(value)),
  backgroundColor: (style, value) => (style.backgroundColor = value),
  borderColor: (style, value) => (style.borderColor = value),
  borderWidth: (style, value) => (style.borderWidth = px(value)),
  borderRadius: (style, value) => (style.borderRadius = px(value)),
};

/** Make the element of a component: a box in a column, which grows and shrinks for nobody. */
export function box(name = "div") {
  const element = document.createElement(name);
  Object.assign(element.style, {
    boxSizing: "border-box",
    position: "relative",
    display: "flex",
    flexDirection: "column",
    flexShrink: "0",
    borderStyle: "solid",
    borderWidth: "0",
  });
  return element;
}
