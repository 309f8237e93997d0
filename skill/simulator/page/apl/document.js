// An APL document on a screen: drawn once, and moved on by whoever owns the time.

import { AplFault, Faults } from "./fault.js";
import { run } from "./commands.js";
import { firstOf } from "./inflating.js";
import { defineResources, Styles } from "./resources.js";
import { Scope } from "./scope.js";
import { Tick } from "./ticks.js";

const KNOWN = [
  ...["type", "version", "description", "settings", "onConfigChange"],
  ...["resources", "styles", "layouts", "graphics", "mainTemplate"],
];
const SETTINGS = ["description", "idleTimeout", "supportsResizing"];
const UNNOTICED_MS = 250;
const INK = { dark: "#fafafa", light: "#1e2222" };

const listed = (value) => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

/**
 * Draws a document with its data on a viewport, an object as expressions see it: {width, height, dpi,
 * shape, mode, theme, ...}, lengths in dp.
 *
 * Events: "touched" (detail: {sent, label}: what a touch sends, and what says the same).
 */
export class AplDocument extends EventTarget {
  /** What is drawn, as many CSS pixels wide and high as the viewport has dp. */
  element = document.createElement("div");
  #told;
  #faults;
  #root = null;
  #ticks = [];
  #scope = null;
  #elapsed = 0;
  #drawn = -1;

  /** `onFault` hears of each fault of the document, once. */
  constructor({ document: told, datasources = {}, viewport, onFault = () => {} }) {
    super();
    this.#told = { told, datasources };
    this.#faults = new Faults(onFault);
    this.viewport = viewport;
    this.element.className = "apl";
    this.#check();
    this.#inflate();
  }

  /** The faults that were found until now. */
  get faults() {
    return [...this.#faults.found];
  }

  /**
   * Show how things are `ms` after the document was shown. No device's time goes back, but a page's may:
   * then the document begins again, and lives through it once more.
   */
  at(ms) {
    if (ms < this.#elapsed - UNNOTICED_MS) {
      this.#elapsed = 0;
      this.#inflate();
    }
    if (ms > this.#elapsed) {
      this.#elapsed = ms;
      for (const tick of this.#ticks) tick.until(ms);
    }
    if (this.#scope.changes === this.#drawn) return;
    this.#drawn = this.#scope.changes;
    this.#root?.refresh();
  }

  /** Move to another viewport, or another theme: the document says what it does then. */
  resize(viewport) {
    this.viewport = viewport;
    const commands = listed(this.#told.told.onConfigChange);
    for (const { type } of commands) if (type !== "Reinflate") this.#faults.add(`onConfigChange: ${type} is unknown`);
    if (!commands.some(({ type }) => type === "Reinflate")) return;
    const elapsed = this.#elapsed;
    this.#elapsed = 0;
    this.#inflate();
    this.at(elapsed);
  }

  #check() {
    const { told } = this.#told;
    for (const key of Object.keys(told)) if (!KNOWN.includes(key)) this.#faults.add(`the document's ${key} is unknown`);
    for (const key of Object.keys(told.settings ?? {})) if (!SETTINGS.includes(key)) this.#faults.add(`the setting ${key} is unknown`);
  }

  #inflate() {
    const { told, datasources } = this.#told;
    const { width, height, theme } = this.viewport;
    Object.assign(this.element.style, { width: `${width}px`, height: `${height}px` });
    this.#scope = new Scope();
    this.#scope.define("viewport", this.viewport);
    defineResources(told.resources, this.#scope, this.#faults);
    this.#ticks = [];
    this.#drawn = -1;
    const around = this.#around(told, INK[theme]);
    this.#root = this.#faults.within("mainTemplate", () => {
      const { parameters = [], item, items = item } = told.mainTemplate;
      const scope = new Scope(this.#scope);
      for (const name of parameters) scope.define(name, name === "payload" ? datasources : datasources[name]);
      return firstOf(listed(items), scope, null, around);
    });
    this.element.replaceChildren(...(this.#root ? [this.#root.element] : []));
    this.at(0);
  }

  /** What all components have around them. */
  #around(told, ink) {
    return {
      scope: this.#scope,
      faults: this.#faults,
      layouts: told.layouts ?? {},
      graphics: told.graphics ?? {},
      styles: new Styles(told.styles),
      ink,
      data: (value, { name }) => {
        if (!Array.isArray(value)) throw new AplFault(`the data of ${name} is no list`);
        return value;
      },
      keep: (component) => this.#keep(component),
      press: (component) => run(component.node.onPress, component.scope, component),
      send: (sent, label) => this.dispatchEvent(new CustomEvent("touched", { detail: { sent, label } })),
    };
  }

  #keep(component) {
    for (const handler of listed(component.node.handleTick)) this.#ticks.push(new Tick(handler, component));
    if (component.node.onMount) this.#faults.add(`${component.name}: onMount is not run here`);
  }
}

