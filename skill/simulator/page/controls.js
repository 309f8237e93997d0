// Buttons, field, chips, keys and settings: what the listener's hands do.

import { phrase, put } from "./phrases.js";
import { shortcuts } from "./keys.js";
import { always } from "./remembered.js";

const element = (id) => document.getElementById(id);

/** Call `action` once for a click, even for a double one. */
function clicked(target, action) {
  target.addEventListener("click", (event) => {
    if (event.detail <= 1) action(event);
  });
}

/** Tie a checkbox to a setting that is kept; `tell` hears of its value now and later. */
function setting(id, tell) {
  const box = element(id);
  const known = always.get(id);
  if (known) box.checked = known === "yes";
  box.addEventListener("change", () => {
    always.set(id, box.checked ? "yes" : "no");
    tell(box.checked);
  });
  tell(box.checked);
}

/** Tie a list to a setting that is kept; `tell` hears of its value now and later. */
function chosen(id, tell) {
  const list = element(id);
  list.value = always.get(id) ?? list.value;
  list.addEventListener("change", () => {
    always.set(id, list.value);
    tell(list.value);
  });
  tell(list.value);
}

/** Wire the page's controls; returns what the page tells them. */
export function controls(page) {
  const { playhead, sound, device } = page;
  const field = element("words");

  for (const button of document.querySelectorAll("[data-say]")) clicked(button, (event) => said(event, button.dataset.say));
  for (const button of document.querySelectorAll("[data-press]"))
    clicked(button, () => page.act({ do: "press", key: button.dataset.press }));
  for (const button of document.querySelectorAll("[data-do]")) clicked(button, () => page.act({ do: button.dataset.do }));
  for (const button of document.querySelectorAll("[data-permit]"))
    clicked(button, () => page.act({ do: "permit", consent: button.dataset.permit }));

  function said(event, words) {
    page.say(words);
    if (event.detail === 0 && event.currentTarget?.id === "start") field.focus();
  }

  element("say").addEventListener("submit", (event) => {
    event.preventDefault();
    const words = field.value;
    field.value = "";
    if (words.trim()) page.say(words);
    else page.settle();
  });
  field.addEventListener("input", () => {
    if (field.value) playhead.hold("typing");
    else playhead.release("typing");
  });
  field.addEventListener("blur", () => playhead.release("cut-in"));

  clicked(element("carry-on"), () => {
    sound.unlock();
    page.settle();
    element("pause").focus();
  });
  clicked(element("skip"), () => playhead.skip());

  volume(sound);
  speed(playhead);
  settings(page);
  mediaKeys(page);

  let seconds = -1;
  return {
    take(state) {
      chips(page);
      element("remote").hidden = !state.stream;
    },
    look(view) {
      chips(page);
      const going = view === "workout" || view === "returning";
      element("pause").disabled = !going;
      element("stop").disabled = !going;
      element("skip").disabled = !going || playhead.phase === "quiet";
      const silent = playhead.phase === "listening" || playhead.phase === "waiting";
      put(element("skip-text"), phrase(silent ? "skip-silence" : "skip-sound"));
      seconds = -1;
      this.frame();
    },
    frame() {
      const left = ((1 - playhead.patienceGone) * (device.state?.patience_ms ?? 0)) / 1000;
      const now = Math.ceil(left);
      if (now === seconds) return;
      seconds = now;
      const name = statusOf(page);
      element("status").dataset.status = name;
      put(element("status-text"), phrase(`status-${name}`, { seconds: now }));
    },
  };
}

function statusOf({ playhead, device, thinking, away, hears }) {
  if (away) return "away";
  if (hears) return "hearing";
  if (thinking) return "thinking";
  if (playhead.holds.has("typing") || playhead.holds.has("cut-in")) return "held";
  if (playhead.phase !== "quiet") return playhead.phase;
  if (device.state?.stream) return "paused";
  return device.state?.transcript.length ? "ended" : "idle";
}

