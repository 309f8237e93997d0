// The developer's drawer: what was understood, sent and answered, and how near its limits it is.

import { drawn } from "./figure.js";
import { clock, phrase, put } from "./phrases.js";
import { always } from "./remembered.js";

const WIDTH = 1000;
const HEIGHT = 34;
const element = (id) => document.getElementById(id);
const item = (text) => Object.assign(document.createElement("li"), { textContent: text });
const copyOf = (id) => element(id).content.firstElementChild.cloneNode(true);
const slot = (parent, name) => parent.querySelector(`[data-slot="${name}"]`);

function json(name, value, open) {
  const part = copyOf("json-template");
  const text = JSON.stringify(value, null, 2);
  slot(part, "name").textContent = phrase(`json-${name}`);
  slot(part, "text").textContent = text;
  slot(part, "text").setAttribute("aria-label", phrase(`json-${name}`));
  part.open = open;
  part.querySelector(".copy").addEventListener("click", async ({ currentTarget }) => {
    await navigator.clipboard?.writeText(text);
    currentTarget.textContent = phrase("json-copied");
  });
  part.addEventListener("toggle", () => always.set(`json-${name}`, part.open ? "open" : ""));
  return part;
}

const remembered = (name, value) => json(name, value, always.get(`json-${name}`) === "open");

function limit({ name, used, most, unit }) {
  const row = document.createElement("div");
  const meter = Object.assign(document.createElement("meter"), { max: most, high: most * 0.9, low: most * 0.7, optimum: 0, value: used });
  meter.setAttribute("aria-label", name);
  const number = new Intl.NumberFormat("en");
  const text = phrase("limit-use", { used: number.format(used), most: number.format(most), unit });
  const value = document.createElement("dd");
  value.append(meter, " ", text);
  row.append(Object.assign(document.createElement("dt"), { textContent: name }), value);
  return row;
}

function exchange({ request, response, latency_ms, bytes, warnings, limits }) {
  const part = copyOf("exchange-template");
  const asked = request?.request ?? {};
  slot(part, "kind").textContent = asked.intent?.name ?? asked.type ?? "";
  slot(part, "latency").textContent = `${latency_ms.toFixed(1)} ms`;
  slot(part, "bytes").textContent = `${new Intl.NumberFormat("en").format(bytes)} B`;
  slot(part, "warnings").append(...warnings.map(item));
  slot(part, "limits").append(...limits.map(limit));
  slot(part, "request").append(remembered("request", request));
  slot(part, "response").append(remembered("response", response));
  return part;
}

/** Draws the last step while it is open. */
export class Drawer extends EventTarget {
  #button = element("open-drawer");
  #drawer = element("drawer");
  #needle = element("needle");
  #state = null;
  #length = 0;
  #at = -1;

  constructor() {
    super();
    this.#button.addEventListener("click", () => this.toggle());
    element("close-drawer").addEventListener("click", () => {
      this.open(false);
      this.#button.focus();
    });
    this.open(always.get("drawer") === "open");
  }

  get isOpen() {
    return !this.#drawer.hidden;
  }

  toggle() {
    this.open(!this.isOpen);
    if (this.isOpen) this.#drawer.focus({ preventScroll: innerWidth >= 1000 });
  }

  open(open) {
    this.#drawer.hidden = !open;
    document.body.classList.toggle("with-drawer", open);
    this.#button.setAttribute("aria-expanded", open);
    always.set("drawer", open ? "open" : "shut");
    if (open && this.#state) this.#draw();
  }

  take(state) {
    this.#state = state;
    if (this.isOpen) this.#draw();
  }

  /** Tell what of a document could not be drawn; null: there is another document. */
  missing(fault) {
    const list = element("apl-fault-list");
    if (fault === null) list.replaceChildren();
    else list.append(item(fault));
    element("apl-faults").hidden = !list.children.length;
  }

  /** Move the needle to `at` ms of what sounds. */
  frame(at) {
    if (!this.isOpen || !this.#length || at === this.#at) return;
    this.#at = at;
    const share = Math.min(1, (at ?? 0) / this.#length);
    this.#needle.style.transform = `translateX(${(share * this.#needle.parentElement.clientWidth).toFixed(1)}px)`;
    put(element("timeline-text"), phrase("timeline-at", { at: clock(at ?? 0), length: clock(this.#length) }));
  }

  #draw() {
    const { last, attributes } = this.#state;
    const refused = last?.refused;
    element("refusal").hidden = !refused;
    put(element("refusal-text"), refused ? `${refused.type}: ${refused.reason}` : "");
    const warnings = (last?.exchanges ?? []).flatMap((one) => one.warnings);
    element("warnings").replaceChildren(...warnings.map(item));
    this.#hear(last?.heard);
    element("exchanges").replaceChildren(...(last?.exchanges ?? []).map(exchange));
    element("attributes").replaceChildren(remembered("attributes", attributes ?? {}));
    this.#facts();
    this.#timeline();
  }

  #hear(heard) {
    element("heard").hidden = !heard;
    element("heard-nothing").hidden = Boolean(heard);
    if (!heard) return;
    put(element("heard-words"), heard.words);
    put(element("heard-intent"), heard.intent ?? "—");
    element("heard-score").value = heard.score;
    put(element("heard-score-text"), heard.score.toFixed(2));
    put(element("heard-why"), heard.why);
    const slots = Object.entries(heard.slots ?? {}).map(([name, { value, id }]) => item(`${name}: ${value}${id ? ` → ${id}` : ""}`));
    element("heard-slots").replaceChildren(...(slots.length ? slots : [item(phrase("no-slots"))]));
  }

  #facts() {
    const state = this.#state;
    put(element("fact-speaker"), state.speaker);
    put(element("fact-step"), String(state.steps));
    put(element("fact-session"), phrase(state.in_session ? (state.listening ? "session-open" : "session-shut") : "session-none"));
    put(element("fact-phase"), state.scene.phase);
  }

  #timeline() {
    const { sound, stream, scene } = this.#state;
    this.#length = stream?.sounding ? stream.length_ms : sound.ms;
    this.#at = -1;
    const scale = WIDTH / (this.#length || 1);
    const marks = (scene.marks ?? []).map(({ at_ms, until_ms, phase }) =>
      drawn("rect", { class: phase, x: at_ms * scale, y: 0, width: Math.max(1, (until_ms - at_ms) * scale - 1), height: HEIGHT * 0.65 }),
    );
    const said = (stream?.sounding ? stream.captions ?? [] : sound.captions).map(({ at_ms, ms }) =>
      drawn("rect", { class: "said", x: at_ms * scale, y: HEIGHT * 0.75, width: Math.max(1, ms * scale), height: HEIGHT * 0.25 }),
    );
    element("timeline-marks").replaceChildren(...marks, ...said);
  }
}
