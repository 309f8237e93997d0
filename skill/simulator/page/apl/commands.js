// The commands that our documents run.

import { bound } from "./binding.js";
import { holds } from "./component.js";
import { AplFault } from "./fault.js";

const ANY = ["type", "when", "description"];
const COMMANDS = {
  SetValue: { takes: ["property", "value"], run: setValue },
  SendEvent: { takes: ["arguments"], run: sendEvent },
};
const listed = (value) => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

/** Run commands one after the other, as `component` would. */
export function run(commands, scope, component) {
  const { faults } = component.around;
  for (const command of listed(commands))
    faults.within(`${component.name}: ${command.type}`, () => {
      const known = COMMANDS[command.type];
      if (!known) throw new AplFault("there is no such command");
      for (const key of Object.keys(command))
        if (!ANY.includes(key) && !known.takes.includes(key)) throw new AplFault(`${key} is unknown`);
      if (holds(command, scope)) known.run(command, scope, component);
    });
}

function setValue({ property, value }, scope, component) {
  if (!component.scope.set(property, bound(value)(scope))) throw new AplFault(`there is no ${property} to set`);
}

function sendEvent({ arguments: sent }, scope, component) {
  const values = listed(bound(sent)(scope));
  component.around.send(values, component.values.accessibilityLabel);
}
