import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { loadEngine } from "../../../../kernel/engine/index.js";
import { answers as compressAnswers } from "../../../oracles/adapters/ml/compress.js";
import { answers as visionAnswers } from "../../../oracles/adapters/ml/vision.js";
import { readOracles, runCase } from "../../../oracles/run.js";
import { projectRoot } from "../../../support/root.js";

const all: Record<string, (input: never, expected: never) => unknown> = { ...compressAnswers, ...visionAnswers };
const adapter = { handles: (input: Record<string, unknown>) => String(input["kind"]) in all, answer: (input: Record<string, unknown>, expected: unknown) => all[String(input["kind"])]!(input as never, expected as never) };

for (const name of ["compress", "vision", "ml"]) {
  const file = join(projectRoot, `test/oracles/${name}.json`);
  if (!existsSync(file)) continue;
  test(`compress and vision give the numbers of PyTorch, scikit-learn and NumPy in ${name}.json`, async () => {
    const { tf } = await loadEngine();
    const before = tf.memory().numTensors;
    const cases = readOracles(file).flatMap(({ oracle }) => oracle.cases).filter(({ input }) => adapter.handles(input));
    assert.ok(cases.length > 0);
    const results = [];
    for (const one of cases) results.push(await runCase(name, one, [adapter]));
    assert.deepEqual(results.filter(({ problem }) => problem).map(({ name: what, problem }) => `${what}: ${problem}`), []);
    assert.equal(tf.memory().numTensors, before);
  });
}
