import assert from "node:assert/strict";
import { decode } from "fast-png";
import type { LayersModel, SymbolicTensor, Tensor, Tensor4D, Variable } from "@tensorflow/tfjs";
import { test } from "node:test";
import { loadEngine } from "../../../../kernel/engine/index.js";
import * as explain from "../../../../kernel/helpers/explain/index.js";
import * as nn from "../../../../kernel/helpers/nn/index.js";
import * as vision from "../../../../kernel/helpers/vision/index.js";
import { tiersHere } from "../../engine/support.js";
import { largest, noise, settle } from "../compress/support.js";

const read = (tensor: Tensor): number[] => {
  const values = Array.from(tensor.dataSync());
  tensor.dispose();
  return values;
};

for (const tier of tiersHere) {
  test(`on the ${tier} tier a grouped convolution has the values and gradients of one convolution whose kernel is 0 between the groups`, async () => {
    const { tf } = await loadEngine({ tier });
    const [channels, filters] = [8, 8];
    const x = noise(tf, [2, 6, 5, channels], 1) as Tensor4D;
    const before = tf.memory().numTensors;
    for (const groups of [1, 2, 4, 8]) for (const strides of [1, 2]) {
      const filter = noise(tf, [3, 3, channels / groups, filters], 2) as Tensor4D;
      const dense = (kernel: Tensor): Tensor4D => {
        if (groups === 1) return kernel as Tensor4D;
        const parts = tf.split(kernel, groups, 3);
        return tf.concat(parts.map((part, g) => tf.pad(part, [[0, 0], [0, 0], [(g * channels) / groups, channels - ((g + 1) * channels) / groups], [0, 0]])), 2 + 1) as Tensor4D;
      };
      const both = tf.tidy(() => {
        const one = tf.grads((a: Tensor, k: Tensor) => tf.sum(tf.square(vision.groupedConv2d(a as Tensor4D, k as Tensor4D, { groups, strides }))))([x, filter]);
        const other = tf.grads((a: Tensor, k: Tensor) => tf.sum(tf.square(tf.conv2d(a as Tensor4D, dense(k), strides, "same"))))([x, filter]);
        return [vision.groupedConv2d(x, filter, { groups, strides }), ...one, tf.conv2d(x, dense(filter), strides, "same"), ...other].map((tensor) => Array.from(tensor.dataSync())) as never;
      }) as unknown as number[][];
      for (let at = 0; at < 3; at++) assert.ok(largest(both[at]!, both[at + 3]!) < 2e-3, `groups ${groups}, strides ${strides}, part ${at}: ${largest(both[at]!, both[at + 3]!)}`);
      filter.dispose();
    }
    assert.equal(tf.memory().numTensors, before);
    x.dispose();
  });
}

for (const tier of tiersHere.filter((name) => name !== "cpu")) {
  test(`on the ${tier} tier a network of grouped convolutions and shuffles trains in a compiled step, and is the same after it was saved and loaded`, async () => {
    const { tf } = await loadEngine({ tier });
    const before = tf.memory().numTensors;
    const model = settle(tf, tf.sequential({ layers: [
      vision.groupedConv2dLayer({ inputShape: [6, 6, 4], filters: 8, groups: 2, strides: 2, activation: "relu" }), vision.channelShuffleLayer({ groups: 2 }),
      vision.groupedConv2dLayer({ filters: 4, groups: 4, kernelSize: 1, useBias: false, activation: "relu6" }), tf.layers.flatten(), tf.layers.dense({ units: 1 }),
    ] }));
    const x = noise(tf, [16, 6, 6, 4]);
    const y = tf.tidy(() => tf.mean(x, [1, 2, 3], false).reshape([16, 1]));
    const optimizer = tf.train.adam(0.01);
    const { history } = await nn.fit(model, { x, y }, { loss: tf.losses.meanSquaredError, optimizer, epochs: 8, batchSize: 8, progress: false });
    assert.ok(history["loss"]!.at(-1)! < history["loss"]![0]!);
    let saved: import("@tensorflow/tfjs").io.ModelArtifacts | undefined;
    await model.save(tf.io.withSaveHandler(async (artifacts) => {
      saved = { ...(JSON.parse(JSON.stringify(artifacts)) as typeof artifacts), weightData: artifacts.weightData! };
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
    }));
    const loaded = await tf.loadLayersModel(tf.io.fromMemory(saved!));
    assert.deepEqual(read(loaded.predict(x) as Tensor), read(model.predict(x) as Tensor));
    loaded.dispose();
    model.dispose();
    optimizer.dispose();
    tf.dispose([x, y]);
    assert.equal(tf.memory().numTensors, before);
  });
}

