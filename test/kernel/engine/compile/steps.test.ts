import assert from "node:assert/strict";
import type { Optimizer, Scalar, Tensor, Tensor2D, Tensor3D, Tensor4D, Variable } from "@tensorflow/tfjs";
import { test } from "node:test";
import type { TensorFlowJs } from "../../../../kernel/engine/contract.js";
import { optimizers, sample } from "../support.js";
import { compile, handles, noTensorFlow, race, tensorflow, times, type Trainable } from "./support.js";

const skip = noTensorFlow;

const variables = (tf: TensorFlowJs, shapes: number[][]): Variable[] => shapes.map((shape, at) => tf.variable(tf.mul(sample(tf, shape, at + 2), 0.3)));

function classifier(tf: TensorFlowJs, optimizer: Optimizer): Trainable {
  const weights = variables(tf, [[4, 8], [8], [8, 3], [3]]);
  const [w1, b1, w2, b2] = weights as [Variable, Variable, Variable, Variable];
  const step = (x: Tensor2D, y: Tensor2D) => optimizer.minimize(() => tf.losses.softmaxCrossEntropy(y, tf.add(tf.matMul(tf.relu(tf.add(tf.matMul(x, w1 as never), b1)), w2 as never), b2)) as Scalar, true, weights);
  return { weights, step };
}

const batches = (tf: TensorFlowJs, count: number, size = 12): Tensor[][] =>
  times(count, (at) => [sample(tf, [size, 4], at + 20), tf.cast(tf.oneHot(tf.tensor1d(times(size, (row) => (row + at) % 3), "int32"), 3), "float32")]);

for (const [name, make] of Object.entries(optimizers)) {
  test(`twenty compiled steps of ${name} give the losses and weights of eager ones`, { skip }, async () => {
    const tf = await tensorflow();
    const { worst, modes } = race(tf, () => classifier(tf, make(tf)), batches(tf, 20));
    assert.deepEqual(modes, ["graph"]);
    assert.ok(worst <= 2e-6, `${worst}`);
  });
}

test("a partial last batch has a graph of its own, and both go on from the same weights", { skip }, async () => {
  const tf = await tensorflow();
  const inputs = times(12, (at) => batches(tf, 1, at % 3 === 2 ? 5 : 12)[0]!);
  const { worst, modes } = race(tf, () => classifier(tf, tf.train.adam(0.01)), inputs);
  assert.deepEqual(modes, ["graph", "graph"]);
  assert.ok(worst <= 2e-6, `${worst}`);
});

