import assert from "node:assert/strict";
import type { Optimizer, Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs, Tier } from "../../../kernel/engine/contract.js";
import { loadEngine } from "../../../kernel/engine/index.js";
import { findAddons } from "../../../kernel/engine/tiers/tensorflow.js";

const { addons, reasons } = findAddons(process.cwd());

/** Why tests of the TensorFlow tier cannot run here; false where they can. */
export const noTensorFlow: string | false = addons ? false : reasons.join("; ");

/** The tiers that work here. */
export const tiersHere: Tier[] = noTensorFlow ? ["wasm", "cpu"] : ["tensorflow", "wasm", "cpu"];

/** The values of `compute` on a tier, as plain numbers; nothing stays in memory. */
export async function on(tier: Tier, compute: (tf: TensorFlowJs) => Tensor | Tensor[]): Promise<number[][]> {
  const { tf } = await loadEngine({ tier });
  const answer = tf.tidy(() => ({ ...[compute(tf)].flat() }) as unknown as Tensor);
  const tensors = Object.values(answer) as Tensor[];
  const values = tensors.map((tensor) => Array.from(tensor.dataSync()));
  tf.dispose(tensors);
  return values;
}

/** Largest difference, relative to the largest value where that is above 1. */
export function assertClose(actual: number[][], expected: number[][], tolerance: number, what: string): void {
  assert.equal(actual.length, expected.length, `${what}: number of tensors`);
  expected.forEach((values, index) => {
    assert.equal(actual[index]!.length, values.length, `${what}: size of tensor ${index}`);
    const scale = Math.max(1, ...values.map(Math.abs));
    const worst = Math.max(0, ...values.map((value, at) => Math.abs(value - actual[index]![at]!) / scale));
    assert.ok(worst <= tolerance, `${what}: expected tensor ${index} within ${tolerance}, got ${worst}`);
    assert.ok(values.every(Number.isFinite), `${what}: tensor ${index} of the yardstick is finite`);
  });
}

/** Numbers between -1 and 1 that look random and are the same everywhere. */
export function numbers(count: number, seed = 1): number[] {
  return Array.from({ length: count }, (_, index) => Math.sin(seed * 12.9898 + index * 78.233) * 43758.5453 % 1);
}

/** A tensor of such numbers. */
export function sample(tf: TensorFlowJs, shape: number[], seed = 1): Tensor {
  return tf.tensor(numbers(shape.reduce((product, size) => product * size, 1), seed), shape);
}

/** Every optimiser of tfjs, with rates that move something in a few steps. */
export const optimizers: Record<string, (tf: TensorFlowJs) => Optimizer> = {
  sgd: ({ train }) => train.sgd(0.1),
  momentum: ({ train }) => train.momentum(0.05, 0.9),
  "Nesterov momentum": ({ train }) => train.momentum(0.05, 0.9, true),
  adam: ({ train }) => train.adam(0.01),
  adamax: ({ train }) => train.adamax(0.01),
  rmsprop: ({ train }) => train.rmsprop(0.01, 0.9, 0.5),
  "centred rmsprop": ({ train }) => train.rmsprop(0.01, 0.9, 0.5, 0.01, true),
  adagrad: ({ train }) => train.adagrad(0.1),
  adadelta: ({ train }) => train.adadelta(0.1),
};
