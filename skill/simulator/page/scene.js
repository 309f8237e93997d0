// What is seen of the workout: title, count, cue, sets, steps, and the figure in its tempo.

import { Figure, holdsStill, shareAt, shownAt } from "./figure.js";
import { BodyMap } from "./body.js";
import { has, phrase, put } from "./phrases.js";
import { Ring } from "./ring.js";

const OF_A_REP = new Set(["lift", "hold", "lower"]);
const DEMONSTRATED = new Set(["teaching", "how_to", "idle"]);
const PAUSED = "paused";
const LONG_HOLD_MS = 4000;
const FIRST_FIGURE = "glute_bridge";

const element = (id) => document.getElementById(id);

/** For each mark of a rep, when that rep begins and ends. */
function repTimes(marks) {
  const times = new Map();
  const key = (mark) => `${mark.set} ${mark.side} ${mark.rep}`;
  for (const mark of marks) {
    if (!OF_A_REP.has(mark.phase)) continue;
    const known = times.get(key(mark));
    times.set(key(mark), { from: known?.from ?? mark.at_ms, to: mark.until_ms });
  }
  return (mark) => times.get(key(mark));
}

/** Draws a state, and each moment of what then sounds. */
export class Scene {
  #dial = element("dial");
  #dialCount = element("dial-count");
  #ring = new Ring(element("ring"));
  #svg = element("figure");
  #figure = new Figure(this.#svg);
  #map = new BodyMap();
  #state = null;
  #marks = [];
  #repTime = () => undefined;
  #index = 0;
  #drawnMark = undefined;

  /** Fetch figures and body map; the page is usable without them. */
  async load() {
    const map = this.#map.load().catch(() => {});
    const answer = await fetch("/page/figures.json").catch(() => null);
    if (answer?.ok) {
      this.#figure = new Figure(this.#svg, await answer.json());
      this.#drawnMark = undefined;
    }
    await map;
  }

  take(state) {
    this.#state = state;
    this.#marks = state.scene.marks ?? [];
    this.#repTime = repTimes(this.#marks);
    this.#index = 0;
    this.#drawnMark = undefined;
    this.#listSteps(state.scene.steps ?? []);
    this.#map.show(state.scene.muscles ?? []);
    element("how").hidden = !state.scene.steps?.length && !state.scene.muscles?.length;
  }

