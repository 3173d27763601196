import assert from "node:assert/strict";
import type { LayersModel, SymbolicTensor, Tensor, Tensor2D, Variable } from "@tensorflow/tfjs";
import { test } from "node:test";
import { loadEngine } from "../../../../kernel/engine/index.js";
import * as compress from "../../../../kernel/helpers/compress/index.js";
import * as vision from "../../../../kernel/helpers/vision/index.js";
import { random } from "../../../../kernel/helpers/data/random.js";
import * as nn from "../../../../kernel/helpers/nn/index.js";
import { tiersHere } from "../../engine/support.js";
import { bars, largest, network, noise, settle } from "./support.js";

test("no number inside the range moves by more than half a step, 0 stays 0 and all integers are inside their bounds, for each mode, axis and number of bits", () => {
  const draw = random(4);
  const values = Array.from({ length: 60 }, (_, at) => (at % 9 === 0 ? 0 : draw.normal() * (1 + (at % 5))));
  for (const mode of ["affine", "symmetric"] as const) for (const axis of [null, 0, 1]) for (const bits of [2, 4, 8]) {
    const small = compress.quantise(values, { mode, axis, bits, shape: [12, 5] });
    const back = compress.dequantise(small);
    values.forEach((value, at) => {
      const slice = axis === null ? 0 : axis === 0 ? Math.floor(at / 5) : at % 5;
      assert.ok(Math.abs(value - back[at]!) <= 0.5 * small.scale[slice]! + 1e-6 + (mode === "affine" ? 0.5 * small.scale[slice]! : 0), `${mode} ${axis} ${bits}: ${value} ${back[at]}`);
      if (value === 0) assert.equal(back[at], 0);
    });
    assert.ok(small.values.every((q) => q >= small.qmin && q <= small.qmax));
    if (mode === "symmetric") assert.ok(small.zeroPoint.every((zero) => zero === 0));
  }
  // A range that does not reach 0 is widened to it: zero padding must be exact.
  const { scale, zeroPoint, values: far } = compress.quantise([5.1, 2.55]);
  assert.ok(Math.abs(scale[0]! - 0.02) < 1e-12);
  assert.deepEqual([zeroPoint[0], [...far]], [-128, [127, 0]]);
  assert.deepEqual([...compress.quantise([0, 0]).scale], [1]);
  assert.deepEqual([...compress.quantise([5], { range: [-1, 1] }).values], [127]);
});

test("a quantised network answers nearly as the network, small channels are kept by a scale for each channel, it is about a quarter as large, and leaves no tensor", async () => {
  const { tf } = await loadEngine();
  const model = network(tf);
  const data = bars(tf, 40);
  const before = tf.memory().numTensors;
  const real = model.predict(data.x) as Tensor;
  const values = real.dataSync<"float32">().slice();
  real.dispose();
  const errors = [true, false].map((perChannel) => {
    const small = compress.quantiseModel(model, data.x, { perChannel });
    const answer = small.predict(data.x);
    const error = largest(answer.dataSync(), values);
    answer.dispose();
    return { error, small };
  });
  const span = Math.max(...values) - Math.min(...values);
  assert.ok(errors[0]!.error < 0.04 * span, `${errors[0]!.error} of ${span}`);
  assert.ok(errors[1]!.error < 0.04 * span);
  // Channels of very different size are what one scale cannot hold.
  const uneven = tf.tidy(() => Array.from(tf.mul(noise(tf, [20, 4]), tf.tensor1d([10, 1, 0.1, 0.01])).dataSync<"float32">()));
  const lost = [1, null].map((axis) => {
    const back = compress.dequantise(compress.quantise(uneven, { mode: "symmetric", axis, shape: [20, 4] }));
    return Math.max(...uneven.map((value, at) => (at % 4 === 3 ? Math.abs(value - back[at]!) : 0)));
  });
  assert.ok(lost[0]! < 0.01 * lost[1]!, String(lost));
  const { small } = errors[0]!;
  assert.ok(small.bytes < 0.35 * small.bytesBefore, `${small.bytes} ${small.bytesBefore}`);
  assert.ok(!small.layers.some(({ className }) => ["BatchNormalization", "Dropout", "ReLU"].includes(className)));
  assert.ok(small.weights["dense_a"]!.kernel instanceof Int8Array);
  assert.equal(tf.memory().numTensors, before);
  model.dispose();
  tf.dispose([data.x, data.y]);
});

