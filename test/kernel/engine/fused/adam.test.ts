import assert from "node:assert/strict";
import { test } from "node:test";
import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../../../../kernel/engine/contract.js";
import { loadEngine } from "../../../../kernel/engine/index.js";
import { noTensorFlow, on, sample } from "../support.js";
import { assertSame } from "./support.js";

const skip = noTensorFlow;

/** Weights and Adam's state after steps on a bowl with steep and flat sides, and one weight without gradient. */
function descend(tf: TensorFlowJs, steps: number, epsilon: number | undefined): Tensor[] {
  const weights = [tf.variable(sample(tf, [4, 3])), tf.variable(sample(tf, [3], 2)), tf.variable(sample(tf, [2], 3))];
  const optimizer = tf.train.adam(0.05, 0.8, 0.95, epsilon);
  const steepness = tf.tensor1d([1e-4, 1, 100]);
  for (let step = 0; step < steps; step++) {
    const { value, grads } = tf.variableGrads(() => tf.add(tf.sum(tf.mul(steepness, tf.square(weights[0]!))), tf.sum(tf.square(tf.sub(weights[1]!, 0.3)))), weights.slice(0, 2));
    optimizer.applyGradients([...weights.slice(0, 2).map(({ name }) => ({ name, tensor: grads[name]! })), { name: weights[2]!.name, tensor: null as never }]);
    tf.dispose([value, grads] as never);
  }
  const state = optimizer as unknown as Record<"accumulatedFirstMoment" | "accumulatedSecondMoment", { variable: Tensor }[]>;
  const results = [...weights, ...[state.accumulatedFirstMoment, state.accumulatedSecondMoment].flat().map(({ variable }) => variable)].map((tensor) => tf.clone(tensor as Tensor));
  optimizer.dispose();
  tf.dispose([weights] as never);
  return results;
}

for (const epsilon of [undefined, 1e-3]) {
  test(`thirty steps of Adam on TensorFlow give the JavaScript backend's weights and state within 2e-6, epsilon ${epsilon ?? "by default"}`, { skip }, async () => {
    const work = (tf: TensorFlowJs) => descend(tf, 30, epsilon);
    assertSame(await on("tensorflow", work), await on("cpu", work), 2e-6, "Adam");
  });
}

test("Adam's state on TensorFlow is made of ordinary variables that are saved, restored and go on", { skip }, async () => {
  const { tf } = await loadEngine({ tier: "tensorflow" });
  const before = tf.memory().numTensors;
  const weight = tf.tidy(() => tf.variable(sample(tf, [3]), true, "bowl"));
  const step = (optimizer: ReturnType<typeof tf.train.adam>) => optimizer.minimize(() => tf.sum(tf.square(weight)), false, [weight]);
  const first = tf.train.adam(0.1);
  for (let count = 0; count < 3; count++) step(first);
  const saved = await first.getWeights();
  assert.deepEqual(saved.map(({ name }) => name), ["iter", "bowl/m", "bowl/v"]);
  const start = tf.clone(weight as Tensor);
  const second = tf.train.adam(0.1);
  await second.setWeights(saved.map(({ name, tensor }) => ({ name, tensor: tf.clone(tensor) })));
  step(first);
  const expected = Array.from(weight.dataSync());
  weight.assign(start);
  step(second);
  assertSame([Array.from(weight.dataSync())], [expected], 2e-6, "weights");
  assert.ok(tf.memory().numTensors > before);
  tf.dispose([weight, start, saved[0]!.tensor] as never);
  first.dispose();
  second.dispose();
});

/** A weight large enough to be updated in place, with a gradient that differs at every place and step. */
function large(tf: TensorFlowJs, steps: number): Tensor[] {
  const weight = tf.variable(sample(tf, [160, 128]));
  const optimizer = tf.train.adam(0.01);
  const slope = sample(tf, [160, 128], 9);
  for (let step = 0; step < steps; step++) optimizer.minimize(() => tf.sum(tf.mul(slope, tf.sin(tf.mul(weight, 3)))), false, [weight]);
  const result = tf.clone(weight as Tensor);
  optimizer.dispose();
  tf.dispose([weight] as never);
  return [result];
}

test("Adam updates a large weight in place on TensorFlow to the JavaScript backend's numbers within 2e-6", { skip }, async () => {
  assertSame(await on("tensorflow", (tf) => large(tf, 12)), await on("cpu", (tf) => large(tf, 12)), 2e-6, "weight");
});

test("a large weight is the same updated in place and not, within 2e-6, and what others hold of it never changes", { skip }, async () => {
  const { tf } = await loadEngine({ tier: "tensorflow" });
  const { binding } = tf.backend() as unknown as { binding: { executeOp(...args: unknown[]): unknown; getNumOfTensors(): number } };
  const [start, gradient] = tf.tidy(() => [sample(tf, [160, 128]), sample(tf, [160, 128], 4)]) as [Tensor, Tensor];
  const train = (hold: boolean) => {
    const weight = tf.tidy(() => tf.variable(tf.add(start, 0)));
    const optimizer = tf.train.adam(0.01);
    let names: string[] = [];
    const { executeOp } = binding;
    for (let step = 0; step < 4; step++) {
      // A reshape shares TensorFlow's memory with the weight, a clone also tfjs's.
      const held = hold ? [tf.reshape(weight, [-1]), tf.clone(weight as Tensor)] : [];
      const before = held.map((tensor) => Array.from(tensor.dataSync()));
      optimizer.applyGradients([{ name: weight.name, tensor: gradient }]);
      assertSame(held.map((tensor) => Array.from(tensor.dataSync())), before, 0, "what is held");
      tf.dispose(held);
      const reshaped = hold ? [tf.reshape(weight, [-1])] : [];
      const seen = reshaped.map((tensor) => Array.from(tensor.dataSync()));
      optimizer.applyGradients([{ name: weight.name, tensor: gradient }]);
      assertSame(reshaped.map((tensor) => Array.from(tensor.dataSync())), seen, 0, "what a reshape holds");
      tf.dispose(reshaped);
    }
    // Watched, the update is made of operations that a tracer can record.
    binding.executeOp = (...args) => (names.push(args[0] as string), executeOp(...args));
    optimizer.applyGradients([{ name: weight.name, tensor: gradient }]);
    binding.executeOp = executeOp;
    assert.ok(!names.includes("ResourceApplyAdam") && names.includes("Sqrt"));
    const values = Array.from(weight.dataSync());
    optimizer.dispose();
    tf.dispose([weight] as never);
    return values;
  };
  const first = train(false);
  const handles = binding.getNumOfTensors();
  const tensors = tf.memory().numTensors;
  assertSame([train(true)], [first], 2e-6, "weight");
  assert.equal(binding.getNumOfTensors(), handles);
  assert.equal(tf.memory().numTensors, tensors);
  tf.dispose([start, gradient]);
});
