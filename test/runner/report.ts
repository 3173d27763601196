import type { FileOutcome, TestOutcome } from "./run-file.js";

export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

export function addUp(outcomes: { tests: TestOutcome[] }[]): Totals {
  const count = (status: TestOutcome["status"]) => outcomes.reduce((sum, { tests }) => sum + tests.filter((test) => test.status === status).length, 0);
  return { passed: count("passed"), failed: count("failed"), skipped: count("skipped") };
}

/** The last line of every run: `12 passed, 0 failed`, with `, 1 skipped` where there are any. */
export function totalsLine({ passed, failed, skipped }: Totals): string {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;
}

/** One line when a file has ended. */
export function fileLine(title: string, { tests, milliseconds }: FileOutcome): string {
  const { passed, failed, skipped } = addUp([{ tests }]);
  const parts = [`${passed} passed`, ...(failed ? [`${failed} FAILED`] : []), ...(skipped ? [`${skipped} skipped`] : [])];
  return `${failed ? "✗" : "✓"} ${title}: ${parts.join(", ")} (${seconds(milliseconds)})`;
}

/** The tests that took longest, where any took more than two seconds. */
export function slowest(outcomes: FileOutcome[], title: (file: string) => string): string[] {
  const slow = outcomes.flatMap(({ file, tests }) => tests.map((test) => ({ file, ...test }))).filter(({ milliseconds }) => milliseconds > 2000);
  return slow.sort((a, b) => b.milliseconds - a.milliseconds).slice(0, 8).map(({ file, name, milliseconds }) => `  ${seconds(milliseconds).padStart(7)}  ${title(file)}: ${name}`);
}

/** Every failure once more, at the end, where it is seen; with what the file printed. */
export function failures(outcomes: FileOutcome[], title: (file: string) => string): string[] {
  return outcomes.flatMap(({ file, tests, output }) => {
    const failed = tests.filter(({ status }) => status === "failed");
    if (failed.length === 0) return [];
    const printed = output.trim() ? [`  printed by ${title(file)}:\n${indent(output.trim().slice(-3000))}`] : [];
    return [...failed.map(({ name, error }) => `✗ ${title(file)}: ${name}\n${indent(error ?? "")}`), ...printed];
  });
}

/** Why tests were skipped: a skipped promise must not go unseen. */
export function skips(outcomes: FileOutcome[], title: (file: string) => string): string[] {
  return outcomes.flatMap(({ file, tests }) => tests.filter(({ status }) => status === "skipped").map(({ name }) => `- skipped: ${title(file)}: ${name}`));
}

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
const indent = (text: string) => text.split("\n").map((line) => `    ${line}`).join("\n");
