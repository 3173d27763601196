import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import type { Optimizer, Tensor, Tensor2D } from "@tensorflow/tfjs";
import { loadEngine } from "../../../../kernel/engine/index.js";
import * as nn from "../../../../kernel/helpers/nn/index.js";
import { sample, tiersHere } from "../../engine/support.js";

const fast = tiersHere[0]!;
const quiet = { progress: false } as const;

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), "lyceum-training-"));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const child = (...args: string[]) => new Promise<{ signal: string | null; stdout: string; stderr: string }>((resolve) => {
  execFile(process.execPath, [fileURLToPath(new URL("./training-resume-child.js", import.meta.url)), ...args], { maxBuffer: 1e7 }, (error, stdout, stderr) => resolve({ signal: error?.signal ?? null, stdout, stderr }));
});

interface Told {
  weights: string;
  history: Record<string, number[]>;
  steps: number;
}

test("a training killed by SIGKILL again and again, in the middle of an epoch, ends with the same weights as one that was not, bit for bit", async (t) => {
  const path = folder(t);
  const run = async (name: string, compile: boolean, kills: number[]): Promise<Told> => {
    for (const at of kills) {
      const { signal, stderr } = await child(join(path, name), fast, String(compile), String(at));
      assert.equal(signal, "SIGKILL", stderr);
    }
    const { stdout, stderr } = await child(join(path, name), fast, String(compile), "0");
    assert.notEqual(stdout, "", stderr);
    return JSON.parse(stdout.trim().split("\n").at(-1)!) as Told;
  };
  const whole = await run("whole.safetensors", false, []);
  const torn = await run("torn.safetensors", false, [5, 22]);
  assert.equal(torn.weights, whole.weights);
  assert.deepEqual(torn.history, whole.history);
  assert.equal(whole.steps, 40);
  const compiled = await run("compiled.safetensors", true, [13]);
  const [one, other] = [whole.weights, compiled.weights].map((text) => nn.fromSafetensors(new Uint8Array(Buffer.from(text, "base64"))));
  for (const [at, { values }] of one!.tensors.entries()) (values as Float32Array).forEach((value, place) => assert.ok(Math.abs(value - (other!.tensors[at]!.values[place] as number)) < 1e-4));
  assert.deepEqual(readdirSync(path).filter((name) => name.endsWith(".new")), [], "no half file is left");
});

test("a checkpoint in memory goes on; one of other data, batches or optimiser is refused by name, and so is a file of something else", async () => {
  const { tf } = await loadEngine({ tier: fast });
  const data = { x: sample(tf, [20, 2], 1), y: sample(tf, [20, 1], 2) };
  let kept: Uint8Array | undefined;
  const checkpoint = { write: (bytes: Uint8Array) => void (kept = bytes), read: () => kept };
  const train = async (options: Partial<nn.FitOptions>, optimizer: Optimizer = tf.train.adam(0.1)) => {
    const w = tf.tidy(() => tf.variable(tf.ones([2, 1])));
    const result = await nn.fit({ predict: (x: Tensor) => tf.matMul(x as Tensor2D, w as never), variables: [w] }, data, { ...quiet, loss: "meanSquaredError", optimizer, batchSize: 4, checkpoint, compile: false, ...options });
    const values = Array.from(w.dataSync());
    tf.dispose(w);
    optimizer.dispose();
    return { ...result, values };
  };
  const whole = await train({ epochs: 6 });
  await train({ epochs: 2 });
  const before = tf.memory().numTensors;
  const rest = await train({ epochs: 6, resume: true });
  assert.equal(tf.memory().numTensors, before);
  assert.deepEqual(rest.values, whole.values);
  assert.deepEqual(rest.history, whole.history);
  const again = await train({ epochs: 6, resume: true });
  assert.deepEqual([again.epochs, again.values], [6, whole.values]);

  await assert.rejects(train({ epochs: 6, resume: true, batchSize: 5 }), /expected batchSize 4 as in the checkpoint, got 5/);
  await assert.rejects(train({ epochs: 6, resume: true, seed: 2 }), /expected seed 1 as in the checkpoint, got 2/);
  await assert.rejects(train({ epochs: 6, resume: true }, tf.train.sgd(0.1)), /expected an optimizer with accBeta1 of shape \[\] as in the checkpoint, got SGDOptimizer/);
  kept = nn.toSafetensors([]);
  await assert.rejects(train({ epochs: 6, resume: true }), /expected a checkpoint of nn.fit in the checkpoint, got other safetensors/);
  kept = undefined;
  assert.equal((await train({ epochs: 1, resume: true })).epochs, 1);
  await assert.rejects(train({ checkpoint: {} }), /expected checkpoint as a path or \{ write, read \}, got neither/);
  tf.dispose(data);
});

