import assert from "node:assert/strict";
import type { Scalar, Tensor } from "@tensorflow/tfjs";
import { test } from "node:test";
import { compile, noTensorFlow, tensorflow, times } from "./support.js";

const skip = noTensorFlow;
const value = (tensor: Tensor): number => tensor.dataSync()[0]!;
const word = (tensor: Tensor): string => [...tensor.dataSync()].join();

test("dropout, random normals and uniforms without a seed are drawn anew at every call of the graph", { skip }, async () => {
  const tf = await tensorflow();
  const draws = {
    dropout: compile((x: Tensor) => tf.dropout(x, 0.5)),
    normal: compile((x: Tensor) => tf.add(x, tf.randomNormal([64], 3, 0.5))),
    uniform: compile((x: Tensor) => tf.add(x, tf.randomUniform([64], -1, 1))),
    truncated: compile((x: Tensor) => tf.add(x, tf.truncatedNormal([64]))),
    layer: compile((x: Tensor) => dropoutLayer.apply(x, { training: true }) as Tensor),
  };
  const dropoutLayer = tf.layers.dropout({ rate: 0.5 });
  const x = tf.ones([64]);
  for (const [name, draw] of Object.entries(draws)) {
    const seen = new Set(times(12, () => word(draw(x))));
    assert.equal(seen.size, 12, name);
    assert.equal(draw.variants[0]!.mode, "graph", name);
  }
});

test("random numbers of the graph have the distribution that was asked for", { skip }, async () => {
  const tf = await tensorflow();
  const normal = compile((x: Tensor) => tf.add(x, tf.randomNormal([20000], 3, 0.5)));
  const uniform = compile((x: Tensor) => tf.add(x, tf.randomUniform([20000], -1, 3)));
  const dropped = compile((x: Tensor) => tf.dropout(x, 0.25));
  const moments = (f: (x: Tensor) => Tensor, x: Tensor): [number, number] => {
    times(5, () => f(x).dispose());
    const { mean, variance } = tf.moments(f(x));
    return [value(mean), Math.sqrt(value(variance))];
  };
  const near = (actual: number, expected: number, by: number) => assert.ok(Math.abs(actual - expected) < by, `${actual} is near ${expected}`);
  const [m, s] = moments(normal, tf.scalar(0));
  near(m, 3, 0.03);
  near(s, 0.5, 0.03);
  const [um, us] = moments(uniform, tf.scalar(0));
  near(um, 1, 0.06);
  near(us, 4 / Math.sqrt(12), 0.06);
  near(moments(dropped, tf.ones([20000]))[0], 1, 0.03);
});

test("with a seed tfjs gives the same numbers at every call, and so does the graph", { skip }, async () => {
  const tf = await tensorflow();
  const f = (x: Tensor) => tf.add(tf.dropout(x, 0.5, undefined, 7), tf.randomNormal([8], 0, 1, "float32", 3));
  const g = compile(f);
  const x = tf.ones([8]);
  for (let call = 0; call < 8; call++) assert.equal(word(g(x)), word(f(x)));
  assert.equal(g.variants[0]!.mode, "graph");
});

test("a shuffle in the step, which tfjs does in JavaScript, is another one at every call", { skip }, async () => {
  const tf = await tensorflow();
  const f = compile((x: Tensor) => {
    const order = times(16, (at) => at);
    tf.util.shuffle(order);
    return tf.mul(x, tf.tensor1d(order));
  });
  const seen = new Set(times(10, () => word(f(tf.ones([16])))));
  assert.equal(seen.size, 10);
  assert.equal(f.variants[0]!.mode, "follow");
});

