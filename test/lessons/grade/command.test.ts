import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { csvParse } from "d3-dsv";
import { honest, lessons, save, submission } from "./submissions.js";

const folder = await mkdtemp(join(tmpdir(), "lyceum-grade-test-"));
after(() => rm(folder, { recursive: true, force: true }));
const command = pathToFileURL(join(dirname(fileURLToPath(import.meta.url)), "../../../lessons/grade/command.js")).href;

function lyceumGrade(...args: string[]) {
  const script = `import { run } from ${JSON.stringify(command)}; process.exitCode = await run(process.argv.slice(1));`;
  return spawnSync(process.execPath, ["--input-type=module", "-e", script, "--", ...args], { encoding: "utf8", timeout: 120_000 });
}

await save(folder, "ada.ipynb", honest());
await save(folder, "=cmd.ipynb", submission({}));
await writeFile(join(folder, "broken.ipynb"), "{ not json");
await writeFile(join(folder, "other.ipynb"), '{"cells":[],"metadata":{},"nbformat":4,"nbformat_minor":5}');
const all = ["ada", "broken", "other", "=cmd"].map((name) => join(folder, `${name}.ipynb`));

test("a broken file is a row of its own, and the submissions beside it are graded", () => {
  const { stdout, status } = lyceumGrade(...all, join(folder, "missing.ipynb"), "--json", "--lessons", lessons);
  const { reports } = JSON.parse(stdout) as { reports: { student: string; status: string; points: number }[] };
  assert.deepEqual(reports.map((report) => `${report.student} ${report.status} ${report.points}`), ["ada graded 9", "broken not-a-notebook 0", "other unknown-lesson 0", "=cmd graded 0", "missing unreadable 0"]);
  assert.equal(status, 1);
});

test("the CSV has one row a submission and one column a task, and no cell that a spreadsheet would run", () => {
  const { stdout, status } = lyceumGrade(all[0]!, all[3]!, "--csv", "--lessons", lessons);
  const rows = csvParse(stdout);
  assert.equal(rows.length, 2);
  assert.equal(rows[0]!["slope.fit"], "3");
  assert.equal(rows[0]!["points"], "9");
  assert.equal(rows[1]!["student"], "'=cmd");
  assert.equal(status, 0);
});

test("people get a table, and help and wrong usage are plain", () => {
  const people = lyceumGrade(all[0]!, "--lessons", lessons);
  assert.match(people.stdout, /^ada +slope +9 of 9 +graded +mse:2\/2 step:2\/2 fit:3\/3 scale:1\/1 tools:1\/1$/m);
  assert.match(lyceumGrade("--help").stdout, /--time SECONDS/);
  const wrong = lyceumGrade(all[0]!, "--time", "0");
  assert.deepEqual([wrong.status, /expected --time > 0 seconds, got 0/.test(wrong.stderr)], [2, true]);
});
