import assert from "node:assert/strict";
import { test } from "node:test";
import { loadEngine } from "../../../../../kernel/engine/index.js";
import { normals } from "../../../../../kernel/helpers/privacy/random/normals.js";
import { fillSeeded } from "../../../../../kernel/helpers/privacy/random/seeded.js";
import { ziggurat, zigguratHere } from "../../../../../kernel/helpers/privacy/random/ziggurat.js";
import { tiersHere } from "../../../engine/support.js";

const skip = tiersHere.includes("tensorflow") ? false : "without TensorFlow there is no binding";
const place = Symbol.for("lyceum.normals");

test("the binding's normals are those of the page, to the last bit, in every length", { skip }, async () => {
  await loadEngine({ tier: "tensorflow" });
  assert.ok(place in globalThis);
  for (const count of [0, 1, 100, 1024, 1025, 500_000]) {
    const [native, here] = [ziggurat, zigguratHere].map((draw) => {
      const values = new Float32Array(count);
      draw(values, new Int32Array(1024), 1.5, fillSeeded(count));
      return values;
    });
    assert.deepEqual(native, here, `${count} values`);
  }
  // Far tails are drawn, too: |z| > 3.65 about 131 times.
  assert.ok(normals(500_000, { unsafeSeed: 5 }).filter((value) => Math.abs(value) > 3.66).length > 80);
});

test("a random source that fails in the middle ends the drawing with its own error, and wrong arguments are refused", { skip }, async () => {
  await loadEngine({ tier: "tensorflow" });
  for (const calls of [0, 1, 2, 3, 10]) {
    const seeded = fillSeeded(1);
    let left = calls;
    const failing = (view: Uint8Array<ArrayBuffer>): void => {
      if (left-- === 0) throw new Error("no more entropy");
      seeded(view);
    };
    assert.throws(() => ziggurat(new Float32Array(100_000), new Int32Array(1024), 1, failing), /no more entropy/);
  }
  const native = (globalThis as unknown as Record<symbol, (...args: unknown[]) => void>)[place]!;
  assert.throws(() => native(), /expected fillNormals\(values, words/);
  assert.throws(() => native(new Float64Array(1), new Int32Array(1), new Int32Array(1), new Float64Array(257), new Float64Array(257), new Int32Array(256), 3, 1, () => {}, () => {}), /expected fillNormals/);
  assert.throws(() => native(new Float32Array(1), new Int32Array(1), new Int32Array(1), new Float64Array(9), new Float64Array(257), new Int32Array(256), 3, 1, () => {}, () => {}), /expected fillNormals/);
});