test("wrong channels, groups and small pictures are named, in operations, layers, blocks and models", async () => {
  const { tf } = await loadEngine();
  const x = tf.zeros<import("@tensorflow/tfjs").Rank.R4>([1, 2, 2, 6]);
  const filter = (inputs: number, filters = 8) => tf.zeros<import("@tensorflow/tfjs").Rank.R4>([3, 3, inputs, filters]);
  assert.throws(() => vision.groupedConv2d(x, filter(2), { groups: 4 }), /expected channels to be a multiple of groups 4, got 6/);
  assert.throws(() => vision.groupedConv2d(x, filter(2), { groups: 3 }), /expected filters to be a multiple of groups 3, got 8/);
  assert.throws(() => vision.groupedConv2d(x, filter(2), { groups: 2 }), /expected filter for 3 channels a group, got 2/);
  assert.throws(() => vision.groupedConv2d(x, filter(3), { groups: 2, pad: "valid" }), /expected a picture of at least 3 x 3 for a valid convolution, got 2 x 2/);
  assert.throws(() => vision.shuffleChannels(x, { groups: 4 }), /expected channels to be a multiple of groups 4, got 6/);
  assert.throws(() => tf.sequential({ layers: [vision.groupedConv2dLayer({ inputShape: [4, 4, 6], filters: 4, groups: 4 })] }), /expected channels to be a multiple of groups 4, got 6/);
  assert.throws(() => vision.groupedConv2dLayer({ filters: 4, groups: 2, filter: 1 } as never), /unknown option: filter/);
  assert.throws(() => vision.depthwiseSeparable(tf.input({ shape: [1, 1, 4] }), { filters: 4, strides: 2 }), /expected maps of at least 2 x 2 before a stride of 2, got 1 x 1/);
  assert.throws(() => vision.invertedResidual(tf.input({ shape: [4] }), { filters: 4 }), /expected x as a symbolic tensor of \[height, width, channels\], got \[4\]/);
  assert.throws(() => vision.cnn({ inputShape: [4, 4, 1], classes: 2, filters: [4, 8, 16] }), /expected a picture of at least 8 x 8 for 3 stages, got 4 x 4/);
  assert.throws(() => vision.mobileNetV2({ inputShape: [28, 28, 3] }), /expected a picture of at least 32 x 32, got 28 x 28/);
});

test("a block adds its input where shapes allow, lets squeeze-and-excite weigh its channels, and a network of separable blocks is smaller than one of full ones", async () => {
  const { tf } = await loadEngine();
  const input = tf.input({ shape: [8, 8, 6] });
  const last = (output: SymbolicTensor) => tf.model({ inputs: input, outputs: output }).layers.at(-1)!.getClassName();
  assert.deepEqual([last(vision.invertedResidual(input, { filters: 6 })), last(vision.invertedResidual(input, { filters: 7 })), last(vision.invertedResidual(input, { filters: 6, strides: 2 }))], ["Add", "BatchNormalization", "BatchNormalization"]);
  const squeezed = tf.model({ inputs: input, outputs: vision.squeezeExcite(input, { reduction: 3 }) });
  const x = noise(tf, [1, 8, 8, 6]);
  const [out, back] = [read(squeezed.predict(x) as Tensor), Array.from(x.dataSync())];
  const factors = out.map((value, at) => value / back[at]!);
  assert.ok(factors.every((factor, at) => factor > 0 && factor < 1 && Math.abs(factor - factors[at % 6]!) < 1e-5));
  const [full, thin] = [vision.cnn({ inputShape: [32, 32, 3], classes: 4 }), vision.cnn({ inputShape: [32, 32, 3], classes: 4, kind: "separable" })];
  assert.ok(thin.countParams() < 0.5 * full.countParams());
  // At 0.999 a training of some hundred steps is judged by the statistics of its first weights, and a good network looks like chance.
  assert.ok(thin.layers.filter((layer) => layer.getClassName() === "BatchNormalization").every((layer) => layer.getConfig().momentum === 0.9));
  assert.deepEqual(read(vision.cnn({ inputShape: [8, 8, 1], classes: 2 }).predict(tf.ones([1, 8, 8, 1])) as Tensor), read(vision.cnn({ inputShape: [8, 8, 1], classes: 2 }).predict(tf.ones([1, 8, 8, 1])) as Tensor));
  x.dispose();
});

