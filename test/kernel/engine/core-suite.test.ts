import assert from "node:assert/strict";
import { test } from "node:test";
import { exceptions } from "./core-suite/exceptions.js";
import { covers, nameOf, runSuite } from "./core-suite/run.js";
import { noTensorFlow } from "./support.js";

for (const tier of ["tensorflow", "wasm"] as const) {
  test(`tfjs-core's own suite passes on the ${tier} tier but for specs named with their reason`, { skip: tier === "tensorflow" && noTensorFlow }, async () => {
    const listed = exceptions.filter((exception) => exception.tier === tier);
    const { passed, failed } = await runSuite(tier);
    const named = failed.map(nameOf);
    assert.deepEqual(named.filter((spec) => !listed.some((exception) => covers(exception, spec))), [], "specs that fail without a reason");
    assert.deepEqual(listed.filter((exception) => !named.some((spec) => covers(exception, spec))).map(({ spec }) => spec), [], "exceptions that nothing needs");
    assert.ok(passed + failed.length >= 4225, `expected the whole suite, got ${passed + failed.length} specs`);
    assert.ok(passed >= (tier === "tensorflow" ? 4200 : 4080), `got ${passed} specs that pass`);
  });
}
