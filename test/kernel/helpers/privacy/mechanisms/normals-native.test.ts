import assert from "node:assert/strict";
import { test } from "node:test";
import { loadEngine } from "../../../../../kernel/engine/index.js";
import { normals } from "../../../../../kernel/helpers/privacy/random/normals.js";
import { fillSeeded } from "../../../../../kernel/helpers/privacy/random/seeded.js";
import { drawHere, fastest, ziggurat, type Draw } from "../../../../../kernel/helpers/privacy/random/ziggurat.js";
import { tiersHere } from "../../../engine/support.js";

const skip = tiersHere.includes("tensorflow") ? false : "without TensorFlow there is no binding";
const place = Symbol.for("lyceum.normals");

test("the binding's normals are those of the page, to the last bit, in every length", { skip }, async () => {
  await loadEngine({ tier: "tensorflow" });
  assert.ok(place in globalThis);
  for (const count of [0, 1, 100, 4095, 4096, 4097, 16_386, 500_000]) {
    const [native, here] = [undefined, drawHere].map((draw) => {
      const values = new Float32Array(count);
      ziggurat(values, 1.5, fillSeeded(count), draw);
      return values;
    });
    assert.deepEqual(native, here, `${count} values`);
  }
  // Far tails are drawn, too: |z| > 3.65 about 131 times.
  assert.ok(normals(500_000, { unsafeSeed: 5 }).filter((value) => Math.abs(value) > 3.66).length > 80);
});

test("spare words that end in the middle are drawn anew, at the same place as in the page", { skip }, async () => {
  await loadEngine({ tier: "tensorflow" });
  // So few spare words that every part asks again and again, in the middle of a number too.
  const drawn = (share: number, draw: Draw) => {
    const asked: number[] = [];
    const seeded = fillSeeded(9);
    const few: Draw = (values, _spare, parts, scale, _refill) => {
      const spare = new Int32Array(parts * share);
      const refill = (part: number) => {
        asked.push(part);
        seeded(new Uint8Array(spare.buffer, 4 * part * share, 4 * share));
      };
      for (let part = 0; part < parts; part++) refill(part);
      draw(values, spare, parts, scale, refill);
    };
    const values = new Float32Array(200_000);
    ziggurat(values, 1, seeded, few);
    return { values, asked };
  };
  for (const share of [1, 2, 7, 64]) {
    const [native, here] = [drawn(share, fastest()), drawn(share, drawHere)];
    assert.ok(native.asked.length > 100, `asked ${native.asked.length} times`);
    assert.deepEqual(native.asked, here.asked);
    assert.deepEqual(native.values, here.values, `${share} words a part`);
  }
});

test("a random source that fails in the middle ends the drawing with its own error, and wrong arguments are refused", { skip }, async () => {
  await loadEngine({ tier: "tensorflow" });
  for (const calls of [0, 1, 2]) {
    const seeded = fillSeeded(1);
    let left = calls;
    const failing = (view: Uint8Array<ArrayBuffer>): void => {
      if (left-- === 0) throw new Error("no more entropy");
      seeded(view);
    };
    const scarce: Draw = (values, spare, ...more) => fastest()(values, spare.subarray(0, 4), ...more);
    assert.throws(() => ziggurat(new Float32Array(100_000), 1, failing, scarce), /no more entropy/);
  }
  const native = (globalThis as unknown as Record<symbol, (...args: unknown[]) => void>)[place]!;
  assert.throws(() => native(), /expected fillNormals\(values, spare/);
  const [width, height, inner] = [new Float64Array(257), new Float64Array(257), new Int32Array(256)];
  for (const [values, spare, parts, widths] of [[new Float64Array(1), new Int32Array(1), 1, width], [new Float32Array(1), new Int32Array(3), 2, width], [new Float32Array(1), new Int32Array(1), 0, width], [new Float32Array(1), new Int32Array(1), 1, new Float64Array(9)]]) {
    assert.throws(() => native(values, spare, parts, widths, height, inner, 3, 1, () => {}), /expected fillNormals/);
  }
});
