import { test } from "node:test";
import assert from "node:assert/strict";
import { lyceum } from "../support/cli.js";
import { allHold } from "./bounds.js";
import { bestOf, type BenchReport, type KernelFigures } from "./report.js";
import { markdownTable } from "./table.js";

const figures = (changes: Partial<KernelFigures> = {}): KernelFigures => ({
  start: 200, first: 600, trivial: 3, typed: 4, loop: 8, float: 7, lines: 8, lines_whole: true, interrupt: 18, state_kept: true, completion: 2, memory: 137, passed: 41, applicable: 41, missing: [], ...changes,
});
const report = (lyceum: Partial<KernelFigures> = {}, ipykernel: Partial<KernelFigures> = {}): BenchReport => ({
  node: { loop: 4, float: 4 },
  kernels: { lyceum: figures({ tensor: 3, memory_tensorflow: 500, ...lyceum }), ipykernel: figures({ start: 300, lines: 60, passed: 36, applicable: 39, ...ipykernel }) },
});
const line = (text: string, name: string) => text.split("\n").find((row) => row.startsWith(`| ${name}`))!.split("|").map((cell) => cell.trim()).slice(1, -1);

test("A bound that Lyceum misses is marked, and one miss is enough for the bench to say so.", () => {
  assert.ok(allHold(report()));
  for (const miss of [{ start: 300 }, { typed: 5.1 }, { float: 9.1 }, { lines_whole: false }, { lines: 61 }, { state_kept: false }, { interrupt: null }, { memory: 218 }, { passed: 40 }]) {
    assert.ok(!allHold(report(miss)), JSON.stringify(miss));
    assert.ok(markdownTable(report(miss)).includes("✗"), JSON.stringify(miss));
  }
});

test("The ratio compares with the best peer, and a peer that lost output or state is no rival.", () => {
  assert.deepEqual(line(markdownTable(report()), "start to ready"), ["start to ready, ms", "200", "300", "0.67", "beat all", "✓"]);
  assert.deepEqual(line(markdownTable(report({}, { interrupt: 1, state_kept: false })), "interrupt"), ["interrupt a busy loop, ms", "18.0", "1.0 (state lost)", "", "≤ 50, state kept", "✓"]);
  assert.equal(line(markdownTable(report({}, { completion: null })), "member completion")[2], "never");
});

test("Of several rounds the best figure counts, but what was lost once is lost, and conformance is asked once.", () => {
  const { passed: _passed, applicable: _applicable, missing: _missing, ...quick } = figures({ start: 150, trivial: 9, lines_whole: false, interrupt: null });
  const best = bestOf([report({ interrupt: null, lines: null }), { ...report(), kernels: { lyceum: quick } }]).kernels.lyceum!;
  assert.deepEqual([best.start, best.trivial, best.lines, best.interrupt, best.lines_whole, best.passed], [150, 3, 8, null, false, 41]);
});

test("A kernel that the bench does not know is refused by name before anything starts.", async () => {
  const { status, stderr } = await lyceum(["bench", "--only", "lyceum,fastest"]);
  assert.equal(status, 2);
  assert.match(stderr, /expected --only to name some of lyceum, ipykernel, tslab, deno, got fastest/);
});
