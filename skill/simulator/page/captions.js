// The sentence that is being said, large; and, if wished for, told to a screen reader.

import { phrase, put } from "./phrases.js";

const LONG = 90;
const VERY_LONG = 170;

const place = document.getElementById("caption");
const region = document.getElementById("announced");

/** Shows captions by time. */
export class Captions {
  #list = [];
  #shown = null;
  announces = false;

  take(list) {
    if (list === this.#list) return;
    this.#list = list;
    this.#shown = null;
  }

  /** Show what is said `at` ms; the last sentence stays while nothing is said. */
  frame(at) {
    let current = null;
    for (const one of this.#list) {
      if (one.at_ms > at) break;
      current = one;
    }
    if (current === this.#shown || !current) return;
    this.#shown = current;
    this.show(current.text, current.voice);
    if (this.announces) region.textContent = current.text;
  }

  /** Show a text of the page's own. */
  show(text, voice = "page") {
    place.dataset.voice = voice;
    place.dataset.length = text.length > VERY_LONG ? "very-long" : text.length > LONG ? "long" : "short";
    put(place, text);
  }

  /** Tell a screen reader a phrase of the page, whatever the setting. */
  tell(name, values) {
    region.textContent = phrase(name, values);
  }
}
