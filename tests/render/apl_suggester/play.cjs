// Reads {shown: {document, datasources}, times, every} and writes the bound variables of the document's
// screen at those milliseconds, as its tick handlers leave them on a device that looks at them
// `every` so many: enough of APL to tell the time.

const { readFileSync } = require("node:fs");

const WHOLE = /^\$\{([^}]*)\}$/;
const LENGTH = { length: (text) => text.length };

const made = new Map();

/** The value of an expression, which is the same in JavaScript but for String.length. */
function evaluated(value, names) {
  const expression = typeof value === "string" && WHOLE.exec(value);
  if (!expression) return value;
  const known = Object.keys(names);
  const key = `${expression[1]} ${known}`;
  if (!made.has(key)) made.set(key, new Function("String", ...known, `return (${expression[1]});`));
  return made.get(key)(LENGTH, ...Object.values(names));
}

function screen(node) {
  if (Array.isArray(node)) return node.map(screen).find(Boolean);
  if (!node || typeof node !== "object") return undefined;
  return node.id === "screen" ? node : Object.values(node).map(screen).find(Boolean);
}

function bound(root, names, set) {
  const known = { ...names };
  for (const { name, value } of root.bind) known[name] = name in set ? set[name] : evaluated(value, known);
  return known;
}

function main() {
  const { shown, times, every } = JSON.parse(readFileSync(0, "utf-8"));
  const root = screen(shown.document.mainTemplate);
  const [tick] = root.handleTick;
  const set = {};
  const seen = [];
  let next = 0;
  for (let elapsedTime = 0; next < times.length; elapsedTime += Math.max(every, tick.minimumDelay)) {
    const names = { payload: shown.datasources, elapsedTime };
    if (evaluated(tick.when, bound(root, names, set))) {
      for (const { property, value, when = true } of tick.commands) {
        const known = bound(root, names, set);
        if (evaluated(when, known)) set[property] = evaluated(value, known);
      }
    }
    if (elapsedTime >= times[next]) {
      const { payload, s, figure, ...rest } = bound(root, names, set);
      seen.push({ ...rest, poses: figure.poses.length, title: s.stretches.texts[s.stretches.title[rest.i]] });
      next += 1;
    }
  }
  process.stdout.write(JSON.stringify(seen));
}

main();
