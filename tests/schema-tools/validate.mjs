// Validates documents by a draft-07 schema and says of each whether it is valid.
//   node validate.mjs <schema.json | draft-07> <documents.json>
// The second file is an object of documents by name. Written is an object of arrays by name: what ajv objects to, empty where nothing.
// In the name of the schema, 'draft-07' stands for the official meta-schema of draft-07.
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import addFormats from "ajv-formats";

const [schemaPath, documentsPath] = process.argv.slice(2);
const read = (path) => JSON.parse(readFileSync(path, "utf8"));

const ajv = new Ajv({ allErrors: true, strict: false });
addFormats(ajv);
const validate = schemaPath === "draft-07" ? ajv.getSchema("http://json-schema.org/draft-07/schema") : ajv.compile(read(schemaPath));

const objections = {};
for (const [name, document] of Object.entries(read(documentsPath))) {
  objections[name] = validate(document) ? [] : validate.errors.map((error) => `${error.instancePath} ${error.message}`);
}

process.stdout.write(JSON.stringify(objections));
