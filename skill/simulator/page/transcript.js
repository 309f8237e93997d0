// What was said, with times: shown when it is heard, the beats of a rep in one row.

import { clock, phrase } from "./phrases.js";

const SHORT_WORDS = 3;
const BEAT_MS = 4000;
const MOST_BEATS = 12;

const log = document.getElementById("log");
const view = document.getElementById("log-view");

const cell = (name, text) => Object.assign(document.createElement("span"), { className: name, textContent: text });
const isShort = (text) => text.split(" ").length <= SHORT_WORDS;
const same = (a, b) => a.at_ms === b.at_ms && a.who === b.who && a.text === b.text;

function drawn({ at_ms, who, text }) {
  const item = document.createElement("li");
  item.className = `said ${who}`;
  item.append(cell("who", phrase(`who-${who}`)), " ", cell("text", text), " ", cell("when", clock(at_ms)));
  return item;
}

/** Keeps the log on the page like the one in the state. */
export class Transcript {
  #past = [];
  #rows = [];
  #shown = 0;
  #beats = null;

  constructor() {
    this.#draw();
  }

  /** These rows are said, now or later; what is there already is not touched. */
  take(rows) {
    const shown = this.#rows.slice(0, this.#shown);
    const grows = rows.length >= shown.length && shown.every((one, i) => same(one, rows[i]));
    this.#rows = rows;
    if (!grows) this.#draw();
  }

  /** Show all that is said until `now` ms of the device's time. */
  frame(now) {
    const next = this.#rows[this.#shown];
    if (!next || next.at_ms > now) return;
    if (!this.#shown && !this.#past.length) log.replaceChildren();
    while (this.#shown < this.#rows.length && this.#rows[this.#shown].at_ms <= now) {
      this.#add(this.#rows[this.#shown]);
      this.#shown += 1;
    }
    view.scrollTop = view.scrollHeight;
  }

  /** Another speaker takes over: what was said stays, with a note of the page's. */
  goOn(note) {
    const said = this.#rows.slice(0, this.#shown);
    const at_ms = said.at(-1)?.at_ms ?? 0;
    this.#past = [...this.#past, ...said, { at_ms, who: "note", text: note }];
    this.#rows = [];
    this.#draw();
  }

  /** Begin with an empty log. */
  clear() {
    this.#past = [];
    this.#rows = [];
    this.#draw();
  }

  #draw() {
    this.#shown = 0;
    this.#beats = null;
    log.replaceChildren();
    for (const one of this.#past) this.#add(one);
    if (!this.#past.length && !this.#rows.length)
      log.append(Object.assign(document.createElement("li"), { className: "nothing", textContent: phrase("nothing-said") }));
  }

  #add(row) {
    const beats = this.#beats;
    if (beats && this.#continues(beats, row)) {
      beats.words.push(row.text);
      beats.at_ms = row.at_ms;
      beats.place.textContent = beats.words.join(" … ");
      return;
    }
    const item = drawn(row);
    log.append(item);
    const joins = row.who === "coach" && isShort(row.text);
    this.#beats = joins ? { words: [row.text], at_ms: row.at_ms, place: item.querySelector(".text") } : null;
  }

  #continues(beats, { at_ms, who, text }) {
    const near = at_ms - beats.at_ms < BEAT_MS && beats.words.length < MOST_BEATS;
    return who === "coach" && isShort(text) && near && text !== beats.words[0];
  }
}
