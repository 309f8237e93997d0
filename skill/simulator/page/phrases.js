// The words of the page live in its HTML; here they are looked up and filled in.

const found = new Map();
for (const one of document.getElementById("phrases").content.querySelectorAll("[data-phrase]"))
  found.set(one.dataset.phrase, one.textContent);

/** Whether there is such a phrase. */
export const has = (name) => found.has(name);

/** The phrase of that name with its {values}; empty if there is none. */
export function phrase(name, values = {}) {
  return (found.get(name) ?? "").replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

/** Minutes and seconds, such as 2:05. */
export function clock(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** Write a text into an element, only if it is another one. */
export function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
