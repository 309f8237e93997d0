// Shortcuts of the keyboard. Those of one character work outside of fields only, and can be off.

const TYPED_IN = "input, textarea, select, [contenteditable]";
const PRESSED = "button, a, summary, input, select, label";

const plain = (event) => !event.ctrlKey && !event.metaKey && !event.altKey;

/** Run actions by key: {Escape, " ": {down, up}, p, ...}; `on` tells whether single ones are on. */
export function shortcuts(actions, on) {
  let talking = false;
  document.addEventListener("keydown", (event) => {
    if (event.repeat && event.target.closest("button")) event.preventDefault();
    if (document.querySelector("dialog[open]") || !plain(event) || event.defaultPrevented) return;
    if (event.key === "Escape") {
      actions.Escape();
      event.preventDefault();
      return;
    }
    if (!on() || event.target.closest(TYPED_IN)) return;
    if (event.key === " ") {
      if (event.target.closest(PRESSED) || !actions.canTalk()) return;
      event.preventDefault();
      if (!talking) actions.talk();
      talking = true;
      return;
    }
    const action = actions[event.key.toLowerCase()];
    if (!action || event.repeat) return;
    event.preventDefault();
    action();
  });
  const letGo = () => {
    if (talking) actions.talked();
    talking = false;
  };
  document.addEventListener("keyup", (event) => event.key === " " && letGo());
  window.addEventListener("blur", letGo);
}