/** Steps of the kinds that the curriculum trains, each over weights of its own. */
const kinds: Record<string, (tf: TensorFlowJs) => { make: () => Trainable; inputs: Tensor[][] }> = {
  convolution: (tf) => ({
    make: () => {
      const weights = variables(tf, [[3, 3, 2, 4], [4], [4 * 3 * 3, 3]]);
      const [k, b, w] = weights as [Variable, Variable, Variable];
      const optimizer = tf.train.sgd(0.05);
      return { weights, step: (x: Tensor4D, y: Tensor2D) => optimizer.minimize(() => tf.losses.softmaxCrossEntropy(y, tf.matMul(tf.reshape(tf.maxPool(tf.relu(tf.add(tf.conv2d(x, k as never, 1, "same"), b)) as Tensor4D, 2, 2, "same"), [6, -1]) as Tensor2D, w as never)) as Scalar, true, weights) };
    },
    inputs: times(8, (at) => [sample(tf, [6, 6, 6, 2], at + 1), tf.cast(tf.oneHot(tf.tensor1d([0, 1, 2, 0, 1, 2], "int32"), 3), "float32")]),
  }),
  "depthwise separable convolution": (tf) => ({
    make: () => {
      const weights = variables(tf, [[3, 3, 2, 1], [1, 1, 2, 3]]);
      const [depth, point] = weights as [Variable, Variable];
      const optimizer = tf.train.adam(0.01);
      return { weights, step: (x: Tensor4D) => optimizer.minimize(() => tf.mean(tf.square(tf.separableConv2d(x, depth as never, point as never, 1, "same"))) as Scalar, true, weights) };
    },
    inputs: times(8, (at) => [sample(tf, [4, 5, 5, 2], at + 1)]),
  }),
  embedding: (tf) => ({
    make: () => {
      const weights = variables(tf, [[7, 4], [4, 2]]);
      const [table, w] = weights as [Variable, Variable];
      const optimizer = tf.train.adam(0.01);
      return { weights, step: (ids: Tensor, y: Tensor2D) => optimizer.minimize(() => tf.losses.softmaxCrossEntropy(y, tf.matMul(tf.mean(tf.gather(table as Tensor, ids as never), 1) as Tensor2D, w as never)) as Scalar, true, weights) };
    },
    inputs: times(8, (at) => [tf.tensor2d(times(5, (row) => [(row + at) % 7, (row * 2 + at) % 7, 3]), [5, 3], "int32"), tf.cast(tf.oneHot(tf.tensor1d([0, 1, 0, 1, 1], "int32"), 2), "float32")]),
  }),
  "causal self-attention with layer norm": (tf) => ({
    make: () => {
      const [batch, time, width] = [2, 4, 6];
      const weights = variables(tf, [[width, width], [width, width], [width, width], [width], [width]]);
      const [wq, wk, wv, gain, shift] = weights as [Variable, Variable, Variable, Variable, Variable];
      const optimizer = tf.train.sgd(0.05);
      const mask = tf.keep(tf.mul(tf.sub(1, tf.linalg.bandPart(tf.ones([time, time]) as Tensor2D, -1, 0)), -1e9));
      const project = (x: Tensor, w: Tensor) => tf.reshape(tf.matMul(tf.reshape(x, [batch * time, width]) as Tensor2D, w as never), [batch, time, width]) as Tensor3D;
      const norm = (x: Tensor) => {
        const { mean, variance } = tf.moments(x, -1, true);
        return tf.add(tf.mul(tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-5))), gain), shift);
      };
      return {
        weights,
        step: (x: Tensor) => optimizer.minimize(() => {
          const n = norm(x);
          const scores = tf.softmax(tf.add(tf.div(tf.matMul(project(n, wq), project(n, wk), false, true), Math.sqrt(width)), mask));
          return tf.mean(tf.square(tf.sub(tf.matMul(scores as Tensor3D, project(n, wv)), x))) as Scalar;
        }, true, weights),
      };
    },
    inputs: times(8, (at) => [sample(tf, [2, 4, 6], at + 1)]),
  }),
  "gradients by hand": (tf) => ({
    make: () => {
      const weights = variables(tf, [[4, 2]]);
      const [w] = weights as [Variable];
      return {
        weights,
        step: (x: Tensor2D) => {
          const { value, grads } = tf.variableGrads(() => tf.mean(tf.square(tf.sub(tf.matMul(x, w as never), 1))) as Scalar, weights);
          w.assign(tf.sub(w, tf.mul(grads[w.name]!, 0.1)));
          return { loss: value, parts: [tf.norm(grads[w.name]!), { shape: w.shape, two: 2 }] };
        },
      };
    },
    inputs: times(8, (at) => [sample(tf, [3, 4], at + 1)]),
  }),
};

for (const [name, prepare] of Object.entries(kinds)) {
  test(`compiled steps with ${name} equal eager ones within 2e-6`, { skip }, async () => {
    const tf = await tensorflow();
    const { make, inputs } = prepare(tf);
    const { worst, modes } = race(tf, make, inputs);
    assert.deepEqual(modes, ["graph"]);
    assert.ok(worst <= 2e-6, `${worst}`);
  });
}

test("XLA gives the same step within float accuracy, and auto settles on one of the two", { skip }, async () => {
  const tf = await tensorflow();
  const fixed = race(tf, () => classifier(tf, tf.train.adam(0.01)), batches(tf, 12), { xla: true });
  assert.ok(fixed.worst <= 1e-5, `${fixed.worst}`);
  assert.equal(fixed.compiled.variants[0]!.xla, true);
  const auto = race(tf, () => classifier(tf, tf.train.adam(0.01)), batches(tf, 24), { xla: "auto" });
  assert.ok(auto.worst <= 1e-5, `${auto.worst}`);
  assert.equal(auto.modes[0], "graph");
});

