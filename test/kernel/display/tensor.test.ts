import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { unzlibSync } from "fflate";
import * as tf from "@tensorflow/tfjs";
import { toBundle } from "../../../kernel/display/index.js";
import { readValues } from "../../../kernel/display/tensor/read.js";
import { statistics } from "../../../kernel/display/tensor/statistics.js";

const views = async (value: unknown) => (await toBundle(value)).data as Record<string, string>;
let before_ = 0;

before(async () => {
  await tf.setBackend("cpu");
  before_ = tf.memory().numTensors;
});
after(() => tf.disposeVariables());

test("a tensor tells its shape, type, memory, statistics and what is not a number", async () => {
  const t = tf.tensor1d([1, 2, 3, NaN, Infinity]);
  assert.equal((await views(t))["text/plain"], [
    "Tensor float32 [5], 5 values, 20 B", "min 1, mean 2, max 3, std 0.8165, 1 NaN, 1 infinite", "[1, 2, 3, NaN, Infinity]",
  ].join("\n"));
  t.dispose();
});

test("statistics keep their digits for values far from zero", () => {
  const { mean, std } = statistics([1e9 + 1, 1e9 + 2, 1e9 + 3]);
  assert.equal(mean, 1e9 + 2);
  assert.ok(Math.abs(std - Math.sqrt(2 / 3)) < 1e-9);
});

test("a small matrix is a table of coloured cells whose text reads on its own background", async () => {
  const t = tf.tensor2d([[1, 2, 3], [4, 5, 6.5]]);
  const html = (await views(t))["text/html"];
  assert.match(html, /<caption>Tensor\sfloat32\s\[2,\s3\]/);
  assert.equal(html.match(/<th scope="col"/g)?.length, 3);
  assert.equal(html.match(/<th scope="row"/g)?.length, 2);
  assert.match(html, /bgcolor="#440154"><font color="#ffffff">1</);
  assert.match(html, /bgcolor="#fde725"><font color="#000000">6.5</);
  t.dispose();
});

test("a tensor of pictures is shown as one picture, in its own colours", async () => {
  const red = tf.tensor3d(Array.from({ length: 8 * 8 }, () => [1, 0, 0]).flat(), [8, 8, 3]);
  const many = tf.randomUniform([10, 28, 28, 1], 0, 255);
  const data = await views(red);
  const { width, pixels } = decode(data["image/png"]);
  assert.ok(width >= 56);
  assert.deepEqual([...pixels.subarray(1, 4)], [255, 0, 0]);
  assert.match(data["text/html"], /<img [^>]*alt="Tensor float32 \[8, 8, 3\] as a picture; black 0, white 1"/);
  assert.match((await views(many))["text/html"], /10 images; black 0, white 255/);
  tf.dispose([red, many]);
});

/** Width and the decompressed lines of a PNG: each a filter byte, then the pixels. */
function decode(png: string): { width: number; pixels: Uint8Array } {
  const bytes = Buffer.from(png, "base64");
  const start = bytes.indexOf("IDAT") + 4;
  return { width: bytes.readUInt32BE(16), pixels: unzlibSync(bytes.subarray(start, start + bytes.readUInt32BE(start - 8))) };
}

test("a disposed tensor says so instead of failing, also inside other values", async () => {
  const t = tf.tensor1d([1]);
  t.dispose();
  assert.match((await views(t))["text/plain"], /^Tensor float32 \[1\] \(disposed\)\ndisposed: its memory was given back/);
  assert.equal((await views([t]))["text/plain"], "[ Tensor float32 [1] (disposed) ]");
});

test("a variable is named, text and boolean tensors show their values", async () => {
  const v = tf.variable(tf.ones([2]), true, "weights");
  assert.match((await views(v))["text/plain"], /^Variable "weights" float32 \[2\]/);
  assert.match((await views(tf.tensor(["a", "b"])))["text/plain"], /\['a', 'b'\]$/);
  assert.match((await views(tf.tensor([true, false])))["text/plain"], /\[true, false\]$/);
  assert.match((await views(tf.complex([1, 2], [3, -4])))["text/plain"], /\[1 \+ 3i, 2 - 4i\]$/);
});

test("a large tensor is only sampled, and the text says so", async () => {
  const t = tf.fill([3000, 2000], 2);
  const { "text/plain": text } = await views(t);
  assert.match(text, /^Tensor float32 \[3000, 2000\], 6,000,000 values, 22\.89 MiB\nmin 2, mean 2, max 2, std 0 \(from every 60th value\)$/);
  const read = readValues(t, 1000);
  assert.ok(typeof read !== "string" && read.values.length === 100_000 && read.every === 60);
  t.dispose();
});

test("a model is a table of its layers with shapes and parameters", async () => {
  const model = tf.sequential({ name: "tiny", layers: [tf.layers.dense({ units: 3, inputShape: [2], name: "hidden" }), tf.layers.dense({ units: 1, trainable: false, name: "out" })] });
  const data = await views(model);
  assert.match(data["text/plain"], /^Model tiny: 2 layers, 13 parameters, 9 trainable\n/);
  assert.match(data["text/plain"], /hidden\s+Dense\s+\[batch, 3\]\s+9\n/);
  assert.match(data["text/html"], /<th scope="row"[^>]*><div align="left">out</);
  assert.equal((await views({ model }))["text/plain"], `{ model: Sequential "tiny" (2 layers) }`);
  model.dispose();
});

test("showing leaves no tensor behind", async () => {
  const t = tf.randomUniform([2100, 2100]);
  const n = tf.memory().numTensors;
  await toBundle(t);
  await toBundle([t, { t }]);
  assert.equal(tf.memory().numTensors, n);
  t.dispose();
  assert.ok(n > before_);
});
