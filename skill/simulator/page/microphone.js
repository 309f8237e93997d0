// The microphone button: hold it and speak, or let it open by itself when the coach asks.

import { canHear, Hearing } from "./hearing.js";
import { phrase, put } from "./phrases.js";
import { always } from "./remembered.js";

const HELD_MS = 350;
const element = (id) => document.getElementById(id);

/** Ask once, before the first use, whether speech may go where the browser sends it. */
function askFirst(hearing) {
  const notice = element("mic-notice");
  return new Promise((resolve) => {
    notice.addEventListener(
      "close",
      () => {
        if (notice.returnValue === "speak") hearing.allow();
        resolve(notice.returnValue === "speak");
      },
      { once: true },
    );
    notice.returnValue = "";
    notice.showModal();
  });
}

/** Wire the microphone; returns {works, hold, letGo}. */
export function microphone(page) {
  const { playhead } = page;
  const button = element("mic");
  const note = element("hearing-note");
  const hearing = new Hearing();
  let held = 0;
  let byItself = false;

  put(element("privacy-note"), phrase(canHear ? "mic-privacy" : "mic-none"));
  if (!canHear) {
    button.hidden = true;
    element("no-hearing").hidden = false;
    element("opens-itself").disabled = true;
    return { works: false, hold() {}, letGo() {} };
  }

  function open(itself) {
    byItself = itself;
    if (!itself) {
      page.sound.unlock();
      playhead.hold("mic");
    }
    hearing.lang = page.device.state?.locale ?? "en-US";
    hearing.start();
  }

  async function hold() {
    if (hearing.open && !byItself) {
      hearing.stop();
      return;
    }
    if (!hearing.allowed) {
      if (await askFirst(hearing)) button.focus();
      else element("words").focus();
      return;
    }
    held = performance.now();
    if (hearing.open) playhead.hold("mic");
    else open(false);
    byItself = false;
  }

  function letGo() {
    if (held && performance.now() - held > HELD_MS) hearing.stop();
    held = 0;
  }

  button.addEventListener("pointerdown", (event) => {
    if (event.button === 0) hold();
  });
  button.addEventListener("pointerup", letGo);
  button.addEventListener("pointerleave", letGo);
  button.addEventListener("click", (event) => event.detail === 0 && hold());
  button.addEventListener("contextmenu", (event) => event.preventDefault());

  const show = (hears) => {
    page.hears = hears;
    button.setAttribute("aria-pressed", String(hears));
    put(element("mic-text"), phrase(hears ? "mic-stop" : "mic-hold"));
    page.controls.look(document.body.dataset.view);
  };
  hearing.addEventListener("begun", () => show(true));
  hearing.addEventListener("speech", () => playhead.hold("mic"));
  hearing.addEventListener("partly", ({ detail }) => put(note, detail));
  hearing.addEventListener("heard", ({ detail }) => {
    page.say(detail);
    playhead.release("mic");
  });
  hearing.addEventListener("over", ({ detail: why }) => {
    show(false);
    put(note, why && !byItself ? phrase(`mic-${why}`) : "");
    if (why === "") return;
    playhead.release("mic");
    if (why === "nothing") openItself();
  });

  /** Open when the coach listens, if that is wished for. */
  function openItself() {
    const wished = element("opens-itself").checked && hearing.allowed;
    if (wished && playhead.phase === "listening" && !playhead.held) open(true);
    else if (byItself && playhead.phase !== "listening") hearing.abort();
  }
  playhead.addEventListener("phase", openItself);

  const box = element("opens-itself");
  box.checked = always.get("opens-itself") === "yes";
  box.addEventListener("change", async () => {
    if (box.checked && !hearing.allowed) box.checked = await askFirst(hearing);
    always.set("opens-itself", box.checked ? "yes" : "no");
    openItself();
  });

  return { works: true, hold, letGo };
}
