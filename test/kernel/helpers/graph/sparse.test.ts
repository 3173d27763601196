import assert from "node:assert/strict";
import { test } from "node:test";
import * as tf from "@tensorflow/tfjs";
import { loadEngine, type Tier } from "../../../../kernel/engine/index.js";
import { compile } from "../../../../kernel/index.js";
import { random } from "../../../../kernel/helpers/data/random.js";
import * as graph from "../../../../kernel/helpers/graph/index.js";

const best = await loadEngine();
const made = graph.generate({ nodes: 40, degree: 5, features: 6, seed: 4 });
const draw = random(4);
const values = (rows: number, columns: number) => Array.from({ length: rows }, () => Array.from({ length: columns }, () => draw.normal()));
const [x, scale, pull] = [values(40, 6), values(1, 1000)[0]!, values(40, 6)];

const near = (actual: readonly number[], expected: readonly number[], within: number) => {
  assert.equal(actual.length, expected.length);
  actual.forEach((value, at) => assert.ok(Math.abs(value - expected[at]!) <= within * Math.max(1, Math.abs(expected[at]!)), `place ${at}: expected ${expected[at]}, got ${value}`));
};

/** Product, and the gradients of sum(product * pull) for x and for the scale, by dense sums of numbers. */
function byHand(a: graph.Sparse, scales: number[]): Record<"product" | "dx" | "dscale", number[]> {
  const [product, dx, dscale] = [new Array<number>(240).fill(0), new Array<number>(240).fill(0), new Array<number>(a.values.length).fill(0)];
  a.values.forEach((value, at) => {
    for (let k = 0; k < 6; k++) {
      const [to, from] = [a.rowOf[at]! * 6 + k, a.columnOf[at]! * 6 + k];
      product[to]! += value * scales[at]! * x[a.columnOf[at]!]![k]!;
      dx[from]! += value * scales[at]! * pull[a.rowOf[at]!]![k]!;
      dscale[at]! += value * x[a.columnOf[at]!]![k]! * pull[a.rowOf[at]!]![k]!;
    }
  });
  return { product, dx, dscale };
}

test("sparse times dense and its gradients are those of the dense sums on every backend, compiled or not, and leave no tensor", async () => {
  for (const tier of [...new Set<Tier>([best.tier, "wasm", "cpu"])]) {
    await loadEngine({ tier });
    for (const a of [graph.normalizedAdjacency(made.graph), graph.normalizedAdjacency(graph.fromEdges(graph.edgeList(made.graph), { directed: true, nodes: 40 }), { kind: "row", selfLoops: false })]) {
      const scales = scale.slice(0, a.values.length);
      const expected = byHand(a, scales);
      const tensors = [tf.tensor2d(x), tf.tensor1d(scales), tf.tensor2d(pull)] as const;
      const before = tf.memory().numTensors;
      const step = (x: tf.Tensor, s: tf.Tensor, pull: tf.Tensor) => {
        const [dx, dscale] = tf.grads((x: tf.Tensor, s: tf.Tensor) => tf.sum(tf.mul(graph.multiply(a, x, s), pull)))([x, s]);
        return [graph.multiply(a, x, s), dx!, dscale!];
      };
      const compiledStep = compile(step);
      for (const run of [step, compiledStep, compiledStep, compiledStep, compiledStep]) {
        const results = tf.tidy(() => run(...tensors));
        const [product, dx, dscale] = results.map((tensor) => Array.from(tensor.dataSync()));
        near(product!, expected.product, 1e-5);
        near(dx!, expected.dx, 1e-5);
        near(dscale!, expected.dscale, 1e-5);
        tf.dispose(results);
      }
      if (tier === "tensorflow") assert.equal(compiledStep.variants[0]!.mode, "graph");
      compiledStep.dispose();
      assert.equal(tf.memory().numTensors, before, tier);
      tf.dispose([...tensors]);
    }
  }
  await loadEngine({ tier: best.tier });
});

test("the product can be differentiated twice, as penalties on gradients need", () => {
  const a = graph.normalizedAdjacency(made.graph);
  tf.tidy(() => {
    const square = (x: tf.Tensor) => tf.sum(tf.square(graph.multiply(a, x)));
    const twice = tf.grad((x) => tf.sum(tf.square(tf.grad(square as (x: tf.Tensor) => tf.Tensor)(x))));
    // d/dx |2 N'N x|² = 8 N'N N'N x
    const n = tf.tensor2d(graph.dense(a));
    const gram = tf.matMul(n, n, true, false);
    near(Array.from(twice(tf.tensor2d(x)).dataSync()), Array.from(tf.mul(8, tf.matMul(gram, tf.matMul(gram, tf.tensor2d(x)))).dataSync()), 1e-4);
  });
});

test("rows of the row-normalised adjacency add up to 1, or to 0 for a node alone without a self-loop", () => {
  const g = graph.fromEdges([[0, 1, 3], [0, 2, 1]], { nodes: 4 });
  const sums = (selfLoops: boolean) => graph.dense(graph.normalizedAdjacency(g, { kind: "row", selfLoops })).map((row) => row.reduce((sum, value) => sum + value, 0));
  assert.deepEqual(sums(false), [1, 1, 1, 0]);
  assert.deepEqual(sums(true), [1, 1, 1, 1]);
});

test("wrong shapes are refused by name", () => {
  const a = graph.normalizedAdjacency(graph.fromEdges([[0, 1]]));
  tf.tidy(() => {
    assert.throws(() => graph.multiply(a, tf.ones([3, 1])), /expected x with 2 rows like the columns of a, got 3/);
    assert.throws(() => graph.multiply(a, tf.ones([2])), /expected x with 2 rows like the columns of a, got shape \[2\]/);
    assert.throws(() => graph.multiply(a, tf.ones([2, 1]), tf.ones([3])), /expected scale of 4 numbers, one an entry of a, got 3/);
    assert.throws(() => graph.convolve(a, tf.ones([2, 3]), { kernel: tf.ones([2, 2]) }), /expected kernel with 3 rows like the columns of x, got 2/);
  });
});
