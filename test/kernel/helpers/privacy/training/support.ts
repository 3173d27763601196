import assert from "node:assert/strict";
import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../../../../../kernel/engine/contract.js";
import * as privacy from "../../../../../kernel/helpers/privacy/index.js";
import { sample } from "../../../engine/support.js";

export { privacy, sample };

/** What `work` prints to console.warn. */
export function warnings<T>(work: () => T): { result: T; lines: string[] } {
  const lines: string[] = [];
  const { warn } = console;
  console.warn = (...words: unknown[]) => void lines.push(words.join(" "));
  try {
    return { result: work(), lines };
  } finally {
    console.warn = warn;
  }
}

/** Largest difference of two lists, relative to the largest entry of the second. */
export function apart(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  assert.equal(actual.length, expected.length);
  const scale = Math.max(1e-6, ...Array.from(expected, Math.abs));
  return Math.max(0, ...Array.from(actual, (value, at) => (value === expected[at] ? 0 : Math.abs(value - expected[at]!) / scale)));
}

/** Gradients by taps and by a backward pass for each example must agree. */
export function assertLikeLoop(tf: TensorFlowJs, model: privacy.Trainable, batch: { x: Tensor | Tensor[]; y: Tensor }, loss: privacy.LossName | privacy.PerExampleLoss, what: string, tolerance = 1e-5): void {
  const norms = (method: "taps" | "loop") => privacy.perExampleNorms(model, batch, { loss, method });
  const [taps, loop] = [norms("taps"), norms("loop")];
  assert.ok(apart(taps.losses, loop.losses) <= tolerance, `${what}: losses off by ${apart(taps.losses, loop.losses)}`);
  assert.ok(apart(taps.norms, loop.norms) <= tolerance, `${what}: norms off by ${apart(taps.norms, loop.norms)}`);
  assert.deepEqual(Object.keys(taps.byParameter), Object.keys(loop.byParameter));
  // A norm of the middle size: some examples are clipped, some are not.
  const clip = Math.max(1e-3, [...loop.norms].sort((a, b) => a - b)[loop.norms.length >> 1]!);
  const sums = (method: "taps" | "loop") => privacy.clippedSum(model, batch, { loss, method, clip }).sums;
  const [a, b] = [sums("taps"), sums("loop")];
  const length = (values: ArrayLike<number>) => Math.hypot(...Array.from(values));
  const largest = Math.max(1e-6, ...loop.norms); // rounding errors are those of the terms, also where an example's sum nearly cancels
  const whole = length(Object.values(b).map(({ values }) => length(values)));
  for (const [name, { values }] of Object.entries(a)) {
    const off = length(values.map((value, at) => value - b[name]!.values[at]!)) / whole;
    assert.ok(off <= tolerance, `${what}: the sum of ${name} is off by ${off} of the whole`);
    taps.byParameter[name]!.forEach((norm, at) => assert.ok(Math.abs(norm - loop.byParameter[name]![at]!) <= tolerance * largest, `${what}: norm ${at} of ${name} is ${norm}, not ${loop.byParameter[name]![at]}`));
  }
}
