// Vector graphics of APL (AVG) as SVG, which is made of the same paths.

import { bound } from "./binding.js";
import { AplFault } from "./fault.js";
import { GROUP, PATH } from "./properties.js";
import { Scope } from "./scope.js";
import { asAny, asColour, asNumber, asText } from "./values.js";
import { holds } from "./component.js";

const SVG = "http://www.w3.org/2000/svg";
const PARAMETERS = { any: asAny, number: asNumber, string: asText, color: asColour };
const OF_A_GRAPHIC = [
  ...["type", "version", "description", "width", "height", "viewportWidth", "viewportHeight"],
  ...["parameters", "item", "items"],
];
const STRUCTURE = ["type", "description", "when", "item", "items"];

const WRITTEN = {
  pathData: ["d", String],
  pathLength: ["pathLength", (value) => (value > 0 ? value : "")],
  fill: ["fill", String],
  fillOpacity: ["fill-opacity", String],
  stroke: ["stroke", String],
  strokeOpacity: ["stroke-opacity", String],
  strokeWidth: ["stroke-width", String],
  strokeDashArray: ["stroke-dasharray", (value) => value.map(asNumber).join(" ")],
  strokeDashOffset: ["stroke-dashoffset", String],
  strokeLineCap: ["stroke-linecap", String],
  strokeLineJoin: ["stroke-linejoin", String],
  opacity: ["opacity", String],
};

const listed = (value) => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

/** Draws a graphic for the component that names it. */
export class Graphic {
  element = document.createElementNS(SVG, "svg");
  #parts = [];
  #faults;

  /** `given` are the values of the component, which the parameters of the graphic take. */
  constructor(name, graphic, given, owner) {
    this.#faults = owner.around.faults;
    if (graphic.type !== "AVG") throw new AplFault(`graphic ${name} is no AVG`);
    for (const key of Object.keys(graphic))
      if (!OF_A_GRAPHIC.includes(key)) this.#faults.add(`graphic ${name}: ${key} is unknown`);
    const { viewportWidth, viewportHeight } = graphic;
    this.element.setAttribute("viewBox", `0 0 ${viewportWidth} ${viewportHeight}`);
    const scope = this.#scope(name, graphic.parameters ?? [], given, owner);
    for (const node of listed(graphic.items ?? graphic.item)) this.#add(name, node, scope, this.element);
  }

  /** Draw what has changed. */
  refresh() {
    for (const part of this.#parts) part();
  }

  #scope(name, parameters, given, owner) {
    const scope = new Scope(owner.around.scope);
    for (const { name: parameter, type = "any", default: instead } of parameters) {
      const as = PARAMETERS[type];
      if (!as) throw new AplFault(`graphic ${name}: ${parameter} has an unknown type ${type}`);
      const value = bound(given[parameter] ?? instead);
      scope.bind(parameter, () => as(value(owner.scope)));
    }
    return scope;
  }

  #add(name, node, scope, parent) {
    if (!holds(node, scope)) return;
    const table = { path: PATH, group: GROUP }[node.type];
    if (!table) throw new AplFault(`graphic ${name}: ${node.type} is unknown`);
    const element = document.createElementNS(SVG, node.type === "path" ? "path" : "g");
    parent.append(element);
    for (const key of Object.keys(node))
      if (!STRUCTURE.includes(key) && !(key in table)) this.#faults.add(`graphic ${name}: ${key} of a ${node.type} is unknown`);
    for (const [key, { as, initial }] of Object.entries(table)) {
      const value = key in node ? bound(node[key]) : null;
      const write = this.#writer(element, key);
      if (!value) write(initial);
      else this.#parts.push(() => this.#faults.within(`graphic ${name}: ${key}`, () => write(as(value(scope)))));
    }
    for (const child of listed(node.items ?? node.item)) this.#add(name, child, scope, element);
  }

  #writer(element, key) {
    const [attribute, as] = WRITTEN[key];
    let before = "";
    return (value) => {
      const text = as(value);
      if (text === before) return;
      before = text;
      element.setAttribute(attribute, text);
    };
  }
}
