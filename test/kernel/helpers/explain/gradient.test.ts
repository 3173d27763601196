import assert from "node:assert/strict";
import { test } from "node:test";
import type * as tfTypes from "@tensorflow/tfjs";
import { loadEngine } from "../../../../kernel/engine/index.js";
import * as explain from "../../../../kernel/helpers/explain/index.js";

const { tf } = (await loadEngine()) as unknown as { tf: typeof tfTypes };
const near = (actual: number, expected: number, within = 1e-5) => assert.ok(Math.abs(actual - expected) <= within, `expected ${expected}, got ${actual}`);
const total = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

const line = tf.sequential({ layers: [tf.layers.dense({ inputShape: [3], units: 2, useBias: true })] });
line.setWeights([tf.tensor2d([1, 0, -2, 4, 0, 5], [3, 2]), tf.tensor1d([0.5, 1])]);

const network = tf.sequential({
  layers: [
    tf.layers.conv2d({ inputShape: [6, 6, 1], filters: 3, kernelSize: 3, activation: "relu", name: "first", kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }) }),
    tf.layers.conv2d({ filters: 2, kernelSize: 2, activation: "tanh", name: "last", kernelInitializer: tf.initializers.glorotUniform({ seed: 2 }) }),
    tf.layers.flatten(),
    tf.layers.dense({ units: 2, activation: "softmax", kernelInitializer: tf.initializers.glorotUniform({ seed: 3 }) }),
  ],
});
const pictures = tf.tidy(() => tf.linspace(-1, 1, 72).sin().reshape([2, 6, 6, 1]));

/** The work leaves no tensor behind. */
async function clean<T>(work: () => Promise<T>): Promise<T> {
  await work(); // what an optimiser or a first call caches is not a leak
  const before = tf.memory().numTensors;
  const result = await work();
  assert.equal(tf.memory().numTensors, before, "tensors left behind");
  return result;
}

test("a layers model is explained like a function: the weights of a line are its gradients, its Shapley values weight x distance", async () => {
  const x = [[1, 2, 3], [0, -1, 1]];
  const slopes = await clean(() => explain.saliency(line, x, { output: 0, absolute: false }));
  slopes.values.forEach((values) => [1, -2, 0].forEach((weight, column) => near(values[column]!, weight)));
  near(slopes.predictions[0]!, 1 - 4 + 0.5);
  assert.deepEqual((await explain.saliency(line, x, { output: 1 })).values[0]!.map(Math.round), [0, 4, 5]);
  const made = await clean(() => explain.kernelShap(line, x, { background: [[0, 0, 0]], output: 1 }));
  [0, 8, 15].forEach((value, column) => near(made.values[0]![column]!, value, 1e-4));
  const smooth = await clean(() => explain.smoothGrad(line, x, { output: 0, absolute: false, samples: 3 }));
  near(smooth.values[0]![1]!, -2);
});

test("integrated gradients add up to what the prediction gained, and more steps bring delta nearer to 0", async () => {
  const made = await clean(() => explain.integratedGradients(network, pictures, { output: 1 }));
  assert.deepEqual(made.shape, [6, 6, 1]);
  made.delta.forEach((delta) => near(delta, 0, 1e-3));
  const start = (network.predict(tf.zeros([1, 6, 6, 1])) as tfTypes.Tensor).dataSync()[1]!;
  near(total(made.values[0]!), made.predictions[0]! - start, 1e-3);
  const few = { predict: (rows: number[][]) => rows.map(([a]) => a! ** 4), gradient: (rows: number[][]) => rows.map(([a]) => [4 * a! ** 3]) };
  const deltas = await Promise.all([2, 8, 32].map(async (steps) => Math.abs((await explain.integratedGradients(few, [[2]], { steps, rule: "middle" })).delta[0]!)));
  assert.ok(deltas[0]! > deltas[1]! && deltas[1]! > deltas[2]!);
});

