import assert from "node:assert/strict";
import { test } from "node:test";
import type { Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../../../../kernel/engine/contract.js";
import { loadEngine } from "../../../../kernel/engine/index.js";
import type { ExampleGradientAttrs, Part } from "../../../../kernel/engine/wasm/example-gradients/contract.js";
import { ghostIsCheaper } from "../../../../kernel/engine/wasm/example-gradients/outer.js";
import { assertClose, on, sample } from "../support.js";

/** A parameter: what the kernel is told of it, and its gradients [B, ...shape] by ordinary operations. */
interface Case {
  part: Part;
  shape: number[];
  inputs: Record<string, Tensor>;
  gradients: Tensor;
}

const weights = [0.5, -2, 0, 3, 0.25];
const batch = weights.length;

function outer(tf: TensorFlowJs, positions: number, m: number, n: number, finite: boolean): Case {
  const [left, right] = [sample(tf, [batch, positions, m], m), sample(tf, [batch, positions, n], n + 1)];
  return { part: { kind: "outer", left: "left", right: "right", finite }, shape: [m, n], inputs: { left, right }, gradients: tf.matMul(left, right, true) };
}

function windows(tf: TensorFlowJs, size: [number, number], filter: [number, number, number, number], strides: [number, number], dilations: [number, number], pad: "same" | "valid"): Case {
  const x = sample(tf, [batch, ...size, filter[2]]) as Tensor4D;
  const shape = tf.conv2d(x, tf.zeros(filter) as Tensor4D, strides, pad, "NHWC", dilations).shape;
  const dy = sample(tf, shape, 2) as Tensor4D;
  const one = (example: number) => tf.grad((kernel: Tensor) => tf.sum(tf.mul(dy.slice([example], [1]), tf.conv2d(x.slice([example], [1]), kernel as Tensor4D, strides, pad, "NHWC", dilations))))(tf.zeros(filter));
  return {
    part: { kind: "windows", x: "x", right: "right", window: { filterShape: filter, strides, dilations, pad }, finite: false }, shape: filter,
    inputs: { x, right: dy.reshape([batch, -1, filter[3]]) }, gradients: tf.stack(weights.map((_, example) => one(example))),
  };
}

function rows(tf: TensorFlowJs, positions: number, count: number, n: number): Case {
  // Some ids come twice, and one lies outside the table.
  const ids = tf.tensor2d(Array.from({ length: batch * positions }, (_, at) => (at * at) % (count + 1)), [batch, positions], "int32");
  const right = sample(tf, [batch, positions, n]);
  const hot = tf.oneHot(ids.reshape([-1]) as Tensor1D, count + 1).toFloat().reshape([batch, positions, count + 1]).slice([0, 0, 0], [batch, positions, count]);
  return { part: { kind: "rows", ids: "ids", right: "right" }, shape: [count, n], inputs: { ids, right }, gradients: tf.matMul(hot as Tensor3D, right as Tensor3D, true) };
}

function summed(tf: TensorFlowJs, positions: number, n: number): Case {
  const value = sample(tf, [batch, positions, n]);
  return { part: { kind: "summed", value: "value" }, shape: [n], inputs: { value }, gradients: tf.sum(value, 1) };
}

const cases = (tf: TensorFlowJs): Case[] => [
  ...[1, 2, 3, 9].flatMap((positions) => [[1, 1], [5, 3], [4, 8], [9, 17], [33, 70]].flatMap(([m, n]) => [outer(tf, positions, m!, n!, true), outer(tf, positions, m!, n!, false)])),
  windows(tf, [6, 5], [3, 2, 1, 4], [1, 1], [1, 1], "same"), windows(tf, [6, 5], [3, 2, 2, 3], [2, 1], [1, 1], "valid"), windows(tf, [1, 7], [1, 3, 2, 5], [1, 1], [1, 2], "same"), windows(tf, [2, 2], [2, 2, 9, 30], [1, 1], [1, 1], "valid"),
  rows(tf, 6, 4, 5), rows(tf, 1, 3, 1), summed(tf, 1, 7), summed(tf, 4, 5), summed(tf, 3, 16),
];

/** All cases in one call. */
function run(tf: TensorFlowJs, given: Case[], weigh: ExampleGradientAttrs["weigh"], plus?: Tensor1D): Tensor[] {
  const inputs: Record<string, Tensor> = plus ? { plus } : {};
  const parts = given.map(({ part, inputs: own }, at) => {
    for (const [name, tensor] of Object.entries(own)) inputs[`${name}${at}`] = tensor;
    return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, key !== "kind" && typeof value === "string" ? `${value}${at}` : value])) as unknown as Part;
  });
  return tf.engine().runKernel("ExampleGradientSum", inputs, { parts, shapes: given.map(({ shape }) => shape), weigh } as never) as Tensor[];
}

