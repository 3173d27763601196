import assert from "node:assert/strict";
import { test } from "node:test";
import { loadEngine } from "../../../kernel/engine/index.js";
import * as lyceum from "../../../kernel/index.js";
import { examplesOf, rooms } from "../../support/examples.js";
import { runExample } from "../../support/promised.js";

for (const room of rooms) {
  test(`the examples in the docstrings of ${room} run and give the numbers they promise`, async () => {
    const { tf } = await loadEngine();
    const failures: string[] = [];
    for (const example of examplesOf(room)) {
      const failure = await runExample(example, { ...lyceum, tf });
      if (failure) failures.push(failure);
    }
    assert.deepEqual(failures, []);
  });
}
