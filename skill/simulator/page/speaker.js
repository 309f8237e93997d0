// The page people talk to: brings device, time, sound, sight and hearing together.

import { Captions } from "./captions.js";
import { Device } from "./device.js";
import { Drawer } from "./drawer.js";
import { phrase, put } from "./phrases.js";
import { Playhead } from "./playhead.js";
import { always, listener, newListener, thisTab } from "./remembered.js";
import { Scene } from "./scene.js";
import { Screen } from "./screen.js";
import { Sound } from "./sound.js";
import { Transcript } from "./transcript.js";
import { manage } from "./conversations.js";
import { controls } from "./controls.js";
import { microphone } from "./microphone.js";

const SAVED_EVERY_MS = 1000;
const NOTICED_MS = 250;
const element = (id) => document.getElementById(id);

const sound = new Sound();
const playhead = new Playhead(sound);
const device = new Device();
const scene = new Scene();
const screen = new Screen();
const captions = new Captions();
const transcript = new Transcript();
const drawer = new Drawer();

const page = {
  device,
  playhead,
  sound,
  captions,
  drawer,
  screen,
  transcript,
  thinking: false,
  away: false,
  replaying: false,
  restored: false,
  say,
  act,
  cutIn,
  settle,
  begin,
};

/** Whether the coach has something going on. */
const live = () => {
  const { state } = device;
  return Boolean(state && (state.in_session || state.stream || playhead.phase === "sound"));
};

async function act(action, hush = true) {
  sound.unlock();
  playhead.freeze(hush);
  settle();
  const taken = await device.step(action, () => playhead.freeze(hush));
  if (taken === false) playhead.thaw();
}

function say(words) {
  const text = words.trim().slice(0, 300);
  if (text) act({ do: "say", words: text });
}

/** Begin to talk, as with the wake word: the coach is hushed until words come, or never mind. */
function cutIn() {
  const field = element("words");
  if (playhead.holds.has("typing") || playhead.holds.has("cut-in")) {
    field.value = "";
    settle();
  } else if (live()) {
    playhead.hold("cut-in");
    field.focus();
  }
}

/** Nothing is being typed any more; time goes on. */
function settle() {
  for (const why of ["typing", "cut-in", "blocked", "reload"]) playhead.release(why);
}

/** Begin with another speaker. */
async function begin({ kind = element("device").value, forgetful = false } = {}) {
  playhead.freeze(true);
  settle();
  transcript.clear();
  captions.show("");
  page.fresh = true;
  await device.renew({ device: kind, listener: forgetful ? newListener() : listener() });
}

device.addEventListener("state", ({ detail: { state, fresh } }) => {
  if (fresh && !page.fresh && page.open) anew();
  page.fresh = false;
  transcript.take(state.transcript);
  scene.take(state);
  screen.take(state);
  drawer.take(state);
  if (state.device) element("device").value = state.device;
  put(element("locale"), state.locale);
  if (!page.replaying) playhead.take(state, placeOf(state));
  captionsOf(state);
  put(element("hearing-note"), "");
  page.controls.take(state);
  look();
});

/** Show the page once it is known which of its faces to show, so that nothing jumps. */
function show() {
  document.body.dataset.ready = "";
}

function anew() {
  transcript.goOn(phrase("started-anew"));
  page.broken = true;
}

function captionsOf(state) {
  if (state.sound.ms > 0) captions.take(state.sound.captions);
}

/** How far this tab was in a state before the page was loaded again. */
function placeOf(state) {
  if (page.open) return 0;
  const place = JSON.parse(thisTab.get("place") ?? "null");
  const mine = place?.speaker === state.speaker && place.steps === state.steps;
  playhead.hold("reload");
  return mine ? place.passed : 0;
}

function savePlace() {
  if (!device.state || page.replaying) return;
  const { speaker, steps } = device.state;
  thisTab.set("place", JSON.stringify({ speaker, steps, passed: Math.round(playhead.passed) }));
}

