import { mkdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { lessonNotebooks } from "../lessons.js";
import { writeNotebooks } from "../notebooks.js";
import { oneOf, workFolder } from "../options.js";
import { findPlace } from "../place.js";

export const usage = `lyceum notebooks [options]

Writes the student notebooks, without installing anything. Existing files are never overwritten:
a lesson that has changed arrives beside yours as NAME.v2.ipynb.

  --work DIR            default ./work
  --language en|zh      one language only; default: both
  --json                what was done with each file`;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { work: { type: "string" }, language: { type: "string" }, json: { type: "boolean", default: false } } });
  const language = oneOf("--language", values.language, ["en", "zh"]);
  const place = findPlace();
  const work = workFolder(values.work, place.root);
  const wanted = (await lessonNotebooks()).filter(({ path }) => !language || path.startsWith(`${language}/`));
  mkdirSync(work, { recursive: true });
  const written = writeNotebooks(work, wanted);
  const words = { written: "written", kept: "kept as it is", beside: "new version beside yours" };
  if (values.json) console.log(JSON.stringify({ work, notebooks: written }, undefined, 2));
  else console.log(`${work}\n${written.map(({ path, what }) => `  ${path}  ${words[what]}`).join("\n")}`);
  return 0;
}
