/** A run in a process of its own: `node writer-child.js FOLDER COUNT KILL`. Logs COUNT metrics; with KILL dies by SIGKILL after the last, in the middle of a line. */
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import * as track from "../../../../kernel/helpers/track/index.js";

const [folder, count, kill] = process.argv.slice(2) as [string, string, string | undefined];
const run = track.start({ experiment: "at once", parameters: { process: process.pid }, folder });
for (let step = 1; step <= Number(count); step++) run.log({ loss: 1 / step }, step);
if (kill === "kill") {
  appendFileSync(join(folder, "at once", run.id, "run.jsonl"), '{"event":"metrics","time":"2026-01-01T00:00:00.0');
  process.kill(process.pid, "SIGKILL");
}
run.finish();
