// The buttons of the conversation: save, replay, share, new; and the talk in a shared link.

import { phrase, put } from "./phrases.js";
import { conversation, download, dropSharedTalk, linesOf, linkTo, replay, sharedTalk } from "./sharing.js";

const element = (id) => document.getElementById(id);

/** Wire what is done with whole conversations. */
export function manage(page) {
  const tell = (name, values) => put(element("sharing-note"), phrase(name, values));

  async function play(talk) {
    const lines = linesOf(talk);
    if (!lines.some((one) => one.text)) {
      tell("not-a-talk");
      return;
    }
    page.replaying = true;
    try {
      await page.begin({ forgetful: true });
      await replay(page.device, lines, (line, all) => tell("replaying", { line, lines: all }));
      tell("replayed", { lines: lines.length });
    } finally {
      page.replaying = false;
      page.playhead.take(page.device.state);
    }
  }

  const talkNow = () => conversation(page.device.state.speaker).catch(() => tell("no-talk"));

  element("save").addEventListener("click", async () => {
    const talk = await talkNow();
    if (!talk) return;
    download("conversation.txt", talk);
    tell("saved");
  });
  element("share").addEventListener("click", async () => {
    const talk = await talkNow();
    if (!talk) return;
    const link = linkTo(talk);
    try {
      await navigator.clipboard.writeText(link);
      tell("copied");
    } catch {
      history.replaceState(null, "", link);
      tell("copy-by-hand");
    }
  });
  element("replay").addEventListener("change", async ({ currentTarget }) => {
    const [file] = currentTarget.files;
    const input = currentTarget;
    if (file) await play(await file.text());
    input.value = "";
  });
  element("fresh").addEventListener("click", async ({ detail }) => {
    if (detail > 1) return;
    await page.begin();
    tell("new-talk");
  });

  const offer = () => {
    const talk = sharedTalk();
    if (!talk) return;
    const dialog = element("shared-talk");
    element("shared-script").textContent = talk;
    dialog.returnValue = "";
    dialog.addEventListener(
      "close",
      () => {
        dropSharedTalk();
        if (dialog.returnValue === "replay") play(talk);
      },
      { once: true },
    );
    dialog.showModal();
  };
  addEventListener("hashchange", offer);
  offer();
}
