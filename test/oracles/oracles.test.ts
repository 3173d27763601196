import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { projectRoot } from "../support/root.js";
import { difference } from "./compare.js";
import { loadAdapters, readOracles, runCase } from "./run.js";

const adapters = await loadAdapters();

for (const { file, oracle } of readOracles(join(projectRoot, "test/oracles"))) {
  const cases = oracle.cases.filter(({ input }) => adapters.some((adapter) => adapter.handles(input)));
  if (cases.length === 0) continue;
  test(`${file}: the helpers give the numbers of ${oracle.source.split(/[,;.(]/)[0]!.trim()} (${cases.length} cases)`, async () => {
    const problems: string[] = [];
    for (const one of cases) {
      const { name, problem } = await runCase(file, one, adapters);
      if (problem !== undefined) problems.push(`${name}: ${problem}`);
    }
    assert.deepEqual(problems, []);
  });
}

test("a number off by more than its tolerance, a missing value and a wrong length are told with their place", () => {
  assert.equal(difference({ a: [1, 2.0005] }, { a: [1, 2] }, { abs: 1e-3, rel: 0 }), undefined);
  assert.match(difference({ a: [1, 2.01] }, { a: [1, 2] }, { abs: 1e-3, rel: 0 })!, /answer\.a\[1\]: expected 2, got 2.01/);
  assert.match(difference({ a: [1] }, { a: [1, 2] })!, /answer\.a: expected 2 values, got 1/);
  assert.match(difference({}, { a: 1 })!, /answer\.a: expected 1, got undefined/);
  assert.equal(difference([Number.NaN, Number.POSITIVE_INFINITY], ["NaN", "Infinity"]), undefined);
  assert.match(difference([0], ["NaN"])!, /expected NaN, got 0/);
});
