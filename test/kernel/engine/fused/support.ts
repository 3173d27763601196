import assert from "node:assert/strict";
import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../../../../kernel/engine/contract.js";
import { loadEngine } from "../../../../kernel/engine/index.js";

/** Equal within `tolerance`, relative above 1; NaN and infinities in the same places. */
export function assertSame(actual: number[][], expected: number[][], tolerance: number, what: string): void {
  assert.equal(actual.length, expected.length, `${what}: number of tensors`);
  expected.forEach((values, index) => {
    assert.equal(actual[index]!.length, values.length, `${what}: size of tensor ${index}`);
    values.forEach((value, at) => {
      const got = actual[index]![at]!;
      const same = Object.is(got, value) || got === value || Math.abs(got - value) <= tolerance * Math.max(1, Math.abs(value));
      assert.ok(same, `${what}: expected tensor ${index} to have ${value} at ${at}, got ${got}`);
    });
  });
}

/** What goes through tfjs-node's binding while `work` runs on the tensorflow tier. */
export interface Calls {
  operations: string[];
  /** Bytes of each tensor made from a JavaScript array. */
  uploads: number[];
  reads: number;
}

interface Binding {
  executeOp(name: string, ...rest: unknown[]): unknown;
  createTensor(shape: number[], dtype: number, values: { byteLength: number }): unknown;
  tensorDataSync(id: number): unknown;
}

export async function countCalls(work: (tf: TensorFlowJs) => Tensor | Tensor[] | null): Promise<Calls> {
  const { tf } = await loadEngine({ tier: "tensorflow" });
  const { binding } = tf.backend() as unknown as { binding: Binding };
  const real = { ...binding };
  const calls: Calls = { operations: [], uploads: [], reads: 0 };
  try {
    binding.executeOp = (name, ...rest) => (calls.operations.push(name), real.executeOp(name, ...rest));
    binding.createTensor = (shape, dtype, values) => (calls.uploads.push(values.byteLength), real.createTensor(shape, dtype, values));
    binding.tensorDataSync = (id) => ((calls.reads += 1), real.tensorDataSync(id));
    tf.dispose(work(tf) ?? []);
  } finally {
    Object.assign(binding, real);
  }
  return calls;
}
