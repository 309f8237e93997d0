// Names and their values, one scope within another; a bound value follows those that it is made of.

import { AplFault } from "./fault.js";

export class Scope {
  #parent;
  #names = new Map();
  #changes;

  constructor(parent = null) {
    this.#parent = parent;
    this.#changes = parent ? parent.#changes : { count: 0 };
  }

  /** How often anything was set, in this scope or any that belongs to the same document. */
  get changes() {
    return this.#changes.count;
  }

  /** Give a name a value. Only a name that had another one before is a change. */
  define(name, value) {
    const before = this.#names.get(name);
    if (before && (before.made || before.value !== value)) this.#changes.count += 1;
    this.#names.set(name, { value, made: null });
  }

  /** Give a name the value that `made` returns, whenever it is wanted. */
  bind(name, made) {
    this.#names.set(name, { value: null, made, at: -1 });
  }

  /** Set a name where it is defined; a bound one follows nothing any more. False: there is none. */
  set(name, value) {
    const owner = this.#owner(name);
    if (owner) owner.define(name, value);
    return Boolean(owner);
  }

  /** The value of a name. Throws AplFault for one that nobody defined. */
  get(name) {
    const owner = this.#owner(name);
    if (!owner) throw new AplFault(`${name} is not defined`);
    const entry = owner.#names.get(name);
    if (entry.made && entry.at !== this.changes) {
      entry.value = entry.made();
      entry.at = this.changes;
    }
    return entry.value;
  }

  #owner(name) {
    if (this.#names.has(name)) return this;
    return this.#parent?.#owner(name) ?? null;
  }
}