test("training on from a checkpoint has the moments of every optimiser", async () => {
  const { tf } = await loadEngine({ tier: fast });
  const data = { x: sample(tf, [20, 2], 1), y: sample(tf, [20, 1], 2) };
  for (const make of [() => tf.train.momentum(0.05, 0.9), () => tf.train.adam(0.1), () => nn.adamw(0.1) as Optimizer, () => tf.train.rmsprop(0.01, 0.9, 0.5, 1e-7, true), () => tf.train.adagrad(0.1), () => tf.train.adadelta(0.1), () => tf.train.adamax(0.1)]) {
    let kept: Uint8Array | undefined;
    const train = async (epochs: number, resume: boolean) => {
      const w = tf.tidy(() => tf.variable(tf.ones([2, 1])));
      const optimizer = make();
      await nn.fit({ predict: (x: Tensor) => tf.matMul(x as Tensor2D, w as never), variables: [w] }, data, { ...quiet, loss: "meanSquaredError", optimizer, epochs, batchSize: 7, checkpoint: { write: (bytes) => void (kept = bytes), read: () => kept }, resume, compile: false });
      const values = Array.from(w.dataSync());
      tf.dispose(w);
      optimizer.dispose();
      return values;
    };
    const whole = await train(4, false);
    await train(2, false);
    assert.deepEqual(await train(4, true), whole, make().constructor.name);
  }
  tf.dispose(data);
});

