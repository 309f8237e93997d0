// The ring about the figure: reps done, rest left, time left to answer.

import { drawn } from "./figure.js";

const MIDDLE = 100;
const RADIUS = 92;
const GAP = 0.016;
const MOST_PARTS = 40;

function arc(from, to) {
  const at = (turn) => {
    const angle = (turn - 0.25) * 2 * Math.PI;
    return `${(MIDDLE + RADIUS * Math.cos(angle)).toFixed(2)} ${(MIDDLE + RADIUS * Math.sin(angle)).toFixed(2)}`;
  };
  return `M${at(from)}A${RADIUS} ${RADIUS} 0 ${to - from > 0.5 ? 1 : 0} 1 ${at(to)}`;
}

/** Shows a share of a whole, or of parts, and the window in which the microphone is open. */
export class Ring {
  #parts = drawn("g");
  #whole = drawn("circle", { class: "fill", cx: MIDDLE, cy: MIDDLE, r: RADIUS, pathLength: 1 });
  #window = drawn("circle", { class: "window", cx: MIDDLE, cy: MIDDLE, r: RADIUS, pathLength: 1 });
  #fills = [];
  #written = new Map();

  constructor(svg) {
    svg.append(drawn("circle", { class: "track", cx: MIDDLE, cy: MIDDLE, r: RADIUS }), this.#parts, this.#whole, this.#window);
    this.show("plain", 0);
    this.listen(0);
  }

  /** Show `done` of `parts` reps, the fraction being the one under way. */
  reps(done, parts) {
    this.#cut(parts);
    this.#fills.forEach((fill, i) => this.#fill(fill, Math.min(1, Math.max(0, done - i))));
    this.#fill(this.#whole, parts > MOST_PARTS ? done / parts : 0);
  }

  /** Show a share of the whole ring, 0 to 1, in the colour of `kind`: plain, rest or speech. */
  show(kind, share) {
    this.#cut(0);
    if (this.#written.get("kind") !== kind) this.#whole.setAttribute("class", `fill ${kind}`);
    this.#written.set("kind", kind);
    this.#fill(this.#whole, share);
  }

  /** Show which share of the time to answer is left; 0 shows none. */
  listen(left) {
    this.#fill(this.#window, left);
  }

  #cut(parts) {
    const count = parts > MOST_PARTS ? 0 : parts;
    if (this.#fills.length === count) return;
    this.#parts.replaceChildren();
    this.#fills = Array.from({ length: count }, (_, i) => {
      const gap = count > 1 ? Math.min(GAP, 0.3 / count) / 2 : 0.0005;
      const d = arc(i / count + gap, (i + 1) / count - gap);
      const fill = drawn("path", { class: "fill", d, pathLength: 1 });
      this.#parts.append(drawn("path", { class: "part", d }), fill);
      return fill;
    });
  }

  #fill(element, share) {
    const dash = share <= 0 ? "0 2" : `${Math.min(1, share).toFixed(4)} 2`;
    if (this.#written.get(element) === dash) return;
    this.#written.set(element, dash);
    element.setAttribute("stroke-dasharray", dash);
    element.classList.toggle("empty", share <= 0);
  }
}
