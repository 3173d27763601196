import assert from "node:assert/strict";
import { test } from "node:test";
import { random } from "../../../../kernel/helpers/data/index.js";
import * as federated from "../../../../kernel/helpers/federated/index.js";

const update = (values: number[], examples = 1): federated.Update => ({ weights: federated.weights({ a: values.slice(0, 1), b: [values.slice(1)] }), examples });
const flat = (weights: federated.Weights) => weights.flatMap(({ values }) => [...values]);

test("the weighted mean is the float32 nearest to the exact mean, also where float32 sums would lose the small ones", () => {
  const big = 16777216;
  assert.deepEqual(flat(federated.weightedMean([update([big, 1], 1), update([1, 1], 1), update([1, 1], 1), update([1 - big, 1], 1)])), [0.75, 1]);
  const generator = random(3);
  for (let trial = 0; trial < 50; trial++) {
    const updates = Array.from({ length: 1 + generator.integer(0, 9) }, () => update([generator.normal(), generator.normal() * 1e6, generator.normal() * 1e-6], generator.integer(1, 1_000_000)));
    const total = updates.reduce((sum, { examples }) => sum + BigInt(examples), 0n);
    flat(federated.weightedMean(updates)).forEach((value, at) => {
      // In exact integers: float32 values times 2^100 are whole (the smallest here is far above 2^-76).
      const scaled = updates.reduce((sum, { weights, examples }) => sum + BigInt(examples) * BigInt(flat(weights)[at]! * 2 ** 100), 0n);
      const exact = Number((scaled * 2n ** 40n) / total) / 2 ** 140;
      assert.ok(Math.abs(value - exact) <= 2 ** -24 * Math.abs(exact) * 1.0000001, `${value} against ${exact}`);
    });
  }
});

test("robust aggregation stays among the honest clients while a mean is carried off by one liar", () => {
  const honest = [1, 1.1, 0.9, 1.05, 0.95, 1.02, 0.98];
  for (const lie of [1e9, -1e9, 3e38]) {
    const updates = [...honest.map((value) => update([value, -value])), update([lie, lie], 1_000_000)];
    const all = { median: federated.coordinateMedian(updates), trimmed: federated.trimmedMean(updates, { trim: 0.2 }), krum: federated.krum(updates, { byzantine: 1 }).weights, multi: federated.krum(updates, { byzantine: 1, keep: 5 }).weights };
    for (const [name, weights] of Object.entries(all)) assert.ok(Math.abs(flat(weights)[0]! - 1) <= 0.1001 && Math.abs(flat(weights)[1]! + 1) <= 0.1001, `${name}: ${flat(weights)}`);
    assert.ok(Math.abs(flat(federated.weightedMean(updates))[0]!) > 1e6);
  }
});

test("closed values: the median of an even number, and Krum's scores from the n - f - 2 nearest", () => {
  assert.deepEqual(flat(federated.coordinateMedian([update([1, 8]), update([2, 4]), update([6, 2]), update([9, 1])])), [4, 3]);
  const { kept, scores } = federated.krum([0, 1, 3, 7, 100].map((value) => update([value, 0])), { byzantine: 1, keep: 2 });
  // The two nearest of each: 0 has 1 and 3, 1 has 0 and 3, 3 has 1 and 0, 7 has 3 and 1, 100 has 7 and 3.
  assert.deepEqual(scores, [1 + 9, 1 + 4, 4 + 9, 16 + 36, 93 ** 2 + 97 ** 2]);
  assert.deepEqual(kept, [1, 0]);
});

test("aggregation of equal clients is the client itself, in any order of the clients", () => {
  const updates = [[1, 2], [3, 4], [5, 6], [2, 9], [7, 7]].map((values, at) => update(values, at + 1));
  const turned = [...updates].reverse();
  for (const aggregate of [federated.weightedMean, federated.coordinateMedian, (all: federated.Update[]) => federated.trimmedMean(all, { trim: 0.2 })]) {
    assert.deepEqual(flat(aggregate([updates[0]!, updates[0]!, updates[0]!, updates[0]!, updates[0]!])), [1, 2]);
    assert.deepEqual(flat(aggregate(updates)), flat(aggregate(turned)));
  }
});

test("updates that cannot be aggregated are refused with the client, the array and the value", () => {
  assert.throws(() => federated.weightedMean([]), /expected at least one update, got none/);
  assert.throws(() => federated.weightedMean([update([1, 2]), update([1, 2, 3])]), /expected shape \[1,1\] of b of update 1, got \[1,2\]/);
  assert.throws(() => federated.weightedMean([update([1, 2], 0)]), /expected examples of update 0 to be a whole number >= 1, got 0/);
  const broken: federated.Update = { weights: [{ name: "a", shape: [1], values: Float32Array.of(Number.NaN) }], examples: 1 };
  assert.throws(() => federated.coordinateMedian([broken]), /expected finite numbers in a of update 0, got NaN at index 0/);
  assert.throws(() => federated.trimmedMean([update([1, 2])], { trim: 0.5 }), /expected trim below 0.5, got 0.5/);
  assert.throws(() => federated.trimmedMean([update([1, 2])], { trim: 0.2 }), /expected trim to cut off at least one of 1 clients, got 0.2/);
  assert.throws(() => federated.krum([update([1, 2])], { byzantine: 1 }), /expected at least 5 clients against 1 byzantine, got 1/);
  assert.throws(() => federated.weights({ w: [[1], [1, 2]] }), /expected arrays of equal length in w/);
  assert.throws(() => federated.fedAdam({ beta1: 1 }), /expected beta1 below 1, got 1/);
});
