import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { chooseEngine } from "../../kernel/setup/engine.js";
import { serveNotebooks, setUp } from "../../kernel/setup/open.js";
import { oneOf, wholeNumber } from "../../kernel/setup/options.js";
import { findPlace } from "../../kernel/setup/place.js";
import { systemLanguage } from "../../kernel/setup/settings.js";
import { notebookText, solutionNotebook, studentNotebook } from "../format/index.js";
import { readLesson } from "../format/node/folders.js";
import { findFolder } from "./find.js";

export const usage = `lyceum lesson preview LESSON [options]

Opens JupyterLab on the lesson's notebooks in a folder of their own: as a student gets it, and solved, in both languages.
After a change to the lesson, end it with Ctrl-C and start it again.

  --solved              open the solved notebook first
  --language en|zh      which to open; default: your system's
  --no-browser          print the address only
  --port N              default: the first free from 8888`;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { solved: { type: "boolean", default: false }, language: { type: "string" }, "no-browser": { type: "boolean", default: false }, port: { type: "string" } } });
  const folder = await findFolder(positionals[0] ?? "");
  const lesson = await readLesson(folder);
  const language = oneOf("--language", values.language, ["en", "zh"]) ?? systemLanguage();
  const wantedPort = values.port === undefined ? undefined : wholeNumber("--port", values.port, 0, 65_535);
  const place = findPlace();
  const engine = await setUp(place, chooseEngine(place, undefined), language);
  const work = mkdtempSync(join(tmpdir(), "lyceum-preview-"));
  const name = (solved: boolean, of: string) => `${basename(folder)}${solved ? ".solved" : ""}.${of}.ipynb`;
  try {
    for (const of of ["en", "zh"] as const) {
      writeFileSync(join(work, name(false, of)), notebookText(studentNotebook(lesson, of)));
      writeFileSync(join(work, name(true, of)), notebookText(solutionNotebook(lesson, of)));
    }
    return await serveNotebooks(place, { wantedPort, work, engine, language, open: name(values.solved, language), browser: !values["no-browser"], environment: { LYCEUM_LESSONS: dirname(folder) }, last: "the previewed notebooks are thrown away" });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
