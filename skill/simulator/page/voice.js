// The browser's own voice, for when there is no sound: captions said at their times, or only shown.

const MOST_STALL_MS = 6000;

/** A clock of device time that runs at a rate and can be stopped. */
export class Clock {
  #base = 0;
  #since = null;
  #rate = 1;

  get ms() {
    return this.#since === null ? this.#base : this.#base + (performance.now() - this.#since) * this.#rate;
  }

  get running() {
    return this.#since !== null;
  }

  set(ms) {
    this.#base = ms;
    if (this.running) this.#since = performance.now();
  }

  start() {
    if (!this.running) this.#since = performance.now();
  }

  stop() {
    this.#base = this.ms;
    this.#since = null;
  }

  get rate() {
    return this.#rate;
  }

  set rate(rate) {
    this.set(this.ms);
    this.#rate = rate;
  }
}

/** Plays captions as the audio element plays a file; its time waits for a voice that is slow. */
export class SpokenCaptions {
  #clock = new Clock();
  #captions = [];
  #length = 0;
  #next = 0;
  #timer = 0;
  #saying = false;
  #paused = true;

  volume = 1;
  muted = false;
  onended = () => {};

  /** Whether there is a voice, and not only captions. */
  static get speaks() {
    return "speechSynthesis" in window && window.speechSynthesis.getVoices().length > 0;
  }

  get ms() {
    return Math.min(this.#clock.ms, this.#length);
  }

  set rate(rate) {
    this.#clock.rate = rate;
    this.#wait();
  }

  load(captions, length, from) {
    this.stop();
    this.#captions = captions;
    this.#length = length;
    this.#next = captions.findIndex((one) => one.at_ms + one.ms > from);
    if (this.#next < 0) this.#next = captions.length;
    this.#clock.set(from);
  }

  play() {
    this.#paused = false;
    this.#clock.start();
    this.#wait();
  }

  pause() {
    this.#paused = true;
    this.#clock.stop();
    clearTimeout(this.#timer);
    if (this.#saying) {
      this.#next -= 1;
      this.#hush();
    }
  }

  stop() {
    this.pause();
    this.#captions = [];
    this.#next = 0;
  }

  #wait() {
    clearTimeout(this.#timer);
    if (this.#paused) return;
    const at = this.#captions[this.#next]?.at_ms ?? this.#length;
    const left = Math.max(0, at - this.#clock.ms) / this.#clock.rate;
    this.#timer = setTimeout(() => this.#reached(), left);
  }

  #reached() {
    if (this.#saying) {
      this.#clock.stop();
      this.#timer = setTimeout(() => this.#said(), MOST_STALL_MS);
      return;
    }
    this.#clock.start();
    const caption = this.#captions[this.#next];
    if (!caption) {
      this.#paused = true;
      this.#clock.stop();
      this.onended();
      return;
    }
    this.#next += 1;
    this.#speak(caption.text);
    this.#wait();
  }

  #speak(text) {
    if (!SpokenCaptions.speaks || this.muted || this.#clock.rate > 2) return;
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.rate = this.#clock.rate;
    utterance.volume = this.volume;
    utterance.onend = utterance.onerror = () => this.#said(utterance);
    this.#saying = utterance;
    window.speechSynthesis.speak(utterance);
  }

  #said(utterance = this.#saying) {
    if (utterance !== this.#saying) return;
    this.#saying = false;
    if (this.#paused) return;
    this.#clock.start();
    this.#wait();
  }

  #hush() {
    this.#saying = false;
    window.speechSynthesis?.cancel();
  }
}
