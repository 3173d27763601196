import { basename } from "node:path";
import { parseArgs } from "node:util";
import { oneOf } from "../../kernel/setup/options.js";
import { step } from "../../kernel/setup/steps.js";
import { loadLesson } from "../checks/node/load.js";
import { lessonFolders } from "../format/node/folders.js";
import { findFolder } from "./find.js";
import { error, type Finding } from "./finding.js";
import { withSession, type Tier } from "./run/session.js";
import { reviewSolutions, type SolutionReview } from "./run/solutions.js";
import { reviewStubs } from "./run/stubs.js";
import { reviewText } from "./text/review.js";

export const usage = `lyceum lesson check [LESSON...] [options]

Says what a lesson lacks: in its text (both languages, terms, lengths, links, what the curriculum wants), and when it runs
(unsolved, solved, with each listed wrong solution, its promised results, its time). Exit status 0: nothing, or warnings only.

  --text               do not run it
  --engine NAME        tensorflow (default) or wasm
  --json               as data`;

/** What one lesson lacks. */
export interface LessonReport {
  readonly lesson: string;
  readonly findings: readonly Finding[];
  /** Seconds of its cells, where it ran through. */
  readonly seconds?: number;
  readonly slowest?: readonly { readonly id: string; readonly seconds: number }[];
  readonly results?: SolutionReview["results"];
}

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { text: { type: "boolean", default: false }, engine: { type: "string" }, json: { type: "boolean", default: false } } });
  const tier = oneOf("--engine", values.engine, ["tensorflow", "wasm"]) ?? "tensorflow";
  const folders = positionals.length ? await Promise.all(positionals.map(findFolder)) : await lessonFolders();
  const reports: LessonReport[] = [];
  for (const folder of folders) {
    const report = await examine(folder, values.text ? undefined : tier);
    reports.push(report);
    if (!values.json) console.log(words(report));
  }
  if (values.json) console.log(JSON.stringify({ lessons: reports }, undefined, 2));
  return reports.some(({ findings }) => findings.some(({ level }) => level === "error")) ? 1 : 0;
}

/** Text first: what does not parse cannot run. */
export async function examine(folder: string, tier: Tier | undefined): Promise<LessonReport> {
  const lesson = basename(folder);
  let checked;
  try {
    checked = await loadLesson(folder);
  } catch (problem) {
    return { lesson, findings: [error("format")((problem as Error).message)] };
  }
  const findings = reviewText(checked);
  if (checked.lesson.id !== lesson.replace(/^\d\d-/, "")) findings.push(error("format")(`the folder is ${lesson}, expected NN-${checked.lesson.id}`));
  if (!tier) return { lesson, findings };
  const progress = step(lesson);
  progress.say("unsolved");
  findings.push(...(await withSession(tier, (session) => reviewStubs(checked, session))));
  const solved = await withSession(tier, (session) => reviewSolutions(checked, session, { onCell: ({ id }) => progress.say(`solved, cell ${id}`) }));
  findings.push(...solved.findings);
  const limit = tier === "tensorflow" ? 60 : 240;
  if (solved.seconds > limit) findings.push({ level: "warning", kind: "time", text: `its cells take ${solved.seconds.toFixed(0)} s on ${tier}; ${limit} s on two free cores is the promise` });
  progress.done(`${solved.seconds.toFixed(1)} s on ${tier}`);
  const slowest = solved.cells.map(({ id, seconds }) => ({ id, seconds })).sort((a, b) => b.seconds - a.seconds).slice(0, 5);
  return { lesson, findings, seconds: solved.seconds, slowest, results: solved.results };
}

const marks = { error: "✗", warning: "!" };

function words({ lesson, findings, seconds, slowest = [], results = [] }: LessonReport): string {
  const head = `${lesson}${seconds === undefined ? "" : `: ${seconds.toFixed(1)} s (${slowest.map(({ id, seconds }) => `${id} ${seconds.toFixed(1)}`).join(", ")})`}`;
  const ranges = results.map(({ value, from, to, got }) => `    ${value} = ${got ?? "no number"}, promised ${from} to ${to}`);
  const faults = findings.map(({ level, kind, text }) => `  ${marks[level]} ${kind}: ${text}`);
  const errors = findings.filter(({ level }) => level === "error").length;
  const verdict = errors ? `  ${errors} to mend` : findings.length ? "  nothing must be mended; look at the warnings" : "  ✓ it keeps its promises";
  return [head, ...ranges, ...faults, verdict].join("\n");
}
