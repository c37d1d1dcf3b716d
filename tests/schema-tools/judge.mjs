// Judges instances by ajv.
//
//   node judge.mjs cases.json
//
// cases.json is [{ "dialect": "draft-07" | "2020-12", "schema": "text", "instances": ["text", ...] }, ...]. Standard output gets one entry for each case:
// { "verdicts": "101" }, a digit for each instance, 1 for valid; or { "error": "..." } if ajv does not compile the schema.

import { readFileSync } from "node:fs";
import Ajv from "ajv";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const options = {
  // Strict mode refuses legal schemas, such as those with unknown keywords.
  strict: false,
  allErrors: false,
  logger: false,
  // 0.3 / 0.1 is no integer in doubles. What is within 1e-6 of one counts as one; the cases have no quotient that is so near to an integer and none.
  multipleOfPrecision: 6,
};

// Of the formats that ajv-formats knows, those that it and the specification define alike.
const formats = ["date", "time", "date-time", "ipv4", "ipv6", "json-pointer", "relative-json-pointer"];

// Those that it defines loosely, by one expression each: for cases whose instances are chosen by hand.
const looseFormats = ["email", "hostname", "uri", "uri-reference", "uri-template"];

function validator(Class, more) {
  const ajv = new Class(options);
  // ajv-formats does not read expressions in Unicode mode, as ajv itself does for pattern and as the specification wants it.
  ajv.addFormat("regex", isUnicodeRegExp);
  addFormats(ajv, { mode: "full", formats: [...formats, ...looseFormats, ...more], keywords: false });
  return ajv;
}

function isUnicodeRegExp(text) {
  try {
    new RegExp(text, "u");
    return true;
  } catch {
    return false;
  }
}

const validators = { "draft-07": validator(Ajv, []), "2020-12": validator(Ajv2020, ["uuid", "duration"]) };

function judge({ dialect, schema, instances }) {
  const ajv = validators[dialect];
  try {
    const validate = ajv.compile(JSON.parse(schema));
    return { verdicts: instances.map((instance) => (validate(JSON.parse(instance)) ? "1" : "0")).join("") };
  } catch (error) {
    return { error: String(error?.message ?? error) };
  }
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(process.argv[2], "utf8")).map(judge)));
