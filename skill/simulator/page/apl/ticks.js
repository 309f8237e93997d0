// Tick handlers: what a document does as time goes by.

import { Scope } from "./scope.js";
import { run } from "./commands.js";
import { holds } from "./component.js";

const KNOWN = ["description", "minimumDelay", "when", "commands"];
const DEFAULT_MS = 1000;
const MOST = 4000;

/** One handler of one component, which runs when it is due. */
export class Tick {
  #handler;
  #component;
  #last = 0;

  constructor(handler, component) {
    this.#handler = handler;
    this.#component = component;
    for (const key of Object.keys(handler))
      if (!KNOWN.includes(key)) component.around.faults.add(`${component.name}: ${key} of handleTick is unknown`);
  }

  /** Run as often as a device would have by then; after a long absence, in longer steps. */
  until(ms) {
    const every = Math.max(this.#handler.minimumDelay ?? DEFAULT_MS, (ms - this.#last) / MOST);
    while (this.#last + every <= ms) {
      this.#last += every;
      this.#once(this.#last);
    }
  }

  #once(elapsed) {
    const scope = new Scope(this.#component.scope);
    scope.define("elapsedTime", elapsed);
    const { faults } = this.#component.around;
    const due = faults.within(`${this.#component.name}: handleTick`, () => holds(this.#handler, scope), false);
    if (due) run(this.#handler.commands, scope, this.#component);
  }
}
