// The resources and styles of a document, as they are on one viewport.

import { bound } from "./binding.js";
import { asDimension } from "./dimension.js";
import { AplFault } from "./fault.js";
import { truthy } from "./operators.js";
import { asBoolean, asColour, asNumber, asText } from "./values.js";

const KINDS = { colors: asColour, strings: asText, booleans: asBoolean, numbers: asNumber, dimensions: asDimension };
const OF_A_BLOCK = ["description", "when", ...Object.keys(KINDS)];
const OF_A_STYLE = ["description", "extend", "extends", "value", "values"];

const listed = (value) => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

function checked(owner, object, names) {
  for (const name of Object.keys(object)) if (!names.includes(name)) throw new AplFault(`${owner} has an unknown ${name}`);
}

/** Define the resources in a scope: a later block goes before an earlier one where it applies. */
export function defineResources(blocks, scope, faults) {
  for (const block of blocks ?? [])
    faults.within("resources", () => {
      checked("a block of resources", block, OF_A_BLOCK);
      if (!truthy(bound(block.when ?? true)(scope))) return;
      for (const [kind, as] of Object.entries(KINDS))
        for (const [name, value] of Object.entries(block[kind] ?? {}))
          scope.define(`@${name}`, as(bound(value)(scope), scope.get("viewport")));
    });
}

/** The styles of a document. */
export class Styles {
  #named;

  constructor(named) {
    this.#named = named ?? {};
  }

  /** The values that a style gives: name to the function of a scope that has `state` in it. */
  of(name, scope) {
    const style = this.#named[name];
    if (!style) throw new AplFault(`there is no style ${name}`);
    checked(`style ${name}`, style, OF_A_STYLE);
    const values = {};
    for (const base of listed(style.extend ?? style.extends)) Object.assign(values, this.of(base, scope));
    for (const { when = true, description, ...given } of listed(style.values ?? style.value))
      if (truthy(bound(when)(scope))) Object.assign(values, given);
    return values;
  }
}
