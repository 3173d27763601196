import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { chooseEngine } from "../engine.js";
import { lessonNotebooks } from "../lessons.js";
import { writeNotebooks, type WrittenNotebook } from "../notebooks.js";
import { serveNotebooks, setUp } from "../open.js";
import { oneOf, wholeNumber, workFolder } from "../options.js";
import { findPlace } from "../place.js";
import { systemLanguage } from "../settings.js";
import { note } from "../steps.js";

export const usage = `lyceum start [options]

Sets up what is missing, then opens JupyterLab with the lessons. The second run needs no network.

  --no-browser          print the address only
  --port N              default: the first free from 8888; 0: any free port
  --work DIR            where your notebooks are; default ./work; existing files are never overwritten
  --engine NAME         tensorflow (default on Linux x86-64) or wasm (285 MB less to download, slower training);
                        the choice is remembered
  --language en|zh      of the lesson that is opened and of JupyterLab; default: your system's`;

/** Returns when JupyterLab has ended: by Ctrl-C, by a signal, or from its own menu. */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      "no-browser": { type: "boolean", default: false },
      port: { type: "string" },
      work: { type: "string" },
      engine: { type: "string" },
      language: { type: "string" },
    },
  });
  const place = findPlace();
  const wantedPort = values.port === undefined ? undefined : wholeNumber("--port", values.port, 0, 65_535);
  const choice = chooseEngine(place, oneOf("--engine", values.engine, ["tensorflow", "wasm"]));
  const language = oneOf("--language", values.language, ["en", "zh"]) ?? systemLanguage();
  const work = workFolder(values.work, place.root);

  const engine = await setUp(place, choice, language);
  const notebooks = await writeLessons(work);
  return serveNotebooks(place, { wantedPort, work, engine, language, open: notebooks.find(({ path }) => path.startsWith(`${language}/`))?.path, browser: !values["no-browser"], last: `your notebooks stay in ${work}` });
}

async function writeLessons(work: string): Promise<WrittenNotebook[]> {
  mkdirSync(work, { recursive: true });
  const written = writeNotebooks(work, await lessonNotebooks());
  const count = written.filter(({ what }) => what === "written").length;
  if (count) note(`${count} notebooks written to ${work}`);
  for (const { path, what } of written) if (what === "beside") note(`a lesson has changed: the new version is ${resolve(work, path)}; your own notebook is as you left it`);
  return written;
}