test("nn.save and nn.load bring weights and moments back, by name and shape; what does not fit changes nothing", async (t) => {
  const { tf } = await loadEngine({ tier: fast });
  const path = join(folder(t), "deep", "model.safetensors");
  const build = (units = 4) => tf.sequential({ layers: [tf.layers.dense({ units, activation: "relu", inputShape: [3] }), tf.layers.batchNormalization(), tf.layers.dense({ units: 1 })] });
  const model = build();
  const data = { x: sample(tf, [20, 3], 1), y: sample(tf, [20, 1], 2) };
  const optimizer = tf.train.adam(0.01);
  await nn.fit(model, data, { ...quiet, loss: "meanSquaredError", optimizer, epochs: 2 });
  const bytes = nn.save(model, path, { optimizer, metadata: { about: "a test" } });
  assert.deepEqual(new Uint8Array(readFileSync(path)), bytes);
  const [other, fresh] = [build(), tf.train.adam(0.01)];
  const before = tf.memory().numTensors;
  assert.deepEqual(nn.load(other, path).metadata, { about: "a test" });
  assert.equal(tf.memory().numTensors, before);
  assert.deepEqual(nn.weights(other), nn.weights(model));
  assert.deepEqual(nn.weights(model).map(({ name }) => name), ["0.kernel", "0.bias", "1.gamma", "1.beta", "1.moving_mean", "1.moving_variance", "2.kernel", "2.bias"]);
  nn.load(other, path, { optimizer: fresh });
  assert.equal(fresh.iterations, optimizer.iterations);
  for (const [one, fit] of [[model, optimizer], [other, fresh]] as const) await nn.fit(one, data, { ...quiet, loss: "meanSquaredError", optimizer: fit, epochs: 1, compile: false });
  assert.deepEqual(nn.weights(other), nn.weights(model));

  const kept = nn.weights(other);
  const small = build(3);
  assert.throws(() => nn.load(small, path), /expected 0.kernel of shape \[3,3\] in .*model.safetensors, got \[3,4\]/);
  assert.throws(() => nn.load(tf.sequential({ layers: [tf.layers.dense({ units: 4, inputShape: [3] })] }), path), /expected 2 weights in .*, got 8/);
  assert.throws(() => nn.load(other, `${path}.none`), /expected a file at .*none, got none/);
  assert.throws(() => nn.load(other, nn.save(other), { optimizer: fresh }), /expected an optimizer's state in the bytes, got weights alone/);
  for (const cut of [3, 40, bytes.length - 1]) {
    writeFileSync(path, bytes.subarray(0, cut));
    assert.throws(() => nn.load(other, path), /expected (a safetensors file, got|bytes \d+ to \d+ of .* the file is cut off)/);
  }
  assert.deepEqual(nn.weights(other), kept);
});

test("safetensors in half precision: rounded as nn.roundTo rounds, to even; what is too large is named", () => {
  const values = Float32Array.from([0, -0, 1, 1 / 3, 65504, 65519, -1e-8, 2 ** -24, 3 * 2 ** -25, 2 ** -25, 2 ** -14, 2047.5, 2048.5, 2049, 2051, -0.1, Number.POSITIVE_INFINITY, Number.NaN, ...Array.from({ length: 500 }, (_, at) => (Math.sin(at) * 2 ** ((at % 40) - 26)))]);
  const [back] = nn.fromSafetensors(nn.toSafetensors([{ name: "w", shape: [values.length], values, dtype: "F16" }])).tensors;
  // roundTo gives 0 where the format keeps a sign.
  const plain = (numbers: ArrayLike<number | bigint>) => Array.from(numbers, (value) => Number(value) + 0);
  assert.deepEqual([back!.dtype, plain(back!.values)], ["F16", plain(nn.roundTo(values, "float16"))]);
  assert.throws(() => nn.toSafetensors([{ name: "w", shape: [2], values: Float32Array.of(1, 65520), dtype: "F16" }]), /expected w between -65504 and 65504 for F16, got 65520 at index 1/);
});

test("safetensors: any arrays come back as they were; every damage is named", () => {
  const tensors: nn.SafeTensor[] = [
    { name: "b", shape: [3], values: new Int32Array([1, -2, 3]) }, { name: "a", shape: [2, 2], values: new Float32Array([1, Number.NaN, Number.POSITIVE_INFINITY, -0]) },
    { name: "wide", shape: [1], values: new Float64Array([Math.PI]) }, { name: "none", shape: [0, 4], values: new Float32Array(0) }, { name: "学习", shape: [], values: new BigInt64Array([2n ** 60n]) },
    { name: "mask", shape: [2], values: new Uint8Array([1, 0]), dtype: "BOOL" },
  ];
  const bytes = nn.toSafetensors(tensors, { note: "ok" });
  const back = nn.fromSafetensors(bytes);
  for (const { name, shape, values } of tensors) {
    const found = back.tensors.find((one) => one.name === name)!;
    assert.deepEqual([found.shape, found.values], [shape, values]);
  }
  assert.equal(Number(new DataView(bytes.buffer).getBigUint64(0, true)) % 8, 0, "numbers start at a multiple of 8");
  assert.throws(() => nn.toSafetensors([{ name: "w", shape: [2, 3], values: new Float32Array(5) }]), /expected 6 values in w for shape \[2,3\], got 5/);
  assert.throws(() => nn.toSafetensors([tensors[0]!, tensors[0]!]), /expected names that differ, got b twice/);
  assert.throws(() => nn.toSafetensors([{ name: "w", shape: [1], values: [1] as never }]), /expected values of w as a typed array/);
  const header = (words: string) => {
    const text = new TextEncoder().encode(words);
    const file = new Uint8Array(8 + text.length);
    new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
    file.set(text, 8);
    return file;
  };
  for (const [file, pattern] of [
    [new Uint8Array(3), /got 3 bytes/], [new TextEncoder().encode("not a tensor at all"), /got a header of \d+ bytes/], [header("{"), /a header that is not JSON/],
    [header('{"w":{"dtype":"F8","shape":[1],"data_offsets":[0,1]}}'), /unknown type of w: F8/], [header('{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}'), /expected 8 bytes of w for shape \[2\], got places 0 to 4/],
    [header('{"w":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}'), /expected a shape of w, got \[-1\]/], [header('{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}'), /expected bytes 0 to 4 of w, got 0 in all: the file is cut off/],
  ] as const) assert.throws(() => nn.fromSafetensors(file), pattern);
});

test("safetensors in half precision: every half number comes back as it was, others as the nearest", () => {
  const all = Uint16Array.from({ length: 65536 }, (_, bits) => bits);
  const head = new TextEncoder().encode(JSON.stringify({ x: { dtype: "F16", shape: [65536], data_offsets: [0, 131072] } }));
  const file = new Uint8Array(8 + head.length + 131072);
  new DataView(file.buffer).setBigUint64(0, BigInt(head.length), true);
  file.set(head, 8);
  file.set(new Uint8Array(all.buffer), 8 + head.length);
  const [numbers] = nn.fromSafetensors(file).tensors;
  const again = nn.fromSafetensors(nn.toSafetensors([{ ...numbers!, dtype: "F16" }])).tensors[0]!;
  assert.deepEqual([again.dtype, again.values], ["F16", numbers!.values]);
  const buffer = Buffer.from(nn.toSafetensors([{ name: "x", shape: [2], values: Float32Array.of(1, 2), dtype: "F16" }, { name: "y", shape: [1], values: Float32Array.of(3) }]));
  assert.deepEqual(nn.fromSafetensors(buffer).tensors.map(({ values }) => Array.from(values as Float32Array)), [[3], [1, 2]], "a Buffer of Node is read as any bytes");
  const half = (values: number[]) => Array.from(nn.fromSafetensors(nn.toSafetensors([{ name: "x", shape: [values.length], values: Float32Array.from(values), dtype: "F16" }])).tensors[0]!.values as Float32Array);
  // Between 1 and 1 + 2^-10 the middle goes to the even neighbour; what rounds beyond 65,504 is refused.
  assert.deepEqual(half([1 + 2 ** -11, 1 + 3 * 2 ** -11, 0.1, 65519, 2 ** -25, 3 * 2 ** -26, 2 - 2 ** -20]), [1, 1 + 2 ** -9, 0.0999755859375, 65504, 0, 2 ** -24, 2]);
  assert.throws(() => nn.toSafetensors([{ name: "w", shape: [1], values: Float64Array.of(1), dtype: "F16" }]), /expected values of w as a typed array/);
});
