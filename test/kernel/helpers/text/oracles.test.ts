import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { loadEngine } from "../../../../kernel/engine/index.js";
import { answers } from "../../../oracles/adapters/ml/text.js";
import { readOracles, runCase } from "../../../oracles/run.js";
import { projectRoot } from "../../../support/root.js";

const adapter = { handles: (input: Record<string, unknown>) => String(input["kind"]) in answers, answer: (input: Record<string, unknown>, expected: unknown) => answers[String(input["kind"])]!(input, expected as never) };
const files = [join(projectRoot, "test/oracles/text.json"), ...(process.env["TEXT_ORACLES"] ? [process.env["TEXT_ORACLES"]] : [])];

for (const { file, oracle } of files.flatMap((path) => readOracles(path))) {
  test(`${file}: text agrees with ${oracle.source.split(/[;.(]/)[0]!.trim()}: tokens, ids, offsets, merges, outputs and gradients`, async () => {
    const { tf } = await loadEngine();
    const before = tf.memory().numTensors;
    const problems: string[] = [];
    for (const one of oracle.cases.filter(({ input }) => adapter.handles(input))) {
      const { name, problem } = await runCase(file, one, [adapter]);
      if (problem !== undefined) problems.push(`${name}: ${problem}`);
    }
    assert.deepEqual(problems, []);
    assert.equal(tf.memory().numTensors, before);
  });
}
