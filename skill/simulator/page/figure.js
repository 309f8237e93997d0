// A person drawn as lines, who moves between the poses of an exercise.

const SVG = "http://www.w3.org/2000/svg";

const HUB = 2;

/** Make an SVG element with attributes. */
export function drawn(name, attributes = {}) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

const mixed = (from, to, share) => [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
const round = (number) => Math.round(number * 100) / 100;

function centred(circle, [x, y]) {
  circle.setAttribute("cx", round(x));
  circle.setAttribute("cy", round(y));
}

/** Draws one figure of figures.json into an SVG element of 100 by 100 units. */
export class Figure {
  #svg;
  #figures;
  #limbs;
  #head;
  #figure = null;
  #share = -1;
  #movers = [];
  id = "";

  constructor(svg, { figures = {}, limbs = [], head = 0 } = {}) {
    this.#svg = svg;
    this.#figures = figures;
    this.#limbs = limbs;
    this.#head = head;
  }

  /** How a move that is timed and not counted goes to and fro: {way_ms, stays}. */
  get way() {
    return this.#figure ?? { way_ms: 0, stays: false };
  }

  /** Whether there is a drawing of it. */
  knows(id) {
    return id in this.#figures;
  }

  /** Show an exercise at the start of its rep; an unknown one leaves the place empty. */
  show(id) {
    if (id === this.id) return;
    this.id = id;
    this.#figure = this.#figures[id] ?? null;
    this.#share = -1;
    this.#movers = [];
    this.#svg.replaceChildren();
    if (!this.#figure) return;
    const { props = [], unit } = this.#figure;
    for (const prop of props.filter((one) => !one.follows)) this.#lay(prop);
    this.#body(unit);
    for (const prop of props.filter((one) => one.follows)) this.#carry(prop);
    this.pose(0);
  }

  /** Move to a share of the way, 0 to 1, from the start of a rep to its end. */
  pose(share) {
    if (!this.#figure || Math.abs(share - this.#share) < 0.001) return;
    this.#share = share;
    const { poses } = this.#figure;
    const at = Math.min(Math.max(share, 0), 1) * (poses.length - 1);
    const low = poses[Math.floor(at)];
    const high = poses[Math.ceil(at)];
    const joint = (name) => mixed(low[name], high[name], at % 1);
    for (const move of this.#movers) move(joint, share);
  }

  #body(unit) {
    const joints = this.#figure.poses[0];
    for (const { kind, joints: all, width } of this.#limbs) {
      const names = all.filter((name) => name in joints);
      if (names.length < 2) continue;
      const limb = drawn("polyline", { class: kind, "stroke-width": round(width * unit) });
      this.#svg.append(limb);
      this.#movers.push((joint) =>
        limb.setAttribute("points", names.map((name) => joint(name).map(round).join()).join(" ")),
      );
    }
    const head = drawn("circle", { class: "head", r: round(this.#head * unit) });
    this.#svg.append(head);
    this.#movers.push((joint) => centred(head, joint("head")));
  }

  #lay({ shape, at, to, size, radius }) {
    if (shape === "line") {
      this.#svg.append(drawn("line", { class: "prop", x1: at[0], y1: at[1], x2: to[0], y2: to[1], "stroke-width": 1.2 }));
    } else if (shape === "box") {
      this.#svg.append(drawn("rect", { class: "prop solid", x: at[0], y: at[1], width: size[0], height: size[1], rx: 1.5 }));
    } else {
      const ball = drawn("circle", { class: "prop solid", r: radius });
      this.#svg.append(ball);
      this.#movers.push((_, share) => centred(ball, mixed(at, to ?? at, share)));
    }
  }

  #carry({ radius, follows }) {
    const rim = drawn("circle", { class: "prop rim", r: radius, "stroke-width": 2.2 });
    const hub = drawn("circle", { class: "prop solid", r: HUB });
    this.#svg.append(rim, hub);
    this.#movers.push((joint) => [rim, hub].forEach((one) => centred(one, joint(follows))));
  }
}

const eased = (share) => (1 - Math.cos(Math.PI * share)) / 2;
const still = matchMedia("(prefers-reduced-motion: reduce)");

/** Whether the visitor wants things to hold still. */
export const holdsStill = () => still.matches;

const SHOWN = { lift: 2000, hold: 1200, lower: 2600, rest: 1200 };
const SHOWN_MS = Object.values(SHOWN).reduce((sum, ms) => sum + ms);
const MOVE_MS = 2000;

/** The share of the way at which a mark has a figure, `at` ms into what sounds. */
export function shareAt(mark, at, way) {
  const gone = Math.min(1, Math.max(0, (at - mark.at_ms) / (mark.until_ms - mark.at_ms || 1)));
  if (mark.phase === "lift") return still.matches ? 1 : eased(gone);
  if (mark.phase === "hold") return 1;
  if (mark.phase === "lower") return still.matches ? 0 : 1 - eased(gone);
  if (mark.phase === "move") return moved(Math.max(0, at - mark.at_ms), way);
  return 0;
}

/** The share of the way in a timed move, `ms` after it began: to and fro, or there to stay. */
function moved(ms, { way_ms, stays }) {
  const ways = ms / (way_ms || MOVE_MS);
  if (still.matches) return stays ? 1 : 0;
  return eased(stays ? Math.min(1, ways) : ways % 2);
}

/** The share of the way in a rep that is only shown, again and again, `ms` after it began. */
export function shownAt(ms) {
  let at = ms % SHOWN_MS;
  if (still.matches) return 0;
  if (at < SHOWN.lift) return eased(at / SHOWN.lift);
  at -= SHOWN.lift;
  if (at < SHOWN.hold) return 1;
  at -= SHOWN.hold;
  return at < SHOWN.lower ? 1 - eased(at / SHOWN.lower) : 0;
}
