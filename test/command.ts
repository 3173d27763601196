import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { findPlace } from "../kernel/setup/place.js";
import { run as runProgram } from "../kernel/setup/run.js";
import { findTestFiles, fileTitle, isBrowserTest } from "./runner/files.js";
import { findNode, nodeVersions } from "./runner/nodes.js";
import { pool } from "./runner/pool.js";
import { prepareTests } from "./runner/prepare.js";
import { addUp, failures, fileLine, skips, slowest, totalsLine } from "./runner/report.js";
import { runFile, type FileOutcome } from "./runner/run-file.js";

export const usage = `npm test -- [--full] [--here] [FILES]

Sets up what the tests need, then checks types, lint and every promise. The last line is \`N passed, N failed\`.

  --full                also test/**/full, and the kernel's and the engine's tests on Node 20, 22, 24 and 26
  --here                set nothing up, check no types: only run the tests (for the other Node versions)
  FILES                 parts of paths: kernel/cell, test/e2e/lesson.test.ts`;

/** A test that hangs is ended after this many milliseconds, with its file. */
const fileTimeout = 15 * 60_000;

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { full: { type: "boolean", default: false }, here: { type: "boolean", default: false } },
  });
  const place = findPlace();
  const folder = dirname(fileURLToPath(import.meta.url));
  const title = (file: string) => (file.startsWith(folder) ? fileTitle(folder, file) : file);
  if (!values.here) await prepareTests(place);

  const checks = values.here || positionals.length ? [] : await checkSources(place.root);
  for (const check of checks) print(fileLine(check.file, check));
  const files = findTestFiles(folder, { full: values.full, patterns: positionals });
  const runAll = async (some: string[], width: number) =>
    pool(some, width, async (file) => {
      const outcome = await runFile(file, fileTimeout);
      print(fileLine(title(file), outcome));
      return outcome;
    });
  const outcomes = [
    ...checks,
    ...(await runAll(files.filter((file) => !isBrowserTest(file)), Math.min(2, availableParallelism()))),
    ...(await runAll(files.filter(isBrowserTest), 1)),
    ...(values.full && !values.here && positionals.length === 0 ? await runOnOtherNodes(place.root) : []),
  ];

  const slow = slowest(outcomes, title);
  if (slow.length) print(`\nSlowest:\n${slow.join("\n")}`);
  const skipped = skips(outcomes, title);
  if (skipped.length) print(`\n${skipped.join("\n")}`);
  const failed = failures(outcomes, title);
  if (failed.length) print(`\nFailures:\n\n${failed.join("\n\n")}`);
  const totals = addUp(outcomes);
  print(`\n${totalsLine(totals)}`);
  return totals.failed > 0 || totals.passed === 0 ? 1 : 0;
}

/** Types were checked by the compiler before this command could start; lint runs now. */
async function checkSources(root: string): Promise<FileOutcome[]> {
  const errors = Number(process.env.LYCEUM_COMPILE_ERRORS ?? 0);
  const types = asOutcome("sources", "every file type-checks", 0, errors ? `${errors} compile errors, listed above` : undefined);
  const started = performance.now();
  const lint = await runProgram(process.execPath, [join(root, "node_modules/oxlint/bin/oxlint"), "--quiet"], { cwd: root });
  return [types, asOutcome("lint", "oxlint finds no error", performance.now() - started, lint.status === 0 ? undefined : lint.output.trim())];
}

async function runOnOtherNodes(root: string): Promise<FileOutcome[]> {
  const outcomes: FileOutcome[] = [];
  for (const major of nodeVersions) {
    const node = await findNode(root, major);
    const started = performance.now();
    const { stdout, output } = await runProgram(node, [join(root, "dist/kernel/cli.js"), "test", "--here", "test/kernel/"], { cwd: root });
    const totals = /(\d+) passed, (\d+) failed(?:, (\d+) skipped)?\s*$/.exec(stdout);
    const failed = totals ? Number(totals[2]) : 1;
    const error = failed ? output.slice(Math.max(0, output.indexOf("Failures:"))).trim() : undefined;
    const outcome = asOutcome(`Node.js ${major}`, `the kernel's and the engine's tests pass (${totals?.[0].trim() ?? "no result"})`, performance.now() - started, error);
    print(fileLine(outcome.file, outcome));
    outcomes.push(outcome);
  }
  return outcomes;
}

function asOutcome(file: string, name: string, milliseconds: number, error: string | undefined): FileOutcome {
  return { file, milliseconds, output: "", tests: [{ name, milliseconds, status: error === undefined ? "passed" : "failed", ...(error !== undefined && { error }) }] };
}

function print(text: string): void {
  process.stdout.write(text + "\n");
}