for (const tier of tiersHere.filter((name) => name !== "cpu")) {
  test(`on the ${tier} tier augmentation repeats by its seed, stays in the range, mirrors and moves exactly, and leaves no tensor`, async () => {
    const { tf } = await loadEngine({ tier });
    const images = tf.tidy(() => tf.sigmoid(noise(tf, [6, 8, 8, 3]))) as Tensor4D;
    const before = tf.memory().numTensors;
    const all: vision.AugmentOptions = { flip: "both", rotate: 30, shift: 0.2, crop: 0.7, brightness: 0.3, contrast: 0.4, saturation: 0.5, cutout: 3 };
    const [one, again, other] = [read(vision.augment(images, all)), read(vision.augment(images, all)), read(vision.augment(images, { ...all, seed: 2 }))];
    assert.deepEqual(one, again);
    assert.ok(largest(one, other) > 0.1);
    assert.ok(one.every((value) => value >= 0 && value <= 1));
    assert.deepEqual(read(vision.augment(images, {})), Array.from(images.dataSync()));
    // Each picture is itself or its mirror image, and both occur.
    const mirrored = read(vision.augment(images, { flip: "horizontal" }));
    const [plain, reversed] = [Array.from(images.dataSync()), read(tf.reverse(images, 2))];
    const kinds = [0, 1, 2, 3, 4, 5].map((at) => {
      const part = (values: number[]) => values.slice(at * 192, (at + 1) * 192);
      const near = [plain, reversed].map((values) => largest(part(values), part(mirrored)) < 1e-6);
      assert.ok(near[0] !== near[1]);
      return near[0];
    });
    assert.equal(new Set(kinds).size, 2);
    // A shift moves whole pixels: what is seen is in the picture, the rest is the fill.
    const seen = new Set(plain.map((value) => value.toFixed(5)));
    assert.ok(read(vision.augment(images, { shift: 0.4 })).every((value) => value === 0 || seen.has(value.toFixed(5))));
    const holes = read(vision.augment(tf.tidy(() => tf.onesLike(images)), { cutout: 3 }));
    assert.equal(holes.filter((value) => value === 0).length, 6 * 9 * 3);
    const bytes = tf.tidy(() => tf.mul(images, 255));
    assert.ok(largest(read(vision.augment(bytes, { ...all, range: [0, 255] })).map((value) => value / 255), one) < 1e-4);
    bytes.dispose();
    const mixed = vision.mixup({ images, labels: tf.tidy(() => tf.oneHot(tf.tensor1d([0, 1, 2, 0, 1, 2], "int32"), 3)) as Tensor });
    assert.ok(mixed.lambda >= 0 && mixed.lambda <= 1);
    const sums = read(tf.sum(mixed.labels, 1));
    assert.ok(sums.every((sum) => Math.abs(sum - 1) < 1e-6));
    tf.dispose([mixed.images, mixed.labels]);
    assert.equal(vision.augmentGrid(images, { ...all, pictures: 2, copies: 3 }).layout.images!.length, 8);
    // The ones and the one-hot labels are this test's.
    assert.equal(tf.memory().numTensors, before + 2);
    images.dispose();
  });
}

