// The pretended device on the server: steps in a row, each taken once, again if nobody answered.

import { thisTab } from "./remembered.js";

const PATIENCE_MS = [500, 1000, 2000, 3000];
const TIME_OUT_MS = 15_000;
const BY_TIME = new Set(["silence", "wait"]);

const slept = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Holds the speaker's last state and takes steps.
 *
 * Events: "state" (detail: state, fresh: whether the speaker is a new one), "thinking" (detail:
 * boolean), "reach" (detail: whether the server answers), "refused" (detail: the error's name).
 */
export class Device extends EventTarget {
  #queue = Promise.resolve();
  #inFlight = "";
  #reached = true;
  #release = null;

  state = null;
  options = { device: "speaker", locale: "en-US", listener: "" };

  /** Go on with this tab's speaker, or make one; tells whether it is one that was there before. */
  async open(options) {
    this.options = options;
    const id = thisTab.get("speaker");
    if (id && (await this.#claim(id))) {
      const answer = await this.#fetch(`/speakers/${id}`);
      if (answer.ok) {
        this.#take(answer.body, false);
        return true;
      }
    }
    await this.#create();
    return false;
  }

  /** Begin again with a new speaker. */
  async renew(options = this.options) {
    this.options = { ...this.options, ...options };
    await this.#lined(() => this.#create());
  }

  /**
   * Take a step once those before it are done. `passed` is asked at that moment for the
   * milliseconds of device time since the last state. What is done by hand twice, the first being
   * on its way still, is done once.
   * Resolves to whether it was taken; undefined if it was dropped.
   */
  async step(action, passed) {
    const likeness = BY_TIME.has(action.do) ? "" : JSON.stringify(action);
    if (likeness && likeness === this.#inFlight) return undefined;
    this.#inFlight = likeness;
    try {
      return await this.#lined(() => this.#send(action, passed));
    } finally {
      if (this.#inFlight === likeness) this.#inFlight = "";
    }
  }

  /** Ask for the state once more; waits for as long as the server is out of reach. */
  async look() {
    return this.#lined(async () => {
      const answer = await this.#fetch(`/speakers/${this.state.speaker}`);
      return answer.ok;
    });
  }

  async #send(action, passed) {
    if (!this.state) return false;
    this.#tell("thinking", true);
    try {
      const after_ms = Math.max(0, Math.round(passed()));
      const step = { number: this.state.steps, after_ms, ...action };
      const answer = await this.#fetch(`/speakers/${this.state.speaker}/steps`, step);
      return await this.#understand(answer);
    } finally {
      this.#tell("thinking", false);
    }
  }

  async #understand(answer) {
    if (answer.ok) {
      this.#take(answer.body, false);
      return true;
    }
    if (answer.status === 404) {
      await this.#create();
      return false;
    }
    if (answer.status === 409 || answer.status === 500) {
      // What failed on the way was taken all the same; what is now tells how far it came.
      const present = await this.#fetch(`/speakers/${this.state.speaker}`);
      if (present.ok) this.#take(present.body, false);
      else await this.#create();
      return false;
    }
    this.#tell("refused", answer.body?.error ?? String(answer.status));
    return false;
  }

  async #create() {
    const before = this.state?.speaker;
    const time_zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const answer = await this.#fetch("/speakers", { ...this.options, time_zone });
    if (!answer.ok) {
      this.#tell("refused", answer.body?.error ?? String(answer.status));
      return;
    }
    await this.#claim(answer.body.speaker);
    thisTab.set("speaker", answer.body.speaker);
    this.#take(answer.body, before !== answer.body.speaker);
  }

  /** Two tabs never share a speaker, not even a duplicated tab: whoever holds the lock has it. */
  async #claim(id) {
    this.#release?.();
    this.#release = null;
    if (!navigator.locks) return true;
    for (const wait of [0, 200]) {
      await slept(wait);
      if (await this.#locked(id)) return true;
    }
    return false;
  }

  #locked(id) {
    return new Promise((resolve) => {
      navigator.locks
        .request(`speaker ${id}`, { ifAvailable: true }, (lock) => {
          resolve(lock !== null);
          return lock && new Promise((release) => (this.#release = release));
        })
        .catch(() => resolve(true));
    });
  }

  /** Fetch JSON; tries until somebody answers. */
  async #fetch(path, body) {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const answer = await this.#once(path, body);
        this.#reach(true);
        return answer;
      } catch {
        this.#reach(false);
        await slept(PATIENCE_MS[Math.min(attempt, PATIENCE_MS.length - 1)]);
      }
    }
  }

  async #once(path, body) {
    const asks = body && {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    };
    const answer = await fetch(path, { ...asks, signal: AbortSignal.timeout(TIME_OUT_MS) });
    if (answer.status >= 502) throw new Error("out of reach");
    return { ok: answer.ok, status: answer.status, body: await answer.json().catch(() => null) };
  }

  #lined(action) {
    const done = this.#queue.then(action);
    this.#queue = done.catch(() => {});
    return done;
  }

  #take(state, fresh) {
    this.state = state;
    this.#tell("state", { state, fresh });
  }

  #reach(reached) {
    if (reached !== this.#reached) this.#tell("reach", reached);
    this.#reached = reached;
  }

  #tell(what, detail) {
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }
}
