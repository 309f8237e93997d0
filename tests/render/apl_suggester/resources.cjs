// Reads {document, viewports: {name: viewport}} and writes the resources that each of them gets.

const { readFileSync } = require("node:fs");

const WHOLE = /^\$\{([^}]*)\}$/;
const KINDS = ["colors", "strings", "booleans", "numbers", "dimensions"];

function evaluated(value, viewport) {
  const expression = typeof value === "string" && WHOLE.exec(value);
  return expression ? new Function("viewport", `return (${expression[1]});`)(viewport) : value;
}

function inDp(value, viewport) {
  const share = typeof value === "string" && /^([\d.]+)(vh|vw)$/.exec(value);
  if (!share) return value;
  return (Number(share[1]) / 100) * (share[2] === "vh" ? viewport.height : viewport.width);
}

function resources(document, viewport) {
  const found = {};
  for (const block of document.resources) {
    if (!evaluated(block.when ?? true, viewport)) continue;
    for (const kind of KINDS) {
      for (const [name, value] of Object.entries(block[kind] ?? {})) {
        found[name] = inDp(evaluated(value, viewport), viewport);
      }
    }
  }
  return found;
}

const { document, viewports } = JSON.parse(readFileSync(0, "utf-8"));
const all = Object.entries(viewports).map(([name, viewport]) => [name, resources(document, viewport)]);
process.stdout.write(JSON.stringify(Object.fromEntries(all)));