screen.addEventListener("touched", ({ detail: { sent, label } }) => act({ do: "touch", arguments: sent, words: label }));
screen.addEventListener("fault", ({ detail: fault }) => {
  drawer.missing(fault);
  if (fault) console.error(`APL: ${fault}`);
});

let thought = 0;
device.addEventListener("thinking", ({ detail: thinks }) => {
  clearTimeout(thought);
  const tell = () => {
    page.thinking = thinks;
    look();
  };
  if (thinks) thought = setTimeout(tell, NOTICED_MS);
  else tell();
});

device.addEventListener("reach", ({ detail: reached }) => {
  page.away = !reached;
  show();
  element("banner").hidden = reached;
  put(element("banner"), reached ? "" : phrase("away"));
  if (reached) captions.tell("back");
  look();
});

device.addEventListener("refused", ({ detail: error }) => {
  put(element("hearing-note"), phrase("refused", { error }));
});

playhead.addEventListener("due", ({ detail: what }) => act({ do: what }, false));
playhead.addEventListener("phase", look);
sound.reachable = () => device.look();
sound.addEventListener("blocked", () => {
  playhead.hold("blocked");
  look();
});
sound.addEventListener("instead", ({ detail }) => put(element("sound-note"), detail ? phrase(`voice-${detail}`) : ""));

/** Which of its faces the page shows, and what the status says of it. */
function look() {
  const { state } = device;
  const waits = playhead.holds.has("reload") || playhead.holds.has("blocked");
  const started = Boolean(state?.transcript.length);
  const view = live() ? (waits ? "returning" : "workout") : started || page.broken ? "ended" : "start";
  if (view === "workout") page.broken = false;
  const before = document.body.dataset.view;
  document.body.dataset.view = view;
  element("welcome").hidden = view !== "start" && view !== "ended";
  element("now").hidden = view !== "workout";
  element("returning").hidden = view !== "returning";
  put(element("returning-text"), phrase(playhead.holds.has("blocked") ? "blocked" : "returning"));
  if (view === "ended") ended(before);
  page.controls?.look(view);
}

function ended(before) {
  const rows = device.state.transcript;
  const spoken = rows.some((one) => one.who === "coach");
  const how = page.broken ? "broken" : spoken ? "ended" : "unheard";
  const answered = rows.at(-1)?.who === "note" && rows.at(-2)?.who === "you";
  put(element("welcome-title"), phrase(`${how}-title`));
  put(element("welcome-lead"), answered ? rows.at(-1).text : phrase(`${how}-lead`));
  element("welcome-aside").hidden = true;
  if (before !== "workout") return;
  captions.tell("announce-ended");
  const disabledNow = ["pause", "stop", "skip"].includes(document.activeElement?.id);
  if (disabledNow) element("start").focus();
}

function frame(now) {
  const { state } = device;
  const { streamAt } = playhead;
  const { phase } = playhead;
  const at = streamAt ?? (phase === "sound" ? playhead.soundAt : null);
  if (streamAt !== null) captions.take(state.stream.captions ?? []);
  if (at !== null) captions.frame(at);
  const deviceNow = state && (state.now_ms ?? Infinity) + playhead.passed;
  if (state) transcript.frame(page.replaying ? Infinity : deviceNow);
  if (state && document.body.dataset.view === "workout") screen.frame(deviceNow);
  scene.frame(state && document.body.dataset.view !== "start" ? at : null, { phase, patienceGone: playhead.patienceGone, now });
  drawer.frame(at ?? (state ? playhead.soundAt : 0));
  page.controls.frame();
  requestAnimationFrame(frame);
}

page.controls = controls(page);
page.microphone = microphone(page);
manage(page);
look();
requestAnimationFrame(frame);
scene.load();
setInterval(savePlace, SAVED_EVERY_MS);
addEventListener("pagehide", savePlace);
document.addEventListener("visibilitychange", savePlace);

const kind = always.get("device") ?? "speaker";
await device.open({ device: kind, locale: "en-US", listener: listener() });
page.open = true;
if (!live()) playhead.release("reload");
look();
show();
