import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { answers } from "../../../oracles/adapters/ml/nn.js";
import { readOracles, runCase } from "../../../oracles/run.js";
import { projectRoot } from "../../../support/root.js";

test("models and metrics give scikit-learn's numbers, trees node by node", async () => {
  const adapter = { handles: (input: Record<string, unknown>) => String(input["kind"]) in answers, answer: (input: Record<string, unknown>, expected: unknown) => answers[String(input["kind"])]!(input, expected) };
  const problems: string[] = [];
  for (const { file, oracle } of readOracles(join(projectRoot, "test/oracles/nn.json"))) for (const one of oracle.cases) {
    const { name, problem } = await runCase(file, one, [adapter]);
    if (problem !== undefined) problems.push(`${name}: ${problem}`);
  }
  assert.deepEqual(problems, []);
});
