import assert from "node:assert/strict";
import type { Tensor, Variable } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../../../../kernel/engine/contract.js";
import { loadEngine } from "../../../../kernel/engine/index.js";
import { compile } from "../../../../kernel/engine/compile/public.js";
import { noTensorFlow } from "../support.js";

export { compile, noTensorFlow };

/** TensorFlow's tier, for tests that are skipped where it is not there. */
export async function tensorflow(): Promise<TensorFlowJs> {
  return (await loadEngine({ tier: "tensorflow" })).tf;
}

/** Handles that TensorFlow holds; those of variables and kept tensors included. */
export function handles(tf: TensorFlowJs): number {
  return (tf.backend() as unknown as { binding: { getNumOfTensors(): number } }).binding.getNumOfTensors();
}

/** A step over weights that can be made twice. */
export interface Trainable {
  weights: Variable[];
  step(...args: never[]): unknown;
}

/** Largest difference between two lists of tensors, absolute. */
export function difference(one: readonly Tensor[], other: readonly Tensor[]): number {
  assert.equal(one.length, other.length);
  return Math.max(0, ...one.map((tensor, at) => {
    const [a, b] = [tensor.dataSync(), other[at]!.dataSync()];
    return Math.max(0, ...Array.from(a, (value, index) => (Object.is(value, b[index]) ? 0 : Math.abs(Number(value) - Number(b[index])))));
  }));
}

/** Leaves of a result that are tensors. */
export function tensorsOf(value: unknown): Tensor[] {
  if (typeof value !== "object" || value === null) return [];
  if ("dataId" in value) return [value as Tensor];
  return Object.values(value).flatMap(tensorsOf);
}

/**
 * Run a step eagerly and a twin of it compiled over the same inputs, call by call; the largest difference of results and of weights.
 * @param make builds the step with fresh weights, the same each time
 */
export function race(tf: TensorFlowJs, make: () => Trainable, inputs: readonly unknown[][], options: object = {}): { worst: number; modes: string[]; compiled: ReturnType<typeof compile> } {
  const [eager, twin] = [make(), make()];
  const compiled = compile(twin.step as (...args: unknown[]) => unknown, options);
  let worst = 0;
  for (const args of inputs) {
    const [a, b] = [(eager.step as (...args: unknown[]) => unknown)(...args), compiled(...args)];
    worst = Math.max(worst, difference(tensorsOf(a), tensorsOf(b)));
    tf.dispose([a, b] as never);
  }
  worst = Math.max(worst, difference(eager.weights, twin.weights));
  const modes = compiled.variants.map(({ mode }) => mode);
  tf.dispose([...eager.weights, ...twin.weights]);
  return { worst, modes, compiled: compiled as never };
}

/** What `work` prints to console.warn. */
export function warnings(work: () => void): string[] {
  const lines: string[] = [];
  const { warn } = console;
  console.warn = (...words: unknown[]) => void lines.push(words.join(" "));
  try {
    work();
  } finally {
    console.warn = warn;
  }
  return lines;
}

export const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));
