// Device time: what sounds now and where, the silence after it, and what becomes due.

import { Clock } from "./voice.js";

const SOON_MS = 30;

/**
 * Plays a state out.
 *
 * Events: "due" (detail: "silence" or "wait"); "phase" when what `phase` says has changed.
 * Phases: "sound", "stream", "listening" (the microphone is open), "waiting" (the session goes on
 * with it shut), "quiet" (nothing happens until somebody speaks).
 */
export class Playhead extends EventTarget {
  #sound;
  #clock = new Clock();
  #mode = "after";
  #state = null;
  #holds = new Set();
  #frozen = null;
  #streamOver = false;
  #timer = 0;
  #phase = "quiet";
  #rate = 1;

  constructor(sound) {
    super();
    this.#sound = sound;
    sound.addEventListener("ended", () => this.#ended());
  }

  /** Play `state`, of which `passed` ms are over already; `held` stops it there. */
  take(state, passed = 0) {
    this.#state = state;
    this.#frozen = null;
    this.#streamOver = false;
    if (passed < this.#soundLeft) this.#enterSound(passed);
    else this.#enterAfter(passed);
    this.#advance();
  }

  /** Milliseconds of device time since the state came. */
  get passed() {
    if (this.#frozen !== null) return this.#frozen;
    if (!this.#state) return 0;
    if (this.#mode === "sound") return Math.max(0, Math.min(this.#sound.ms - this.#state.sound.played_ms, this.#soundLeft));
    if (this.#mode === "stream") return this.#streamFrom + Math.max(0, this.#sound.ms - this.#state.stream.offset_ms);
    return this.#clock.ms;
  }

  /** Where the coach's sound is, in ms; its length when it is over. */
  get soundAt() {
    const sound = this.#state?.sound;
    return sound ? Math.min(sound.played_ms + this.passed, sound.ms) : 0;
  }

  /** Where the stream is, in ms; null if none sounds now. */
  get streamAt() {
    return this.#mode === "stream" ? this.#state.stream.offset_ms + this.passed - this.#streamFrom : null;
  }

  /** Which share of the time to answer is over, from 0 to 1. */
  get patienceGone() {
    if (this.#mode !== "after" || !this.#state?.in_session) return 0;
    return Math.min(1, Math.max(0, (this.passed - this.#soundLeft) / this.#state.patience_ms));
  }

  get phase() {
    return this.#phase;
  }

  get held() {
    return this.#holds.size > 0;
  }

  get holds() {
    return this.#holds;
  }

  set rate(rate) {
    this.#rate = rate;
    this.#clock.rate = rate;
    this.#sound.rate = rate;
    this.#advance();
  }

  /** Stop time for a reason of the listener's, such as words being typed. */
  hold(why) {
    this.#holds.add(why);
    clearTimeout(this.#timer);
    this.#clock.stop();
    this.#sound.pause();
    this.#tell("phase");
  }

  /** Let time go on, unless there is another reason to hold it. */
  release(why) {
    if (!this.#holds.delete(why) || this.held || this.#frozen !== null) return;
    if (this.#mode !== "after") this.#sound.resume();
    this.#advance();
    this.#tell("phase");
  }

  /** No device time passes while the server thinks; `hush` stops what sounds too. */
  freeze(hush) {
    if (this.#frozen === null) this.#frozen = this.passed;
    clearTimeout(this.#timer);
    this.#clock.stop();
    if (hush) this.#sound.pause();
    return this.#frozen;
  }

  /** Go on where time was frozen, when the step was not taken. */
  thaw() {
    if (this.#frozen === null) return;
    const passed = this.#frozen;
    this.#frozen = null;
    if (this.#mode === "after") this.#clock.set(passed);
    else if (!this.held) this.#sound.resume();
    this.#advance();
  }

  /** As if what is waited for now had been waited for. */
  skip() {
    if (this.#frozen !== null || !this.#state) return;
    if (this.#mode === "sound") {
      this.#enterAfter(this.#soundLeft);
      this.#advance();
      return;
    }
    const due = this.#due();
    if (!due) return;
    this.#mode = "after";
    this.#clock.set(due.at);
    this.#advance();
  }

  get #soundLeft() {
    const sound = this.#state.sound;
    return Math.max(0, sound.ms - sound.played_ms);
  }

  get #streamFrom() {
    return Math.max(this.#soundLeft, this.#state.stream.starts_in_ms ?? 0);
  }

  #enterSound(passed) {
    const { sound } = this.#state;
    this.#mode = "sound";
    this.#clock.stop();
    this.#sound.play(sound, sound.played_ms + passed);
    if (this.held) this.#sound.pause();
  }

  #enterAfter(passed) {
    const { stream } = this.#state;
    this.#clock.stop();
    this.#clock.set(passed);
    if (stream?.sounding && !this.#streamOver && passed >= this.#streamFrom) {
      this.#mode = "stream";
      const from = stream.offset_ms + passed - this.#streamFrom;
      this.#sound.play({ url: stream.url, captions: stream.captions, ms: stream.length_ms }, from);
      if (this.held) this.#sound.pause();
      return;
    }
    this.#mode = "after";
    this.#sound.stop();
  }

  #ended() {
    if (!this.#state || this.#frozen !== null) return;
    if (this.#mode === "sound") this.#enterAfter(this.#soundLeft);
    else if (this.#mode === "stream") {
      this.#streamOver = true;
      this.#enterAfter(this.#streamFrom + this.#state.stream.length_ms - this.#state.stream.offset_ms);
    }
    this.#advance();
  }

  /** What comes next: {at, what}, in ms since the state came. */
  #due() {
    const { in_session, patience_ms, next_ms, stream } = this.#state;
    const dues = [];
    if (next_ms !== null && next_ms !== undefined) dues.push({ at: next_ms, what: "wait" });
    if (in_session) dues.push({ at: this.#soundLeft + patience_ms, what: "silence" });
    if (this.#mode === "after" && stream?.sounding && !this.#streamOver)
      dues.push({ at: this.#streamFrom, what: "stream" });
    return dues.sort((a, b) => a.at - b.at)[0] ?? null;
  }

  #advance() {
    clearTimeout(this.#timer);
    this.#notice();
    if (!this.#state || this.held || this.#frozen !== null) return;
    if (this.#mode === "after") this.#clock.start();
    const due = this.#due();
    if (!due) return;
    const left = due.at - this.passed;
    if (left > 1) {
      this.#timer = setTimeout(() => this.#advance(), Math.max(SOON_MS / 2, left / this.#rate));
    } else if (due.what === "stream") {
      this.#enterAfter(this.passed);
      this.#advance();
    } else {
      this.#frozen = Math.max(this.passed, due.at);
      this.#tell("due", due.what);
    }
  }

  #notice() {
    const phase = this.#named();
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.#tell("phase");
  }

  #named() {
    if (!this.#state) return "quiet";
    if (this.#mode !== "after") return this.#mode;
    if (this.#state.in_session) return this.#state.listening ? "listening" : "waiting";
    return "quiet";
  }

  #tell(what, detail = null) {
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }
}