/** Show what can be said now; the buttons stay the same ones, so that focus stays too. */
function chips(page) {
  if (!page.device.state) return;
  const place = element("chips");
  const wanted = chipsOf(page.device.state, page.playhead.phase);
  const focused = place.contains(document.activeElement);
  while (place.children.length > wanted.length) place.lastElementChild.remove();
  if (focused && !place.contains(document.activeElement)) (place.lastElementChild ?? element("words")).focus();
  wanted.forEach((chip, index) => {
    const button = place.children[index] ?? place.appendChild(newChip(page));
    button.dataset.words = JSON.stringify(chip.act);
    put(button, chip.label);
  });
}

function chipsOf(state, phase) {
  const speaks = phase === "sound" || phase === "stream";
  const said = (speaks ? state.chips : state.answers).map(({ say, label }) => ({ label, act: { do: "say", words: say } }));
  if (!state.asks_permission) return said;
  const permit = [
    { label: phrase("permit-yes"), act: { do: "permit", consent: "ACCEPTED" } },
    { label: phrase("permit-no"), act: { do: "permit", consent: "DENIED" } },
  ];
  return [...permit, ...said];
}

function newChip(page) {
  const button = Object.assign(document.createElement("button"), { type: "button", className: "button chip" });
  clicked(button, () => page.act(JSON.parse(button.dataset.words)));
  button.addEventListener("focus", () => button.scrollIntoView({ block: "nearest", inline: "nearest" }));
  return button;
}

function volume(sound) {
  const slider = element("volume");
  const mute = element("mute");
  const apply = () => {
    sound.volume = slider.valueAsNumber / 100;
    sound.muted = mute.getAttribute("aria-pressed") === "true";
  };
  slider.value = always.get("volume") ?? "90";
  mute.setAttribute("aria-pressed", String(always.get("mute") === "yes"));
  slider.addEventListener("input", () => {
    always.set("volume", slider.value);
    apply();
  });
  mute.addEventListener("click", () => {
    const muted = mute.getAttribute("aria-pressed") !== "true";
    mute.setAttribute("aria-pressed", String(muted));
    always.set("mute", muted ? "yes" : "no");
    apply();
  });
  apply();
}

function speed(playhead) {
  const buttons = [...document.querySelectorAll("[data-speed]")];
  for (const button of buttons)
    button.addEventListener("click", () => {
      playhead.rate = Number(button.dataset.speed);
      for (const one of buttons) one.setAttribute("aria-pressed", String(one === button));
    });
}

function settings(page) {
  const dialog = element("settings");
  const open = () => dialog.showModal();
  element("open-settings").addEventListener("click", open);
  element("device").addEventListener("change", ({ currentTarget }) => {
    always.set("device", currentTarget.value);
    page.begin({ kind: currentTarget.value });
  });
  chosen("theme", (theme) => (page.screen.theme = theme));
  setting("announce", (on) => (page.captions.announces = on));
  let single = true;
  setting("single-keys", (on) => (single = on));
  const brake = (id) => () => !element(id).disabled && element(id).click();
  const actions = {
    Escape: () => page.cutIn(),
    canTalk: () => page.microphone.works,
    talk: () => page.microphone.hold(),
    talked: () => page.microphone.letGo(),
    p: brake("pause"),
    s: brake("stop"),
    d: () => page.drawer.toggle(),
    "/": () => element("words").focus(),
    "?": open,
  };
  shortcuts(actions, () => single);
}

/** Keys of headphones and keyboards: the remote's when a stream plays, words otherwise. */
function mediaKeys(page) {
  const keys = { play: "Play", pause: "Pause", nexttrack: "Next", previoustrack: "Previous" };
  const words = { play: "carry on", pause: "pause", nexttrack: "skip", previoustrack: "go back" };
  for (const [name, key] of Object.entries(keys)) {
    navigator.mediaSession?.setActionHandler(name, () =>
      page.device.state?.stream ? page.act({ do: "press", key }) : page.say(words[name]),
    );
  }
}

