// The kinds of components that our documents are made of, and how each is drawn.

import { box, STYLE } from "./drawing.js";
import { Dp } from "./dimension.js";
import { Graphic } from "./graphic.js";
import { CONTAINER, FRAME, SEQUENCE, TEXT, TOUCH, VECTOR_GRAPHIC } from "./properties.js";

const ROLES = { button: "button", header: "heading", image: "img", timer: "timer", list: "list" };
const ALIGNED = { auto: "start", start: "start", end: "end" };
const UNSIZED = new Dp(100);
const VERTICALLY = { auto: "flex-start", top: "flex-start", center: "center", bottom: "flex-end" };

const role = ({ element }, value) => {
  const name = ROLES[value];
  if (name) element.setAttribute("role", name);
  if (name === "heading") element.setAttribute("aria-level", "2");
};

/** A label without a role would be read by nobody. */
function label({ element, values }, value) {
  if (value && ROLES[values.role]) element.setAttribute("aria-label", value);
}

const Container = { properties: CONTAINER, lays: true, many: true, element: () => box(), draw: { role } };

const Frame = {
  properties: FRAME,
  element: () => {
    const element = box();
    element.style.alignItems = "flex-start"; // as on a device: a child without a width is as wide as it must be
    return element;
  },
  draw: {
    role,
    borderWidth: ({ element }, value) => {
      element.style.borderWidth = `${value.value}px`;
      element.style.overflow = value.value > 0 ? "hidden" : "visible";
    },
  },
};

const Sequence = {
  properties: SEQUENCE,
  many: true,
  rolls: true,
  element: () => {
    const element = box();
    Object.assign(element.style, { overflowX: "hidden", overflowY: "auto", scrollbarWidth: "none" });
    element.setAttribute("role", "list");
    return element;
  },
};

const inner = ({ element }) => element.firstElementChild;

const Text = {
  properties: TEXT,
  element: () => {
    const element = box();
    const words = document.createElement("span");
    Object.assign(words.style, { display: "block", overflowWrap: "break-word", whiteSpace: "pre-line" });
    element.append(words);
    return element;
  },
  draw: {
    role,
    accessibilityLabel: label,
    color: ({ element, around }, value) => (element.style.color = value ?? around.ink),
    fontSize: ({ element }, value) => (element.style.fontSize = `${value.value}px`),
    fontWeight: ({ element }, value) => (element.style.fontWeight = value),
    lineHeight: ({ element }, value) => (element.style.lineHeight = value),
    text: (component, value) => (inner(component).textContent = value),
    textAlign: ({ element }, value) => (element.style.textAlign = ALIGNED[value] ?? value),
    textAlignVertical: ({ element }, value) => (element.style.justifyContent = VERTICALLY[value]),
    maxLines: (component, value) => {
      if (!value) return;
      const style = { display: "-webkit-box", webkitBoxOrient: "vertical", webkitLineClamp: value, overflow: "hidden" };
      Object.assign(inner(component).style, style);
    },
  },
};

const TouchWrapper = {
  properties: TOUCH,
  also: ["onPress"],
  element: (component) => {
    const element = box();
    const press = () => component.values.disabled || component.around.press(component);
    element.addEventListener("click", press);
    element.addEventListener("keydown", (event) => {
      if (event.target !== element || event.repeat || (event.key !== "Enter" && event.key !== " ")) return;
      event.preventDefault();
      press();
    });
    const becomes = (name, value) => () => component.values.disabled || component.become(name, value);
    element.addEventListener("focus", () => component.become("focused", element.matches(":focus-visible")));
    element.addEventListener("blur", becomes("focused", false));
    element.addEventListener("pointerdown", becomes("pressed", true));
    for (const over of ["pointerup", "pointerleave", "pointercancel"]) element.addEventListener(over, becomes("pressed", false));
    return element;
  },
  draw: {
    role,
    accessibilityLabel: label,
    disabled: (component, value) => {
      component.become("disabled", value);
      component.element.tabIndex = value ? -1 : 0;
      if (value) component.element.removeAttribute("tabindex");
    },
  },
};

const parametersOf = ({ around }, source) => around.graphics[source]?.parameters ?? [];

const VectorGraphic = {
  properties: VECTOR_GRAPHIC,
  takes: (component, name) => parametersOf(component, component.node.source).some((one) => one.name === name),
  element: () => {
    const element = box();
    element.setAttribute("aria-hidden", "true");
    return element;
  },
  draw: {
    role,
    accessibilityLabel: (component, value) => {
      label(component, value);
      if (component.element.hasAttribute("aria-label")) component.element.removeAttribute("aria-hidden");
    },
    // As on a device, as long as its graphic is of 100 dp itself, as all of ours are.
    width: ({ element }, value) => STYLE.width(element.style, value === "auto" ? UNSIZED : value),
    height: ({ element }, value) => STYLE.height(element.style, value === "auto" ? UNSIZED : value),
    source: (component, value) => {
      const { around, node, element } = component;
      component.graphic = around.faults.within(component.name, () => {
        if (!around.graphics[value]) around.faults.add(`there is no graphic ${value}`);
        return around.graphics[value] ? new Graphic(value, around.graphics[value], node, component) : null;
      });
      element.replaceChildren(...(component.graphic ? [component.graphic.element] : []));
      if (component.graphic) Object.assign(component.graphic.element.style, { width: "100%", height: "100%", display: "block" });
    },
  },
  refresh: (component) => component.graphic?.refresh(),
};

export const KINDS = { Container, Frame, Sequence, Text, TouchWrapper, VectorGraphic };
