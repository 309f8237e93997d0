// What the browser keeps between two visits; a browser that keeps nothing is fine too.

const kept = (storage) => {
  const inMemory = new Map();
  return {
    get(key) {
      try {
        return storage().getItem(key) ?? inMemory.get(key) ?? null;
      } catch {
        return inMemory.get(key) ?? null;
      }
    },
    set(key, value) {
      inMemory.set(key, String(value));
      try {
        storage().setItem(key, String(value));
      } catch {
        // Kept for as long as the page is open.
      }
    },
    remove(key) {
      inMemory.delete(key);
      try {
        storage().removeItem(key);
      } catch {
        // It was not there.
      }
    },
  };
};

/** For all tabs and visits. */
export const always = kept(() => window.localStorage);

/** For this tab, over a reload. */
export const thisTab = kept(() => window.sessionStorage);

/** A name of 24 characters that nobody can guess. */
export function newListener() {
  const letters = "abcdefghijklmnopqrstuvwxyz012345";
  return Array.from(crypto.getRandomValues(new Uint8Array(24)), (byte) => letters[byte & 31]).join("");
}

/** The name under which the coach remembers this browser's listener. */
export function listener() {
  const known = always.get("listener");
  if (known && /^[a-z0-9]{16,40}$/.test(known)) return known;
  const made = newListener();
  always.set("listener", made);
  return made;
}