test("results keep their structure: arrays, objects, numbers, null, and an argument that is handed back", { skip }, async () => {
  const tf = await tensorflow();
  const f = compile((x: Tensor, word: string) => ({ list: [tf.add(x, 1), null, word], same: x, fixed: tf.tensor1d([1, 2]), undefined }));
  for (let call = 0; call < 6; call++) {
    const x = tf.scalar(call);
    const result = f(x, "yes");
    assert.deepEqual([(result.list[0] as Tensor).dataSync()[0], result.list[1], result.list[2]], [call + 1, null, "yes"]);
    assert.equal(result.same, x);
    assert.deepEqual([...result.fixed.dataSync()], [1, 2]);
    tf.dispose([x, result.list[0] as Tensor, result.fixed]);
  }
  assert.equal(f.variants[0]!.mode, "graph");
});

test("an optimiser counts its steps as it does without compiling", { skip }, async () => {
  const tf = await tensorflow();
  const optimizer = tf.train.adam(0.01);
  const w = tf.variable(tf.scalar(1));
  const step = compile((x: Tensor) => optimizer.minimize(() => tf.square(tf.mul(w, x)) as Scalar, true, [w])!);
  for (let call = 0; call < 10; call++) step(tf.scalar(1)).dispose();
  assert.equal(optimizer.iterations, 10);
});

test("tensors and handles stay as many as they were over 300 steps, in every mode", { skip }, async () => {
  const tf = await tensorflow();
  const { step, weights } = classifier(tf, tf.train.adam(0.01));
  const graph = compile(step as (x: Tensor, y: Tensor) => Tensor);
  let outside = 0;
  const follow = compile((x: Tensor, y: Tensor) => tf.add((step as (x: Tensor, y: Tensor) => Tensor)(x, y), outside++));
  const [x, y] = batches(tf, 1)[0]!;
  const run = (count: number) => times(count, () => tf.dispose([graph(x!, y!), follow(x!, y!)]));
  run(10);
  const before = [tf.memory().numTensors, handles(tf)];
  run(150);
  assert.deepEqual([tf.memory().numTensors, handles(tf)], before);
  assert.deepEqual([graph.variants[0]!.mode, follow.variants[0]!.mode], ["graph", "follow"]);
  graph.dispose();
  assert.deepEqual(graph.variants, []);
  tf.dispose(weights);
});

test("a variable whose data somebody else holds too keeps that copy as it was", { skip }, async () => {
  const tf = await tensorflow();
  const w = tf.variable(tf.scalar(1));
  const step = compile((x: Tensor) => {
    w.assign(tf.add(w, x));
    return tf.mul(w, 1);
  });
  for (let call = 0; call < 5; call++) step(tf.scalar(1)).dispose();
  const copy = tf.clone(w);
  step(tf.scalar(10)).dispose();
  assert.deepEqual([copy.dataSync()[0], w.dataSync()[0]], [6, 16]);
});

test("values assigned to a variable between calls are seen, also before they were uploaded", { skip }, async () => {
  const tf = await tensorflow();
  const w = tf.variable(tf.scalar(1));
  const f = compile((x: Tensor) => tf.mul(w, x));
  const call = () => f(tf.scalar(2)).dataSync()[0];
  times(5, call);
  w.assign(tf.scalar(7));
  assert.equal(call(), 14);
});

test("a compiled function inside another is part of its graph", { skip }, async () => {
  const tf = await tensorflow();
  const inner = compile((x: Tensor) => tf.mul(x, 3));
  const outer = compile((x: Tensor) => tf.add(inner(x), 1));
  for (let call = 0; call < 6; call++) assert.equal(outer(tf.scalar(call)).dataSync()[0], call * 3 + 1);
  assert.equal(outer.variants[0]!.mode, "graph");
  assert.equal(inner.variants.length, 0);
});