for (const name of ["sgd", "momentum", "adam", "adamax", "rmsprop", "adagrad"] as const) {
  test(`a learning rate that changes between steps of ${name} works in the graph`, { skip }, async () => {
    const tf = await tensorflow();
    const run = (wrap: (step: (x: Tensor) => Tensor) => (x: Tensor) => Tensor): { last: number; mode?: string } => {
      const w = tf.variable(tf.tensor1d([1, -2]));
      const optimizer = name === "momentum" ? tf.train.momentum(0.1, 0.5) : tf.train[name](0.1);
      const step = wrap((x) => optimizer.minimize(() => tf.sum(tf.square(tf.mul(w, x))) as Scalar, true, [w])!);
      for (let call = 0; call < 14; call++) {
        const rate = 0.1 / (1 + call);
        if (name === "sgd" || name === "momentum") (optimizer as unknown as { setLearningRate(rate: number): void }).setLearningRate(rate);
        else (optimizer as unknown as { learningRate: number }).learningRate = rate;
        step(tf.tensor1d([1, 0.5])).dispose();
      }
      const mode = (step as { variants?: { mode: string }[] }).variants?.[0]?.mode;
      return { last: value(tf.sum(w)), ...(mode !== undefined && { mode }) };
    };
    const [eager, compiled] = [run((step) => step), run((step) => compile(step))];
    assert.ok(Math.abs(eager.last - compiled.last) < 1e-6, `${eager.last} ${compiled.last}`);
    assert.equal(compiled.mode, "graph");
  });
}

test("a layer's rate, and any other setting of an optimiser, may change: the graph is made anew", { skip }, async () => {
  const tf = await tensorflow();
  const layer = tf.layers.dropout({ rate: 0.5 });
  const f = compile((x: Tensor) => tf.mean(layer.apply(x, { training: true }) as Tensor));
  const x = tf.ones([1000]);
  times(5, () => f(x));
  (layer as unknown as { rate: number }).rate = 0;
  for (let call = 0; call < 6; call++) assert.equal(value(f(x)), 1);
  const optimizer = tf.train.adam(0.1, 0.9, 0.999);
  const w = tf.variable(tf.scalar(1));
  const twinOptimizer = tf.train.adam(0.1, 0.9, 0.999);
  const twin = tf.variable(tf.scalar(1));
  const step = compile(() => optimizer.minimize(() => tf.square(w) as Scalar, true, [w])!);
  for (let call = 0; call < 14; call++) {
    if (call === 6) for (const one of [optimizer, twinOptimizer]) (one as unknown as { beta1: number }).beta1 = 0.5;
    step();
    twinOptimizer.minimize(() => tf.square(twin) as Scalar, true, [twin]);
  }
  assert.ok(Math.abs(value(w) - value(twin)) < 1e-6);
});

test("a number that is an argument is used as it is given, in the graph's inputs once it takes many values", { skip }, async () => {
  const tf = await tensorflow();
  const f = compile((x: Tensor, rate: number) => tf.mul(x, rate < 5 ? rate : -rate));
  for (let call = 0; call < 12; call++) assert.equal(value(f(tf.scalar(2), call)), 2 * (call < 5 ? call : -call));
  assert.ok(f.variants.some(({ mode }) => mode === "follow"));
  const g = compile((x: Tensor, rate: number) => tf.mul(x, rate));
  for (let call = 0; call < 12; call++) assert.equal(value(g(tf.scalar(2), call % 2)), 2 * (call % 2));
  assert.deepEqual(g.variants.map(({ mode }) => mode), ["graph", "graph"]);
});

test("a number or a tensor from outside that changes is followed", { skip }, async () => {
  const tf = await tensorflow();
  let scale = 0;
  let other = tf.scalar(0);
  const f = compile((x: Tensor) => tf.add(tf.mul(x, scale), other));
  for (scale = 0; scale < 12; scale++) {
    other.dispose();
    other = tf.scalar(scale * 100);
    assert.equal(value(f(tf.scalar(2))), scale * 102);
  }
  assert.equal(f.variants[0]!.mode, "follow");
});

test("an array that is filled anew and uploaded in the step is followed", { skip }, async () => {
  const tf = await tensorflow();
  const buffer = new Float32Array(4);
  const f = compile((x: Tensor) => tf.sum(tf.mul(x, tf.tensor1d(buffer))));
  for (let call = 0; call < 10; call++) {
    buffer.fill(call);
    assert.equal(value(f(tf.ones([4]))), 4 * call);
  }
});
