import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { loadEngine } from "../../../../kernel/engine/index.js";
import * as lyceum from "../../../../kernel/index.js";
import { answers } from "../../../oracles/adapters/ml/data.js";
import { readOracles, runCase } from "../../../oracles/run.js";
import { examplesOf } from "../../../support/examples.js";
import { runExample } from "../../../support/promised.js";
import { projectRoot } from "../../../support/root.js";

const adapter = { handles: ({ kind }: Record<string, unknown>) => String(kind) in answers, answer: (input: Record<string, unknown>, expected: unknown) => answers[String(input["kind"])]!(input, expected) };
for (const { file, oracle } of readOracles(join(projectRoot, "test/oracles/data.json"))) {
  for (const one of oracle.cases) {
    test(`${one.name}: the same numbers as the package of the field`, async () => {
      const { problem } = await runCase(file, one, [adapter]);
      assert.equal(problem, undefined);
    });
  }
}

test("the examples in the docstrings of data run and give what they promise", async () => {
  const { tf } = await loadEngine();
  const failures: string[] = [];
  for (const example of examplesOf("data")) {
    const failure = await runExample(example, { ...lyceum, tf });
    if (failure) failures.push(failure);
  }
  assert.deepEqual(failures, []);
});
