// From what a document says to components: layouts, parameters, bound names, lists of data.

import { bound } from "./binding.js";
import { Component, holds, only } from "./component.js";
import { AplFault } from "./fault.js";
import { KINDS } from "./kinds.js";
import { Scope } from "./scope.js";
import { asAny, asBoolean, asNumber, asText } from "./values.js";

const TYPES = { any: asAny, boolean: asBoolean, number: asNumber, string: asText };
const OF_A_LAYOUT = ["description", "parameters", "item", "items", "bind"];
const OF_ITS_USE = ["type", "when", "description"];
const DEEPEST = 40;

const listed = (value) => (Array.isArray(value) ? value : value === undefined ? [] : [value]);
const itemsOf = (node) => listed(node.items ?? node.item);

/** Make the component that a node describes, with all that is in it; null where it does not hold. */
export function inflated(node, scope, parent, around, depth = 0) {
  if (depth > DEEPEST) throw new AplFault(`${node.type} is within itself`);
  if (!around.faults.within(node.type ?? "an item", () => holds(node, scope), false)) return null;
  const layout = around.layouts[node.type];
  if (layout) return used(node, layout, scope, parent, around, depth);
  const kind = KINDS[node.type];
  if (!kind) {
    around.faults.add(`there is no component ${node.type}`);
    return null;
  }
  const own = new Scope(scope);
  const component = new Component(kind, node, own, parent, around);
  bind(node.bind, own, component.name, around);
  around.keep(component);
  fill(component, around, depth + 1);
  return component;
}

/** The first component that holds, of a list of which one is wanted. */
export function firstOf(nodes, scope, parent, around, depth = 0) {
  for (const node of nodes) {
    const made = inflated(node, scope, parent, around, depth);
    if (made) return made;
  }
  return null;
}

/** A use of a layout: its parameters are taken, and all else goes to the component that it is made of. */
function used(node, layout, scope, parent, around, depth) {
  for (const key of Object.keys(layout))
    if (!OF_A_LAYOUT.includes(key)) around.faults.add(`layout ${node.type}: ${key} is unknown`);
  const own = new Scope(scope);
  const parameters = listed(layout.parameters).map((one) => (typeof one === "string" ? { name: one } : one));
  for (const { name, default: instead = null } of parameters) {
    const value = bound(name in node ? node[name] : instead);
    own.bind(name, () => value(scope));
  }
  bind(layout.bind, own, `layout ${node.type}`, around);
  const taken = [...OF_ITS_USE, ...parameters.map(({ name }) => name)];
  const rest = Object.entries(node).filter(([key]) => !taken.includes(key));
  const items = itemsOf(layout).map((item) => ({ ...item, ...Object.fromEntries(rest) }));
  return firstOf(items, own, parent, around, depth + 1);
}

function bind(bindings, scope, owner, around) {
  for (const { name, type = "any", value } of bindings ?? []) {
    const as = TYPES[type];
    if (!as) around.faults.add(`${owner}: ${name} has an unknown type ${type}`);
    const made = bound(value);
    scope.bind(name, () => (as ?? asAny)(made(scope)));
  }
}

function fill(component, around, depth) {
  const { kind, node, scope } = component;
  const items = itemsOf(node);
  const children = around.faults.within(component.name, () => {
    if (node.numbered !== undefined) throw new AplFault("numbered is not drawn here");
    if (!kind.many) return [only(items, component.name) && firstOf(items, scope, component, around, depth)];
    if (node.data === undefined) return items.map((item) => inflated(item, scope, component, around, depth));
    return around.data(bound(node.data)(scope), component).map((one, index, all) => {
      const own = new Scope(scope);
      Object.entries({ data: one, index, length: all.length }).forEach(([name, value]) => own.define(name, value));
      return firstOf(items, own, component, around, depth);
    });
  }, []);
  component.children = children.filter(Boolean);
  component.element.append(...component.children.map((child) => (kind.rolls ? row(child) : child.element)));
}

/** A row of a list, for those who are read to. */
function row({ element }) {
  const item = document.createElement("div");
  item.setAttribute("role", "listitem");
  Object.assign(item.style, { display: "flex", flexDirection: "column", flexShrink: "0" });
  item.append(element);
  return item;
}