  /** Draw the moment `at` ms into what sounds; null when nothing does. */
  frame(at, { phase, patienceGone, now }) {
    if (!this.#state) {
      this.#depict(FIRST_FIGURE);
      this.#figure.pose(shownAt(now));
      return;
    }
    const mark = at === null ? null : this.#markAt(at);
    if (mark !== this.#drawnMark) this.#write(mark);
    this.#drawnMark = mark;
    this.#turn(mark, at);
    this.#move(mark, at, now);
    this.#ring.listen(phase === "listening" ? 1 - patienceGone : 0);
  }

  /** Whether there is something that moves without sound. */
  get demonstrates() {
    return !holdsStill() && (!this.#state || this.#shows());
  }

  #shows() {
    return DEMONSTRATED.has(this.#state.scene.phase) && !this.#marks.some((one) => OF_A_REP.has(one.phase));
  }

  /** The last mark that has begun; null before the first and after the end of the last. */
  #markAt(at) {
    const marks = this.#marks;
    if (!marks.length) return null;
    if (marks[this.#index].at_ms > at) this.#index = 0;
    while (this.#index + 1 < marks.length && marks[this.#index + 1].at_ms <= at) this.#index += 1;
    const mark = marks[this.#index];
    return mark.at_ms <= at && at < marks.at(-1).until_ms ? mark : null;
  }

  #write(mark) {
    const { scene } = this.#state;
    const phase = mark?.phase ?? scene.phase;
    const title = mark?.title || scene.title;
    document.body.dataset.phase = phase;
    put(element("title"), title || phrase(`phase-${scene.phase}`));
    const place = this.#placed(scene);
    const cue = mark ? phrase(`cue-${phase}`) : scene.title ? phrase(`phase-${scene.phase}`) : "";
    put(element("place"), place);
    put(element("cue"), cue === place ? "" : cue);
    put(element("sets"), this.#setLine(mark, scene));
    put(element("next"), scene.next ? phrase("next", { next: scene.next }) : "");
    const rep = this.#repOf(mark, scene);
    const counts = rep > 0 && scene.reps > 0;
    put(element("count"), counts ? String(rep) : "");
    put(element("count-of"), counts ? phrase("rep-of", { reps: scene.reps }) : "");
    const wanted = [mark?.figure, scene.figure].find((id) => id && this.#figure.knows(id));
    this.#depict(wanted ?? FIRST_FIGURE);
    this.#dial.classList.toggle("faint", !wanted && scene.phase !== "idle");
    document.body.classList.toggle("conversing", !title);
    document.body.classList.toggle("uncounted", !scene.reps);
    const drawn = mark?.title || scene.title;
    if (drawn) this.#svg.setAttribute("aria-label", phrase("figure-alt", { title: drawn }));
  }

  #repOf(mark, scene) {
    if (mark) return OF_A_REP.has(mark.phase) ? mark.rep : 0;
    return scene.phase === PAUSED ? scene.rep : 0;
  }

  #placed(scene) {
    if (scene.blocks > 0 && scene.block > 0) return phrase("block-of", scene);
    return has(`phase-${scene.phase}`) && scene.title ? phrase(`phase-${scene.phase}`) : "";
  }

  #setLine(mark, scene) {
    const set = mark?.set || scene.set;
    const side = mark?.side || scene.side;
    const words = [];
    if (set && scene.sets) words.push(phrase("set-of", { set, sets: scene.sets }));
    if (has(`side-${side}`)) words.push(phrase(`side-${side}`));
    return words.join(", ");
  }

  #turn(mark, at) {
    const { reps } = this.#state.scene;
    const left = mark ? mark.until_ms - at : 0;
    const counted = mark?.phase === "rest" || (mark?.phase === "hold" && mark.until_ms - mark.at_ms >= LONG_HOLD_MS);
    this.#countDown(counted ? Math.ceil(left / 1000) : null);
    if (counted) {
      this.#ring.show("rest", left / (mark.until_ms - mark.at_ms));
    } else if (mark && OF_A_REP.has(mark.phase) && reps > 0) {
      const { from, to } = this.#repTime(mark);
      this.#ring.reps(mark.rep - 1 + (at - from) / (to - from || 1), reps);
    } else if (!mark && this.#state.scene.phase === PAUSED && reps > 0) {
      this.#ring.reps(this.#state.scene.rep - 1, reps);
    } else if (mark?.phase === "move") {
      this.#ring.show("plain", (at - mark.at_ms) / (mark.until_ms - mark.at_ms));
    } else {
      this.#ring.show("plain", 0);
    }
  }

  #countDown(seconds) {
    this.#dialCount.hidden = seconds === null;
    if (seconds !== null) put(this.#dialCount, String(seconds));
    this.#dial.classList.toggle("counting", seconds !== null);
  }

  #move(mark, at, now) {
    if (mark && (OF_A_REP.has(mark.phase) || mark.phase === "move")) this.#figure.pose(shareAt(mark, at, this.#figure.way));
    else if (this.#shows()) this.#figure.pose(this.#figure.way.stays ? 1 : shownAt(now));
    else this.#figure.pose(0);
  }

  #depict(id) {
    this.#figure.show(id);
  }

  #listSteps(steps) {
    const list = element("steps");
    if (list.dataset.steps === steps.join("\n")) return;
    list.dataset.steps = steps.join("\n");
    list.replaceChildren(...steps.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  }
}
