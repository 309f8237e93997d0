// Reads {name: {document, datasources}} and writes {name: [what Amazon's validator says of it]}.

const { readFileSync } = require("node:fs");
const { StaticAplTemplateValidator, ErrorController } = require("apl-suggester");

const NO_FAULT = /^No mixin for component/; // what a component shares with nobody

const errors = ErrorController.getInstance();
errors.registerErrors();

async function complaints({ document, datasources }) {
  const said = [];
  const write = console.error;
  console.error = (...words) => said.push(words.join(" "));
  console.log = console.warn = console.error;
  errors.clearExistingWarn();
  errors.setErrorInterface({ sendError: ({ code, placeholders }) => said.push(`${placeholders?.path}: ${code}`) });
  const validator = new StaticAplTemplateValidator();
  const found = [...(await validator.validate(document)), ...(await validator.validateDataSources(datasources))];
  console.error = write;
  return [...found.map((one) => `${one.path}: ${one.errorMessage}`), ...said.filter((one) => !NO_FAULT.test(one))];
}

async function main() {
  const told = JSON.parse(readFileSync(0, "utf-8"));
  const answers = {};
  for (const [name, shown] of Object.entries(told)) answers[name] = await complaints(shown);
  process.stdout.write(JSON.stringify(answers));
}

main();
