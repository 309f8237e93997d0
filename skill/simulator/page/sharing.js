// Conversations as text: saved, replayed and shared in the fragment of a link.

const CUT_IN = /^\+(\d+(?:\.\d+)?)(?:\s+(.*))?$/;
const FRAGMENT = "#talk=";
const MOST_WAITS = 1000;

/** What is done without a voice, as it is written: the step, and how long is waited before it. */
const DEEDS = [
  [/^!press (Play|Pause|Next|Previous)$/, (key) => ({ action: { do: "press", key } })],
  [/^!permit (ACCEPTED|DENIED|NOT_ANSWERED)$/, (consent) => ({ action: { do: "permit", consent } })],
  [/^!(hang_up|disable|enable)$/, (what) => ({ action: { do: what } })],
  [/^!wait (\d+(?:\.\d+)?)$/, (seconds) => ({ action: { do: "wait" }, wait_ms: Math.round(Number(seconds) * 1000) })],
];

function deedOf(text) {
  for (const [pattern, deed] of DEEDS) {
    const found = text.match(pattern);
    if (found) return deed(found[1]);
  }
  return null;
}

const spoken = (text) => ({ action: { do: "say", words: text.replace(/^\\/, "").slice(0, 300) } });

/** Read a conversation: a list of {text, at_ms, action, wait_ms}, where no text is silence. */
export function linesOf(talk) {
  const lines = [];
  let at_ms = null;
  for (const raw of talk.replace(/\r/g, "").replace(/\n$/, "").split("\n")) {
    const line = raw.trim();
    if (line.startsWith("#") || line.startsWith(">")) continue;
    const cut = line.match(CUT_IN);
    if (cut) at_ms = Math.round(Number(cut[1]) * 1000);
    if (cut && !cut[2]) continue;
    const text = cut ? cut[2].trim() : line;
    lines.push({ text, at_ms: line ? at_ms : null, ...(deedOf(text) ?? spoken(text)) });
    at_ms = null;
  }
  while (lines.length && !lines[0].text) lines.shift();
  return lines;
}

/** The conversation in the page's address; empty if there is none. */
export function sharedTalk() {
  if (!location.hash.startsWith(FRAGMENT)) return "";
  try {
    return decodeURIComponent(location.hash.slice(FRAGMENT.length));
  } catch {
    return "";
  }
}

/** Take the conversation out of the page's address. */
export function dropSharedTalk() {
  history.replaceState(null, "", location.pathname + location.search);
}

/** The link that holds what was said and done, and when; not what the coach said. */
export function linkTo(talk) {
  const said = talk.split("\n").filter((line) => !/^[#>]/.test(line));
  return `${location.origin}/${FRAGMENT}${encodeURIComponent(said.join("\n"))}`;
}

/** Fetch the speaker's conversation. */
export async function conversation(speaker) {
  const answer = await fetch(`/speakers/${speaker}/conversation.txt`);
  if (!answer.ok) throw new Error("no conversation");
  return answer.text();
}

/** Hand a text to the visitor as a file. */
export function download(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

const soundLeft = ({ sound }) => Math.max(0, sound.ms - sound.played_ms);

/** Let what is played pass up to `at_ms`, or to its end; return the time left before the words. */
async function letPass(device, at_ms) {
  let left = at_ms;
  for (let waits = 0; waits < MOST_WAITS; waits += 1) {
    const due = device.state.next_ms ?? null;
    if (due === null) return Math.min(left ?? Infinity, soundLeft(device.state));
    if (left !== null && due > left) return left;
    if (!(await device.step({ do: "wait" }, () => due))) return 0;
    if (left !== null) left -= due;
  }
  return 0;
}

/** Say all lines to the device without waiting; `tell` hears of each. */
export async function replay(device, lines, tell) {
  for (const [index, { text, at_ms, action, wait_ms = 0 }] of lines.entries()) {
    tell(index + 1, lines.length);
    if (text) {
      const passed = await letPass(device, at_ms);
      await device.step(action, () => passed + wait_ms);
    } else if (device.state.in_session) {
      const { state } = device;
      await device.step({ do: "silence" }, () => soundLeft(state) + state.patience_ms);
    }
  }
}