const weighted = (tf: TensorFlowJs, { gradients, shape }: Case): Tensor => tf.matMul(tf.tensor2d(weights, [1, batch]), gradients.reshape([batch, -1]) as Tensor2D).reshape(shape);
const flatSize = (given: Case[]): number => given.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);

test("norms and weighted sums of all kinds of parameters, in one call, equal the gradients made one by one", async () => {
  const actual = await on("wasm", (tf) => {
    const given = cases(tf);
    return run(tf, given, (_, example) => given.map(() => weights[example]!), sample(tf, [flatSize(given)], 7) as Tensor1D);
  });
  const expected = await on("cpu", (tf) => {
    const given = cases(tf);
    const noise = tf.split(sample(tf, [flatSize(given)], 7), given.map(({ shape }) => shape.reduce((a, b) => a * b, 1)));
    return [...given.map((one, at) => weighted(tf, one).add(noise[at]!.reshape(one.shape))), tf.stack(given.map(({ gradients }) => tf.sum(tf.square(gradients.reshape([batch, -1])), 1)))];
  });
  assertClose(actual, expected, 1e-5, "example gradients");
});

test("both ways to a norm are tried above", () => {
  assert.deepEqual([[1, 5, 3], [2, 33, 70], [9, 33, 70], [9, 9, 17], [9, 5, 3]].map(([positions, m, n]) => ghostIsCheaper(positions!, m!, n!)), [true, true, true, false, false]);
});

test("an example without a weight leaves no trace, whatever its gradient holds", async () => {
  const sums = (spoil: number | undefined) => on("wasm", (tf) => {
    // Example 2 counts for nothing; spoiled, it is not even a number. Ids are left alone.
    const keep = tf.tensor1d([1, 1, 0, 1, 1]);
    const spoiled = (tensor: Tensor) => (spoil === undefined || tensor.dtype !== "float32" ? tensor : tf.where(tf.greater(tf.add(tf.zeros(tensor.shape), keep.reshape([-1, ...tensor.shape.slice(1).map(() => 1)])), 0), tensor, tf.fill(tensor.shape, spoil)));
    const given = cases(tf).filter(({ part }) => !("finite" in part && part.finite)).map((one) => ({ ...one, inputs: Object.fromEntries(Object.entries(one.inputs).map(([name, tensor]) => [name, spoiled(tensor)])) }));
    return run(tf, given, (_, example) => (example === 2 ? undefined : given.map(() => weights[example]!))).slice(0, -1);
  });
  const clean = await sums(undefined);
  for (const spoil of [Number.NaN, Number.POSITIVE_INFINITY]) assert.deepEqual(await sums(spoil), clean);
});

test("a norm that is infinite or not a number is told as such", async () => {
  const [, squared] = await on("wasm", (tf) => {
    const left = tf.tensor3d([[[1, Number.NaN]], [[Number.POSITIVE_INFINITY, 1]], [[1, 1e30]]]);
    return run(tf, [{ part: { kind: "outer", left: "left", right: "right", finite: false }, shape: [2, 1], inputs: { left, right: tf.ones([3, 1, 1]) }, gradients: left }], () => undefined);
  });
  assert.deepEqual(squared, [Number.NaN, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]);
});

test("the kernel keeps to its memory: tensors beside it stay as they were, and nothing is left behind", async () => {
  const { tf } = await loadEngine({ tier: "wasm" });
  const heap = () => (tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } }).wasm.HEAPU8.length;
  const step = () => tf.tidy(() => {
    const given = cases(tf);
    const before = given.map(({ inputs }) => Object.values(inputs).map((tensor) => Array.from(tensor.dataSync())));
    run(tf, given, (_, example) => given.map(() => weights[example]!));
    assert.deepEqual(given.map(({ inputs }) => Object.values(inputs).map((tensor) => Array.from(tensor.dataSync()))), before);
  });
  for (let index = 0; index < 3; index++) step();
  const [tensors, bytes] = [tf.memory().numTensors, heap()];
  for (let index = 0; index < 10; index++) step();
  assert.equal(tf.memory().numTensors, tensors);
  assert.equal(heap(), bytes);
});