test("pictures of another shape or range, and wrong amounts, are named", async () => {
  const { tf } = await loadEngine();
  const x = tf.ones([2, 8, 8, 1]);
  assert.throws(() => vision.augment(tf.zeros([8, 8])), /expected images of shape \[pictures, height, width, 1 or 3\], got \[8, 8\]/);
  assert.throws(() => vision.augment(tf.fill([1, 8, 8, 1], 255)), /expected values from 0 to 1, got 255: divide them, or say range: \[0, 255\]/);
  assert.throws(() => vision.augment(tf.tensor4d([Number.NaN], [1, 1, 1, 1])), /expected values from 0 to 1, got NaN/);
  assert.throws(() => vision.augment(x, { cutout: 9 }), /expected cutout smaller than the picture of 8 x 8, got 9/);
  assert.throws(() => vision.augment(x, { saturation: 0.5 }), /expected saturation of colour pictures only, got pictures with 1 channel/);
  assert.throws(() => vision.augment(x, { crop: 0 }), /expected crop above 0 up to 1, got 0/);
  assert.throws(() => vision.augment(x, { flip: "left" as never }), /unknown flip: left/);
  assert.throws(() => vision.mixup({ images: x, labels: tf.tensor1d([0, 1]) }), /expected labels of shape \[2, classes\], got \[2\]: one-hot them/);
  assert.throws(() => vision.mixup({ images: x, labels: tf.zeros([2, 2]) }, { alpha: 0 }), /expected alpha > 0, got 0/);
});

/** Pictures of 8 x 8 with strokes in one of four directions. */
function strokes(tf: typeof import("@tensorflow/tfjs"), kinds: readonly number[], count: number, seed: number): { images: Tensor; labels: number[] } {
  const noisy = Array.from(tf.tidy(() => noise(tf as never, [count, 64], seed).mul(0.1)).dataSync());
  const labels = Array.from({ length: count }, (_, at) => at % kinds.length);
  const values = noisy.map((value, at) => {
    const [picture, pixel] = [Math.floor(at / 64), at % 64];
    const [x, y] = [pixel % 8, Math.floor(pixel / 8)];
    const place = (picture * 5) % 8;
    const on = [x === place, y === place, (x + y) % 8 === place, (x - y + 8) % 8 === place][kinds[labels[picture]!]!];
    return Math.min(1, Math.max(0, value + (on ? 0.8 : 0.1)));
  });
  return { images: tf.tensor(values, [count, 8, 8, 1]), labels };
}

