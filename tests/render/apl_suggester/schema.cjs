// Reads {schema, documents: {name: document}} and writes {name: [how it departs from the schema]}.

const { readFileSync } = require("node:fs");
const { default: Ajv } = require("ajv");

const { schema, documents } = JSON.parse(readFileSync(0, "utf-8"));
const fits = new Ajv({ allErrors: true, strict: true }).compile(schema);
const answers = {};
for (const [name, document] of Object.entries(documents)) {
  answers[name] = fits(document) ? [] : fits.errors.map((one) => `${one.dataPath}: ${one.message}`);
}
process.stdout.write(JSON.stringify(answers));
