// A component on the screen: its values, as its document, its style and its state give them.

import { bound } from "./binding.js";
import { STYLE } from "./drawing.js";
import { AplFault } from "./fault.js";
import { truthy } from "./operators.js";
import { COMMON, IN_A_CONTAINER } from "./properties.js";
import { Scope } from "./scope.js";

/** What a document says of a component beside the values of its properties. */
const STRUCTURE = [
  ...["type", "id", "description", "when", "style", "inheritParentState", "bind"],
  ...["item", "items", "data", "numbered", "handleTick", "onMount"],
];

const same = (a, b) => a === b || JSON.stringify(a) === JSON.stringify(b);

export class Component {
  children = [];
  values = {};
  #given = new Map();
  #state = new Map([["focused", false], ["pressed", false], ["disabled", false]]);

  /** `kind` is one of KINDS; `around` has styles, graphics, faults and what is done when touched. */
  constructor(kind, node, scope, parent, around) {
    Object.assign(this, { kind, node, scope, parent, around });
    const inside = parent?.kind.lays ? IN_A_CONTAINER : {};
    this.table = { ...COMMON, ...kind.properties, ...inside };
    this.element = kind.element(this);
    if (node.id) this.element.dataset.id = node.id;
    this.element.dataset.apl = node.type;
    this.#read();
  }

  /** Whom faults are told of. */
  get name() {
    return this.node.id ? `${this.node.type} ${this.node.id}` : this.node.type;
  }

  /** What a style may ask of the component it belongs to. */
  get state() {
    return this.node.inheritParentState && this.parent ? this.parent.state : Object.fromEntries(this.#state);
  }

  /** Change what is going on with it, which its style and its children's may show. */
  become(name, value) {
    if (this.#state.get(name) === value) return;
    this.#state.set(name, value);
    this.refresh();
  }

  /** Draw what has changed, here and within. */
  refresh() {
    const styled = this.#styled();
    for (const [name, property] of Object.entries(this.table)) this.#update(name, property, styled[name]);
    this.kind.refresh?.(this);
    for (const child of this.children) child.refresh();
  }

  #read() {
    for (const [name, value] of Object.entries(this.node)) {
      if (name in this.table) this.#given.set(name, value);
      else if (!STRUCTURE.includes(name) && !this.kind.also?.includes(name) && !this.kind.takes?.(this, name))
        this.around.faults.add(`${this.name}: ${name} is unknown, or has no effect where it stands`);
    }
  }

  #styled() {
    if (!this.node.style) return {};
    const scope = new Scope(this.around.scope);
    scope.define("state", this.state);
    return this.around.faults.within(this.name, () => this.around.styles.of(this.node.style, scope), {});
  }

  #update(name, { as, initial, changes }, styled) {
    const source = this.#given.get(name) ?? styled;
    if (source === undefined && name in this.values) return;
    const value = this.around.faults.within(`${this.name}: ${name}`, () => this.#value(source, as, initial), initial);
    const before = this.values[name];
    if (name in this.values && same(value, before)) return;
    if (name in this.values && !changes) this.around.faults.add(`${this.name}: ${name} changes, and no device follows it`);
    this.values[name] = value;
    (this.kind.draw?.[name] ?? STYLE[name] ?? (() => {}))(this.kind.draw?.[name] ? this : this.element.style, value);
  }

  #value(source, as, initial) {
    if (source === undefined) return initial;
    return as(bound(source)(this.scope), this.scope.get("viewport"));
  }
}

/** Whether what a document says under `when` holds. */
export function holds(node, scope) {
  return truthy(bound(node.when ?? true)(scope));
}

/** The one child of a component that holds at most one. Throws AplFault for more. */
export function only(list, owner) {
  if (list.length > 1) throw new AplFault(`${owner} holds one component, not ${list.length}`);
  return list[0] ?? null;
}
