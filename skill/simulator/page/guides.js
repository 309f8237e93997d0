// The list of guides: what is there, which of it is shown, and what is played.

import { GuidePlayer } from "./guide_player.js";

const HOME = /^(localhost|127\.|\[?::1)/;

const at = (id) => document.getElementById(id);
const groups = [...document.querySelectorAll(".group")];
const filters = at("filters");
const player = new GuidePlayer(at("player"));
const cards = new Map();

async function look() {
  only("loading");
  at("guides").ariaBusy = "true";
  let answer;
  try {
    answer = await fetch(`/audio/${document.documentElement.lang}/guides.json`, { cache: "no-cache" });
  } catch {
    return fail("server-gone");
  }
  if (!answer.ok) return fail(answer.status === 404 || answer.status === 503 ? "no-voice" : "server-gone");
  const { title, feed, guides } = await answer.json();
  if (!guides.length) return fail("no-voice");
  at("main").dataset.there = "";
  show(guides, title);
  tellFeed(new URL(feed, location.href));
  openNamed();
}

function fail(id) {
  delete at("main").dataset.there;
  only(id);
  at("guides").ariaBusy = "false";
}

function only(id) {
  for (const one of ["loading", "server-gone", "no-voice", "none-fits"]) at(one).hidden = one !== id;
}

function show(guides, album) {
  cards.clear();
  for (const group of groups) {
    const kinds = group.dataset.kinds.split(" ");
    const there = guides.filter((guide) => kinds.includes(guide.kind));
    group.querySelector("ul").replaceChildren(...there.map((guide) => cardOf({ ...guide, album })));
  }
  offer("level", guides.map((guide) => guide.level));
  offer("equipment", guides.flatMap((guide) => guide.equipment).sort());
  choose();
  at("guides").ariaBusy = "false";
}

function cardOf(guide) {
  const card = at("guide").content.firstElementChild.cloneNode(true);
  const part = (name) => card.querySelector(name);
  card.id = guide.id;
  part(".picture").src = guide.picture;
  part(".name").textContent = guide.title;
  part(".minutes").textContent = guide.minutes;
  part(".level").textContent = guide.level;
  if (guide.equipment.length) part(".equipment").textContent = guide.equipment.join(" · ");
  for (const which of card.querySelectorAll(".which")) which.textContent = `: ${guide.title}`;
  part(".keep").href = guide.download;
  part(".play").addEventListener("click", () => player.toggle(guide));
  cards.set(guide.id, { card, guide });
  return card;
}

function offer(name, values) {
  const select = filters.elements[name];
  for (const old of select.querySelectorAll("[data-found]")) old.remove();
  for (const value of new Set(values)) {
    const option = new Option(value, value);
    option.dataset.found = "";
    select.add(option);
  }
}

function choose() {
  const { minutes, level, equipment } = filters.elements;
  const fits = (guide) =>
    (!minutes.value || guide.minutes <= Number(minutes.value)) &&
    (!level.value || guide.level === level.value) &&
    (!equipment.value || (equipment.value === "none" ? !guide.equipment.length : guide.equipment.includes(equipment.value)));
  for (const { card, guide } of cards.values()) card.hidden = !fits(guide);
  for (const group of groups) group.hidden = !group.querySelector(".guide:not([hidden])");
  const found = [...cards.values()].filter(({ card }) => !card.hidden).length;
  const word = at("found-word");
  at("found").textContent = found;
  word.textContent = found === 1 ? word.dataset.one : word.dataset.more;
  only(found ? "" : "none-fits");
}

function tellFeed(address) {
  at("feed").value = address.href;
  at("only-here").hidden = !HOME.test(address.hostname);
}

async function copy() {
  const field = at("feed");
  field.select();
  let copied = true;
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    copied = false;
  }
  at("copied").hidden = !copied;
  at("selected").hidden = copied;
}

/** Make the guide ready that the address names, as links in the feed do. */
function openNamed() {
  const named = cards.get(decodeURIComponent(location.hash.slice(1)));
  if (!named) return;
  player.open(named.guide);
  named.card.scrollIntoView({ block: "center" });
}

function mark() {
  for (const { card, guide } of cards.values()) {
    const current = guide.id === player.guide?.id;
    card.toggleAttribute("data-current", current);
    card.toggleAttribute("data-playing", current && player.playing);
  }
}

filters.addEventListener("change", choose);
filters.addEventListener("submit", (event) => event.preventDefault());
at("show-all").addEventListener("click", () => {
  filters.reset();
  choose();
  filters.elements.minutes.focus();
});
for (const again of document.querySelectorAll(".again")) again.addEventListener("click", look);
at("feed").addEventListener("focus", (event) => event.target.select());
at("copy").addEventListener("click", copy);
player.addEventListener("change", mark);
player.addEventListener("close", ({ detail: guide }) => {
  const there = cards.get(guide.id)?.card;
  (there && !there.hidden ? there.querySelector(".play") : at("main")).focus();
});
addEventListener("hashchange", openNamed);
look();
