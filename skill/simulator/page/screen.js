// The screen of a smart display: the document that the coach sent, in the shape of the device.

import { AplDocument } from "./apl/document.js";
import { holdsStill } from "./figure.js";
import { phrase, put } from "./phrases.js";

const A_SECOND = 1000;
const element = (id) => document.getElementById(id);

/**
 * Shows what the state says is on the screen.
 *
 * Events: "touched" (detail: {sent, label}), "fault" (detail: what the document asks for and is not
 * drawn, or null when another document is shown).
 */
export class Screen extends EventTarget {
  #area = element("screen");
  #glass = element("glass");
  #instead = element("screen-instead");
  #state = null;
  #document = null;
  #key = "";
  #theme = "dark";

  constructor() {
    super();
    new ResizeObserver(() => this.#fit()).observe(this.#area);
  }

  /** "dark" or "light": between the device and the document, nobody else is told. */
  set theme(theme) {
    this.#theme = theme;
    this.#glass.dataset.theme = theme;
    if (this.#document) this.#trying(() => this.#document.resize(this.#viewport));
  }

  take(state) {
    this.#state = state;
    const { screen, stream, speaker } = state;
    document.body.classList.toggle("with-screen", Boolean(screen));
    if (!screen) return this.#clear("");
    this.#area.style.setProperty("--aspect", screen.viewport.width / screen.viewport.height);
    this.#glass.classList.toggle("round", screen.viewport.shape === "round");
    const key = screen.shown ? `${speaker} ${screen.shown.number}` : "";
    if (!key) this.#clear(stream ? phrase("screen-stream", stream) : phrase("screen-home"));
    else if (key !== this.#key) this.#trying(() => this.#show(screen.shown));
    this.#key = key;
    return this.#fit();
  }

  /** Show the moment `now`, in milliseconds of the device's time. */
  frame(now) {
    const shown = this.#state?.screen?.shown;
    if (!shown || !this.#document) return;
    const at = now - shown.since_ms + shown.ahead_ms;
    if (Number.isFinite(at)) this.#trying(() => this.#document.at(holdsStill() ? Math.floor(at / A_SECOND) * A_SECOND : at));
  }

  /** Draw; whatever fails in it is told, and hushes nobody. */
  #trying(draw) {
    try {
      draw();
    } catch (error) {
      this.#clear(phrase("screen-failed"));
      this.#tell("fault", `${error.name}: ${error.message}`);
    }
  }

  #tell(what, detail) {
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }

  get #viewport() {
    return { ...this.#state.screen.viewport, theme: this.#theme };
  }

  #show({ document: told, datasources }) {
    const hadFocus = this.#glass.contains(document.activeElement);
    this.#tell("fault", null);
    const onFault = (fault) => this.#tell("fault", fault);
    this.#document = new AplDocument({ document: told, datasources, viewport: this.#viewport, onFault });
    this.#document.addEventListener("touched", ({ detail }) => this.#tell("touched", detail));
    this.#instead.hidden = true;
    this.#glass.replaceChildren(this.#document.element);
    if (hadFocus) (this.#glass.querySelector("[tabindex='0']") ?? this.#glass).focus();
  }

  #clear(instead) {
    if (this.#glass.contains(document.activeElement)) element("words").focus();
    if (this.#document) this.#tell("fault", null);
    this.#document = null;
    this.#key = "";
    this.#instead.hidden = !instead;
    put(this.#instead, instead);
    this.#glass.replaceChildren(this.#instead);
  }

  #fit() {
    const viewport = this.#state?.screen?.viewport;
    const { clientWidth, clientHeight } = this.#area;
    if (!viewport || !clientWidth || !clientHeight) return;
    const scale = Math.min(clientWidth / viewport.width, clientHeight / viewport.height);
    Object.assign(this.#glass.style, { width: `${viewport.width * scale}px`, height: `${viewport.height * scale}px` });
    if (this.#document) this.#document.element.style.transform = `scale(${scale})`;
  }
}