test("a network with sums of two paths, MobileNetV2's blocks, is quantised too: normalisation and rectifiers are folded, the sum is not, and the answers are near", async () => {
  const { tf } = await loadEngine();
  const input = tf.input({ shape: [8, 8, 1] });
  const wide = tf.layers.conv2d({ filters: 6, kernelSize: 3, padding: "same", activation: "relu" }).apply(input) as SymbolicTensor;
  const block = vision.invertedResidual(vision.invertedResidual(wide, { filters: 6, expand: 2 }), { filters: 8, expand: 2, strides: 2 });
  const model = settle(tf, tf.model({ inputs: input, outputs: tf.layers.dense({ units: 3 }).apply(tf.layers.globalAveragePooling2d({}).apply(block)) as SymbolicTensor }));
  const data = bars(tf, 24);
  const before = tf.memory().numTensors;
  const small = compress.quantiseModel(model, data.x, { batchSize: 10 });
  const classes = small.layers.map(({ className }) => className);
  assert.deepEqual([classes.filter((name) => name === "Add").length, classes.filter((name) => name === "BatchNormalization" || name === "ReLU").length], [1, 0]);
  const [answer, real] = [small.predict(data.x), model.predict(data.x) as Tensor];
  const values = real.dataSync();
  assert.ok(largest(answer.dataSync(), values) < 0.06 * (Math.max(...values) - Math.min(...values)), String(largest(answer.dataSync(), values)));
  assert.equal(small.integers(tf.tidy(() => tf.slice(data.x, 0, 1))).length, small.layers.length + 1);
  tf.dispose([answer, real]);
  // The slice is this test's.
  assert.equal(tf.memory().numTensors, before + 1);
  model.dispose();
  tf.dispose([data.x, data.y]);
});

test("a network on a shared backbone, as transfer learning makes it, is quantised, trained with its rounding and packed", async () => {
  const { tf } = await loadEngine();
  const data = bars(tf, 24);
  const backbone = network(tf);
  const learner = vision.transfer(backbone, { classes: ["standing", "lying"] });
  const real = learner.model!.predict(data.x) as Tensor;
  const answer = compress.quantiseModel(learner.model!, data.x).predict(data.x);
  assert.ok(largest(answer.dataSync(), real.dataSync()) < 0.2);
  const aware = compress.quantisationAware(learner.model!, data.x);
  const rounded = aware.predict(data.x);
  assert.ok(largest(rounded.dataSync(), real.dataSync()) < 0.2);
  assert.ok((await compress.exportModel(learner.model!)).bytes > 0);
  tf.dispose([real, answer, rounded, data.x, data.y]);
  aware.dispose();
  learner.dispose();
  backbone.dispose();
});

test("what integer inference cannot do, and what is not like the input, is refused by name", async () => {
  const { tf } = await loadEngine();
  const recurrent = tf.sequential({ layers: [tf.layers.lstm({ inputShape: [3, 2], units: 2, name: "memory" }), tf.layers.dense({ units: 1 })] });
  assert.throws(() => compress.quantiseModel(recurrent, tf.zeros([2, 3, 2])), /unsupported layer: memory \(LSTM\)/);
  const dense = tf.sequential({ layers: [tf.layers.dense({ inputShape: [3], units: 2, activation: "softplus" })] });
  assert.throws(() => compress.quantiseModel(dense, tf.zeros([2, 3])).predict(tf.zeros([1, 3])), /unsupported activation: softplus/);
  assert.throws(() => compress.quantiseModel(dense, tf.zeros([2, 4])), /expected calibration data of shape \[rows, 3\], got \[2, 4\]/);
  assert.throws(() => compress.quantiseModel(dense, tf.tensor2d([[Number.NaN, 1, 1]])), /expected finite numbers in the calibration data, got NaN/);
  assert.throws(() => compress.quantise([1, 2], { bits: 16 }), /expected bits from 2 to 8, got 16/);
  assert.throws(() => compress.quantise([1, 2], { axis: 1 }), /expected axis to be one of 0, got 1/);
  assert.throws(() => compress.quantise([1, Infinity]), /expected finite numbers in values, got Infinity at index 1/);
  assert.throws(() => compress.fakeQuantise(tf.zeros([2, 2]), { axis: 2 }), /expected axis of a tensor with 2 axes, got 2/);
});

