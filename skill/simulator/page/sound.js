// What is heard: one audio element for voice and streams, or the browser's voice in its place.

import { SpokenCaptions } from "./voice.js";

const NEAR_MS = 600;

/** A tenth of a second of nothing, played on the first gesture so that sound is allowed later. */
function silence() {
  const wave = new DataView(new ArrayBuffer(44 + 800));
  const put = (at, text) => [...text].forEach((letter, i) => wave.setUint8(at + i, letter.charCodeAt(0)));
  put(0, "RIFF");
  wave.setUint32(4, 36 + 800, true);
  put(8, "WAVEfmt ");
  wave.setUint32(16, 16, true);
  wave.setUint16(20, 1, true);
  wave.setUint16(22, 1, true);
  wave.setUint32(24, 8000, true);
  wave.setUint32(28, 8000, true);
  wave.setUint16(32, 1, true);
  wave.setUint16(34, 8, true);
  put(36, "data");
  wave.setUint32(40, 800, true);
  new Uint8Array(wave.buffer).fill(128, 44);
  return URL.createObjectURL(new Blob([wave.buffer], { type: "audio/wav" }));
}

/**
 * Plays one track at a time.
 *
 * Events: "ended"; "blocked" (the browser wants a gesture first); "instead" (detail: "voice" or
 * "captions" when the file cannot be played, "" when it can).
 */
export class Sound extends EventTarget {
  #audio = new Audio();
  #voice = new SpokenCaptions();
  #track = null;
  #spoken = false;
  #unlocked = false;
  #wanted = false;

  /** Asked when a file does not play: resolves once the server answers. */
  reachable = async () => true;

  constructor() {
    super();
    this.#audio.preload = "auto";
    this.#audio.id = "sound";
    this.#audio.hidden = true;
    document.body.append(this.#audio);
    this.#audio.addEventListener("ended", () => !this.#spoken && this.#track && this.#tell("ended"));
    this.#audio.addEventListener("error", () => this.#failed());
    this.#voice.onended = () => this.#tell("ended");
  }

  /** Call this in a click or key press. */
  unlock() {
    if (this.#unlocked || this.#track) return;
    this.#unlocked = true;
    this.#audio.src = silence();
    this.#audio.play().catch(() => {});
  }

  /** Play `track` ({url, captions, ms}) from `from` ms; one that is already there just goes on. */
  play(track, from) {
    const same = track.url && this.#track?.url === track.url;
    this.#wanted = true;
    if (same && Math.abs(this.ms - from) < NEAR_MS) {
      this.#track = track;
      this.resume();
      return;
    }
    const spoken = !track.url || (same && this.#spoken);
    this.#begin(track, from, spoken);
  }

  get ms() {
    return this.#spoken ? this.#voice.ms : this.#audio.currentTime * 1000;
  }

  get playing() {
    return this.#wanted && (this.#spoken || !this.#audio.paused);
  }

  pause() {
    this.#wanted = false;
    this.#voice.pause();
    this.#audio.pause();
  }

  resume() {
    this.#wanted = true;
    if (this.#spoken) this.#voice.play();
    else this.#start();
  }

  stop() {
    this.pause();
    this.#track = null;
  }

  set rate(rate) {
    this.#audio.defaultPlaybackRate = rate;
    this.#audio.playbackRate = rate;
    this.#voice.rate = rate;
  }

  set volume(share) {
    this.#audio.volume = share;
    this.#voice.volume = share;
  }

  set muted(muted) {
    this.#audio.muted = muted;
    this.#voice.muted = muted;
  }

  #begin(track, from, spoken) {
    this.#track = track;
    this.#spoken = spoken;
    this.#audio.pause();
    this.#voice.stop();
    if (spoken) {
      this.#voice.load(track.captions ?? [], track.ms, from);
      this.#voice.play();
      this.#tell("instead", SpokenCaptions.speaks ? "voice" : "captions");
      return;
    }
    this.#audio.src = track.url;
    if (from > 0) this.#audio.currentTime = from / 1000;
    this.#start();
  }

  #start() {
    const track = this.#track;
    if (this.#audio.ended) {
      queueMicrotask(() => track === this.#track && this.#tell("ended"));
      return;
    }
    this.#audio.play().then(
      () => this.#tell("instead", ""),
      (error) => {
        if (error.name === "NotAllowedError" && track === this.#track) this.#tell("blocked");
      },
    );
  }

  async #failed() {
    const track = this.#track;
    if (!track || this.#spoken) return;
    const from = this.ms;
    const there = await this.reachable().catch(() => false);
    if (track !== this.#track) return;
    const again = there && !track.tried;
    track.tried = true;
    const wanted = this.#wanted;
    this.#begin(track, from, !again);
    if (!wanted) this.pause();
  }

  #tell(what, detail = null) {
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }
}
