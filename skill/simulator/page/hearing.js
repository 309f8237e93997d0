// The listener's voice: the browser's speech recognition, where there is one.

import { always } from "./remembered.js";

const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;

/** Whether this browser can hear at all. */
export const canHear = Boolean(Recognition);

/**
 * Listens on request.
 *
 * Events: "begun"; "speech" (somebody speaks); "partly" (detail: words so far); "heard" (detail:
 * words); "over" (detail: "" or why nothing was heard: "denied", "network", "nothing").
 */
export class Hearing extends EventTarget {
  #recognition = null;
  #words = "";
  #why = "";
  lang = "en-US";

  /** Whether the listener has read where speech goes. */
  get allowed() {
    return always.get("microphone") === "yes";
  }

  allow() {
    always.set("microphone", "yes");
  }

  get open() {
    return this.#recognition !== null;
  }

  start() {
    if (!canHear || this.open) return;
    const recognition = new Recognition();
    this.#recognition = recognition;
    this.#words = "";
    this.#why = "nothing";
    Object.assign(recognition, { lang: this.lang, interimResults: true, maxAlternatives: 1 });
    recognition.onspeechstart = () => this.#tell("speech");
    recognition.onresult = (event) => this.#understand(event.results);
    recognition.onerror = (event) => this.#fail(event.error);
    recognition.onend = () => this.#over();
    try {
      recognition.start();
      this.#tell("begun");
    } catch {
      this.#over();
    }
  }

  /** Take what was heard so far. */
  stop() {
    this.#recognition?.stop();
  }

  /** Forget what was heard. */
  abort() {
    const recognition = this.#recognition;
    this.#words = "";
    recognition?.abort();
  }

  #understand(results) {
    this.#words = Array.from(results, (one) => one[0].transcript).join(" ").trim();
    this.#tell("partly", this.#words);
  }

  #fail(error) {
    if (["not-allowed", "service-not-allowed", "audio-capture"].includes(error)) this.#why = "denied";
    else if (error === "network") this.#why = "network";
    else if (error === "aborted") this.#why = "";
  }

  #over() {
    if (!this.#recognition) return;
    this.#recognition = null;
    const words = this.#words.slice(0, 300);
    this.#tell("over", words ? "" : this.#why);
    if (words) this.#tell("heard", words);
  }

  #tell(what, detail = null) {
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }
}
