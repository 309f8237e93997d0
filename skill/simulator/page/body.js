// The body map: which muscles the exercise works.

import { put } from "./phrases.js";

/** Fetches the map once and lights up muscles on it. */
export class BodyMap {
  #place = document.getElementById("body-map");
  #frame = document.getElementById("muscles");
  #names = document.getElementById("muscle-names");
  #shown = "";

  async load() {
    const answer = await fetch("/page/body.svg");
    if (!answer.ok) return;
    const map = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
    if (map.nodeName !== "svg") return;
    map.querySelectorAll("style, script, [style]").forEach((one) => {
      if (one.hasAttribute("style")) one.removeAttribute("style");
      else one.remove();
    });
    this.#place.replaceChildren(document.importNode(map, true));
    this.#light(this.#shown.split(" "));
  }

  /** Show these muscles ({id, name}). */
  show(muscles) {
    const ids = muscles.map((one) => one.id).join(" ");
    if (ids === this.#shown) return;
    this.#shown = ids;
    this.#frame.hidden = muscles.length === 0;
    put(this.#names, muscles.map((one) => one.name).join(", "));
    this.#light(ids.split(" "));
  }

  #light(ids) {
    for (const one of this.#place.querySelectorAll(".muscle"))
      one.classList.toggle("on", ids.includes(one.dataset.muscle));
  }
}