test("three lines teach a network that knows two directions two others: its features are computed once, the backbone stays, fine-tuning changes only its end, and heat maps work", async () => {
  const { tf } = await loadEngine();
  const old = strokes(tf, [0, 1], 96, 1);
  const backbone = settle(tf, tf.sequential({ layers: [tf.layers.conv2d({ inputShape: [8, 8, 1], filters: 12, kernelSize: 3, activation: "relu", name: "eye" }), tf.layers.conv2d({ filters: 12, kernelSize: 3, activation: "relu", name: "brain" }), tf.layers.globalAveragePooling2d({}), tf.layers.dense({ units: 2 })] }));
  const adam = tf.train.adam(0.01);
  const truth = tf.oneHot(tf.tensor1d(old.labels, "int32"), 2);
  await nn.fit(backbone, { x: old.images, y: truth }, { loss: tf.losses.softmaxCrossEntropy, optimizer: adam, epochs: 8, progress: false });
  const values = (layer: string) => Array.from(backbone.getLayer(layer).getWeights()[0]!.dataSync());
  const [eye, brain] = [values("eye"), values("brain")];
  const data = strokes(tf, [2, 3], 64, 2);
  const held = strokes(tf, [2, 3], 32, 3);
  const names = data.labels.map((label) => ["up", "down"][label]!);
  const before = tf.memory().numTensors;

  const learner = vision.transfer(backbone, { classes: ["up", "down"], dropout: 0 });
  const { history } = await learner.fit({ images: data.images, labels: names }, { epochs: 40, progress: false });
  assert.ok(history["accuracy"]!.at(-1)! > 0.85, String(history["accuracy"]!.at(-1)));
  assert.ok(learner.accuracy(held) > 0.8, String(learner.accuracy(held)));
  assert.deepEqual([values("eye"), values("brain")], [eye, brain]);
  const [first] = learner.classify(held.images);
  assert.ok(["up", "down"].includes(first!.label) && Math.abs(first!.probabilities["up"]! + first!.probabilities["down"]! - 1) < 1e-6);
  const more = await learner.fit({ images: data.images, labels: names }, { epochs: 2, progress: false, validation: 0.25, augment: { shift: 0.1 }, copies: 1 });
  assert.ok(more.history["val_accuracy"]!.length === 2);
  const tuned = await learner.fineTune({ images: data.images, labels: data.labels }, { epochs: 4, layers: 1, learningRate: 1e-3, progress: false });
  assert.ok(tuned.history["loss"]!.at(-1)! < tuned.history["loss"]![0]!);
  assert.deepEqual(values("eye"), eye);
  assert.ok(largest(values("brain"), brain) > 1e-4);
  assert.equal(vision.activationMaps(learner.model!, tf.tidy(() => tf.slice(held.images, 0, 1)), { layer: "brain" }).shape[2], 12);
  assert.deepEqual(vision.receptiveField(learner.model!).map(({ size }) => size?.[0] ?? null), [3, 5, null, null]);
  const heat = await explain.gradCam(learner.model!, tf.tidy(() => tf.slice(held.images, 0, 1)) as never, { output: 0, layer: "brain" });
  assert.deepEqual([...heat.shape], [8, 8]);
  learner.dispose();
  // The slices are this test's.
  assert.equal(tf.memory().numTensors, before + 2);
  adam.dispose();
  backbone.dispose();
});

