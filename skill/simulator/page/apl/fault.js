// What a document asks for and this renderer, or any device, would not do: said aloud, never passed over.

/** A fault of a document; the message says which. */
export class AplFault extends Error {
  name = "AplFault";
}

/** Collects the faults of a document, each once, and tells of each as it is found. */
export class Faults {
  found = [];
  #tell;

  constructor(tell = () => {}) {
    this.#tell = tell;
  }

  add(text) {
    if (this.found.includes(text)) return;
    this.found.push(text);
    this.#tell(text);
  }

  /** Do something; a fault in it is noted, and `instead` takes its place. Whatever else fails is ours. */
  within(where, action, instead = null) {
    try {
      return action();
    } catch (error) {
      if (!(error instanceof AplFault)) throw error;
      this.add(`${where}: ${error.message}`);
      return instead;
    }
  }
}