test("Grad-CAM is the sum of the maps weighted by their mean gradients, against the same by two separate models", async () => {
  const made = await clean(() => explain.gradCam(network, pictures, { output: 1, relu: false }));
  assert.deepEqual(made.shape, [6, 6]);
  const expected = tf.tidy(() => {
    const head = (maps: tfTypes.Tensor) => network.layers.slice(2).reduce((answer, layer) => layer.apply(answer) as tfTypes.Tensor, maps);
    const maps = network.layers.slice(0, 2).reduce((answer, layer) => layer.apply(answer) as tfTypes.Tensor, pictures as tfTypes.Tensor);
    const slopes = tf.grad((at: tfTypes.Tensor) => head(at).slice([0, 1], [2, 1]).sum())(maps);
    return Array.from(tf.image.resizeBilinear(maps.mul(slopes.mean([1, 2], true)).sum(-1, true) as tfTypes.Tensor4D, [6, 6], false, true).dataSync());
  });
  made.values.flat().forEach((value, at) => near(value, expected[at]!, 1e-5));
  const cut = await explain.gradCam(network, pictures, { output: 1 });
  assert.ok(cut.values.flat().every((value) => value >= 0));
  const before = (network.predict(pictures) as tfTypes.Tensor).dataSync();
  await explain.gradCam(network, pictures, { output: 0, layer: "first" });
  assert.deepEqual((network.predict(pictures) as tfTypes.Tensor).dataSync(), before, "the model is as it was");
});

test("Grad-CAM names unknown layers, layers without maps and wrong sizes", async () => {
  await assert.rejects(explain.gradCam(network, pictures, { output: 1, layer: "third" }), /unknown layer: third \(known: first, last,/);
  await assert.rejects(explain.gradCam(network, pictures), /expected output from 0 to 1/);
  await assert.rejects(explain.gradCam(network, [[1, 2]], { output: 1 }), /expected pictures of 6 x 6 x 1 numbers like the model's input, got 2 numbers/);
  await assert.rejects(explain.saliency(network, [[1, 2]], { output: 1 }), /expected rows of 36 numbers like the model's input \[6, 6, 1\], got 2/);
  await assert.rejects(explain.saliency((() => [1]) as never, [[1]]), /expected model to be a LayersModel or \{ predict, gradient \}, got a function/);
});

test("occlusion of a line is its terms; overlapping windows are averaged; a window larger than the picture is refused", async () => {
  const sum = (rows: number[][]) => rows.map((row) => total(row));
  const made = await explain.occlusion(sum, [[1, 2, 3, 4]], { shape: [2, 2], size: 2 });
  assert.deepEqual(made.values, [[10, 10, 10, 10]]);
  assert.deepEqual((await explain.occlusion(sum, [[1, 2, 4]], { size: 2, stride: 1 })).values, [[3, 4.5, 6]]);
  await clean(() => explain.occlusion(network, pictures, { output: 0, size: 3, stride: 1 }));
  await assert.rejects(explain.occlusion(sum, [[1, 2]], { size: 3 }), /expected size of at most 2 along axis 0, got 3/);
  await assert.rejects(explain.occlusion(sum, [[1, 2]], { size: 1, stride: 2 }), /expected stride of at most the size 1, got 2/);
});

test("attention maps are the layer's own answer, and rollout keeps rows that sum to 1", async () => {
  const model = tf.sequential({ layers: [tf.layers.activation({ activation: "softmax", inputShape: [3, 3], name: "attend" }), tf.layers.flatten(), tf.layers.dense({ units: 1 })] });
  const x = tf.tensor3d([[[1, 2, 3], [0, 0, 0], [5, 1, 1]]]);
  const maps = await clean(() => explain.attentionMaps(model, x, { layer: "attend" }));
  near(maps[0]![0]![0]![2]!, Math.exp(3) / (Math.exp(1) + Math.exp(2) + Math.exp(3)));
  const flow = explain.attentionRollout([maps[0]!, maps[0]!]);
  flow.forEach((row) => near(total(row), 1));
  assert.throws(() => explain.attentionRollout([[[[0.2, 0.2], [1, 0]]]]), /expected rows of 2 weights that sum to 1, got 2 that sum to 0.4 in layer 0/);
  await assert.rejects(explain.attentionMaps(model, x, { layer: "who" }), /unknown layer: who/);
});
