// Reads [{value, names}] and writes what each value is where these names are defined, or what is wrong.

import { readFileSync } from "node:fs";
import { argv, stdin, stdout } from "node:process";
import { pathToFileURL } from "node:url";

const folder = pathToFileURL(`${argv[2]}/`);
const { bound } = await import(new URL("binding.js", folder));
const { Dp } = await import(new URL("dimension.js", folder));
const { Scope } = await import(new URL("scope.js", folder));

function plain(value) {
  if (value instanceof Dp) return { dp: value.value };
  return value === undefined ? { nothing: true } : value;
}

function outcome({ value, names }) {
  const scope = new Scope();
  for (const [name, given] of Object.entries(names)) scope.define(name, given?.dp === undefined ? given : new Dp(given.dp));
  try {
    return { value: plain(bound(value)(scope)) };
  } catch (error) {
    return { fault: error.name === "AplFault" ? error.message : `not a fault of the document: ${error.stack}` };
  }
}

stdout.write(JSON.stringify(JSON.parse(readFileSync(stdin.fd, "utf-8")).map(outcome)));