test("a backbone that is only a function gives features too, and what does not fit is named", async () => {
  const { tf } = await loadEngine();
  const data = strokes(tf, [0, 1], 32, 4);
  const w = tf.variable(noise(tf, [64, 16])) as Variable;
  const learner = vision.transfer({ predict: (x: Tensor) => tf.relu(tf.matMul(tf.reshape(x, [-1, 64]) as never, w as never)), variables: [w] }, { classes: 2, dropout: 0 });
  await learner.fit({ images: data.images, labels: data.labels }, { epochs: 25, progress: false });
  assert.ok(learner.accuracy(data) > 0.8);
  assert.equal(learner.model, undefined);
  await assert.rejects(learner.fineTune(data, { progress: false }), /expected a LayersModel as backbone for fineTune/);
  learner.dispose();
  const backbone = tf.sequential({ layers: [tf.layers.conv2d({ inputShape: [8, 8, 1], filters: 2, kernelSize: 3 }), tf.layers.flatten(), tf.layers.dense({ units: 2 })] });
  assert.throws(() => vision.transfer(backbone, { classes: ["one"] }), /expected at least 2 classes, got 1/);
  assert.throws(() => vision.transfer(backbone, { classes: ["a", "a"] }), /expected classes with different names, got "a" twice/);
  assert.throws(() => vision.transfer(backbone, { classes: 2, layer: "deep" }), /unknown layer: deep \(known: /);
  const two = vision.transfer(backbone, { classes: ["a", "b"] });
  await assert.rejects(two.fit({ images: tf.zeros([2, 8, 8]), labels: ["a", "b"] }), /expected images of shape \[pictures, 8, 8, 1\], got \[2, 8, 8\]/);
  await assert.rejects(two.fit({ images: tf.zeros([2, 8, 8, 1]), labels: ["a"] }), /expected labels of 2 pictures, got 1/);
  await assert.rejects(two.fit({ images: tf.zeros([2, 8, 8, 1]), labels: ["a", "c"] }), /unknown label: c of picture 1 \(known: a, b\)/);
});

test("what a layer sees is what its values depend on, and its maps are its answers", async () => {
  const { tf } = await loadEngine();
  const model = tf.sequential({ layers: [
    tf.layers.conv2d({ inputShape: [24, 24, 1], filters: 1, kernelSize: 3, dilationRate: 2, kernelInitializer: "ones", name: "a" }), tf.layers.maxPooling2d({ poolSize: 2 }),
    tf.layers.conv2d({ filters: 1, kernelSize: 3, strides: 2, kernelInitializer: "ones", name: "b" }), tf.layers.conv2d({ filters: 2, kernelSize: 2, kernelInitializer: "ones", name: "c" }),
  ] }) as LayersModel;
  const fields = vision.receptiveField(model);
  for (const name of ["a", "b", "c"]) {
    const part = tf.model({ inputs: model.inputs, outputs: model.getLayer(name).output as SymbolicTensor });
    // One value depends on as many pixels as the gradient reaches, where averages take the place of maxima: random pictures, many of them.
    const reach = tf.tidy(() => {
      const x = tf.abs(noise(tf, [40, 24, 24, 1])) as Tensor;
      const slopes = tf.grad((given: Tensor) => tf.sum(tf.slice(part.apply(given) as Tensor, [0, 0, 0, 0], [40, 1, 1, 1])))(x);
      return tf.max(tf.sum(tf.abs(slopes), 0), 1).dataSync() as never;
    }) as unknown as Float32Array;
    const rows = Array.from(reach, (value, at) => (value > 0 ? at : -1)).filter((at) => at >= 0);
    assert.equal(fields.find(({ layer }) => layer === name)!.size![0], Math.max(...rows) - Math.min(...rows) + 1, name);
  }
  assert.deepEqual([...fields.at(-1)!.stride!], [4, 4]);
  const image = noise(tf, [24, 24, 1]);
  const maps = vision.activationMaps(model, image, { layer: "c" });
  assert.deepEqual([...maps.values], read(model.predict(image.reshape([1, 24, 24, 1])) as Tensor));
  assert.equal(maps.plot().layout.images!.length, 2);
  // Maps of values above 1, and none below 0, use the whole range from black to white: bytes they are not.
  const bright = vision.activationMaps(tf.sequential({ layers: [tf.layers.conv2d({ inputShape: [2, 1, 1], filters: 2, kernelSize: 1, useBias: false, weights: [tf.tensor4d([3, 1], [1, 1, 1, 2])] })] }), tf.tensor3d([0, 1], [2, 1, 1])).plot();
  const greys = bright.layout.images!.map(({ source }) => decode(Buffer.from(source.split(",")[1]!, "base64")).data);
  assert.deepEqual(greys.map((grey) => [Math.min(...grey), grey[0], grey[grey.length - grey.length / 2]]), [[0, 0, 255], [0, 0, 85]]);
  assert.throws(() => vision.activationMaps(model, tf.zeros([2, 24, 24, 1])), /expected a picture of shape \[24, 24, 1\], got \[2, 24, 24, 1\]/);
  assert.throws(() => vision.activationMaps(model, image, { layer: "z" }), /unknown layer: z \(known: a, /);
  const recurrent = tf.sequential({ layers: [tf.layers.lstm({ inputShape: [3, 2], units: 2, name: "memory" })] });
  assert.throws(() => vision.receptiveField(recurrent), /unsupported layer: memory \(LSTM\)/);
  assert.ok(vision.receptiveField(vision.mobileNetV2({ inputShape: [32, 32, 3], classes: 2, width: 0.1 })).at(-1)!.size === null);
});

test("a network begins with the same weights for the same seed, separable blocks included, and with others for another seed", async () => {
  const { tf } = await loadEngine({ tier: tiersHere[0]! });
  const weightsOf = (kind: "standard" | "separable", seed: number) => tf.tidy(() => vision.cnn({ inputShape: [8, 8, 1], classes: 2, kind, seed }).getWeights().map((weight) => Array.from(weight.dataSync())));
  for (const kind of ["standard", "separable"] as const) {
    assert.deepEqual(weightsOf(kind, 3), weightsOf(kind, 3), kind);
    assert.notDeepEqual(weightsOf(kind, 3), weightsOf(kind, 4), kind);
  }
});
