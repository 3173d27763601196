import assert from "node:assert/strict";
import { test } from "node:test";
import { exceptions } from "../core-suite/exceptions.js";
import { covers, nameOf, runSuite } from "../core-suite/run.js";
import { noTensorFlow } from "../support.js";

test("tfjs-core's own suite passes where each operation is run as a compiled graph, but for specs that fail on TensorFlow anyway", { skip: noTensorFlow }, async () => {
  const listed = exceptions.filter(({ tier }) => tier === "tensorflow");
  const { passed, failed, graphs } = await runSuite("graphs");
  assert.deepEqual(failed.map(nameOf).filter((spec) => !listed.some((exception) => covers(exception, spec))), []);
  assert.ok(passed >= 4200, `got ${passed} specs that pass`);
  assert.ok(graphs! > 20_000, `got ${graphs} graphs`);
});
