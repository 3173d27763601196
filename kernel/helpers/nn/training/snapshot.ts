import * as tf from "@tensorflow/tfjs";
import type { Tensor, Variable } from "@tensorflow/tfjs";

/** The values of variables at one moment. They share memory with the variables until those change. */
export interface Snapshot {
  restore(): void;
  dispose(): void;
  readonly tensors: readonly Tensor[];
}

export function snapshot(variables: readonly Variable[]): Snapshot {
  const tensors = variables.map((variable) => tf.keep(tf.clone(variable)));
  return {
    tensors,
    restore: () => variables.forEach((variable, at) => variable.assign(tensors[at] as never)),
    dispose: () => tf.dispose(tensors as never),
  };
}