for (const tier of tiersHere.filter((name) => name !== "cpu")) {
  test(`on the ${tier} tier training that feels the rounding makes a network of few bits right where rounding after training does not, compiled as not compiled`, async () => {
    const { tf } = await loadEngine({ tier });
    const data = bars(tf, 96);
    const loss = tf.losses.softmaxCrossEntropy;
    const lossOf = (predict: (x: Tensor) => Tensor) => tf.tidy(() => loss(data.y, predict(data.x)).dataSync()[0]!);
    const run = async (compile: boolean) => {
      const model = settle(tf, tf.sequential({ layers: [tf.layers.flatten({ inputShape: [8, 8, 1] }), tf.layers.dense({ units: 8, activation: "relu" }), tf.layers.dense({ units: 2 })] }));
      const adam = tf.train.adam(0.01);
      await nn.fit(model, data, { progress: false, batchSize: 32, epochs: 8, loss, optimizer: adam, compile });
      const aware = compress.quantisationAware(model, data.x, { bits: 3, momentum: 0.9 });
      const after = lossOf((x) => aware.predict(x));
      const ranges = aware.ranges();
      await nn.fit({ predict: (x: Tensor, training: boolean) => aware.predict(x, training), variables: aware.variables }, data, { progress: false, batchSize: 32, epochs: 10, loss, optimizer: adam, compile });
      const trained = lossOf((x) => aware.predict(x));
      assert.notDeepEqual(aware.ranges(), ranges);
      aware.dispose();
      const weights = model.getWeights().flatMap((weight) => Array.from(weight.dataSync()));
      adam.dispose();
      model.dispose();
      return { after, trained, weights };
    };
    const before = tf.memory().numTensors;
    const [compiled, plain] = [await run(true), await run(false)];
    assert.equal(tf.memory().numTensors, before);
    assert.ok(compiled.trained < 0.7 * compiled.after, `${compiled.trained} ${compiled.after}`);
    assert.ok(Math.abs(compiled.after - plain.after) < 1e-3 && Math.abs(compiled.trained - plain.trained) < 0.05, JSON.stringify([compiled.trained, plain.trained]));
    tf.dispose([data.x, data.y]);
  });
}

test("a layer that is trained with its rounding is left as it was when the model is used by itself", async () => {
  const { tf } = await loadEngine();
  const model = network(tf);
  const x = noise(tf, [2, 8, 8, 1]);
  const answer = () => {
    const tensor = (model as LayersModel).predict(x) as Tensor;
    const values = Array.from(tensor.dataSync());
    tensor.dispose();
    return values;
  };
  const first = answer();
  const aware = compress.quantisationAware(model, x, { bits: 3 });
  const rounded = aware.predict(x);
  assert.ok(largest(rounded.dataSync(), first) > 1e-3);
  assert.deepEqual(answer(), first);
  tf.dispose([x, rounded]);
  aware.dispose();
  model.dispose();
});

test("rounded weights of any model are within half a step of what they were", async () => {
  const { tf } = await loadEngine();
  const w = tf.variable(noise(tf, [9, 4])) as Variable;
  const before = w.dataSync().slice();
  const small = compress.quantiseWeights({ predict: (x: Tensor) => tf.matMul(x as Tensor2D, w as never), variables: [w] });
  small.apply();
  const { scale } = Object.values(small.weights)[0]!;
  assert.ok(small.layers[0]!.largestError <= Math.max(...scale) / 2 + 1e-7);
  assert.ok(Math.abs(largest(w.dataSync(), before) - small.layers[0]!.largestError) < 1e-6);
  w.dispose();
});
