import * as tf from "@tensorflow/tfjs";
import { setAddition } from "../model/linear.js";
import { drop } from "../model/layers.js";
import type { DenseWeight } from "./targets.js";

/** A low-rank change of one dense weight. */
export interface Adapter {
  readonly name: string;
  readonly kernel: tf.Variable;
  /** What is trained, by name: `a`, `b`. */
  readonly parts: Readonly<Record<string, tf.Variable>>;
  /** The matrix that is added to the weight, before scaling. */
  delta(): tf.Tensor2D;
  /** Alpha over rank, or 0 while the change is in the weight itself. A variable, so that a compiled step needs no other graph. */
  readonly gate: tf.Variable;
  /** Has a forward pass come by? */
  readonly reached: () => boolean;
  merge(): void;
  unmerge(): void;
  detach(): void;
}

/** How the parts of an adapter change rows [n, in] into [n, out], and into a matrix. */
export interface Shape {
  parts: Record<string, tf.Variable>;
  apply(rows: tf.Tensor2D): tf.Tensor2D;
  delta(): tf.Tensor2D;
}

/** Puts an adapter on a weight. */
export function attach(weight: DenseWeight, { parts, apply, delta }: Shape, scale: number, dropout: number): Adapter {
  const { name, kernel } = weight;
  const gate = tf.tidy(() => tf.variable(tf.scalar(scale), false));
  let before: tf.Tensor | undefined;
  let reached = false;
  setAddition(kernel, (rows, training) => {
    reached = true;
    return tf.mul(apply(drop(rows, dropout, training) as tf.Tensor2D), gate) as tf.Tensor2D;
  });
  const setGate = (value: number): void => tf.tidy(() => gate.assign(tf.scalar(value)));
  const unmerge = (): void => {
    if (!before) return;
    kernel.assign(before);
    before.dispose();
    before = undefined;
    setGate(scale);
  };
  return {
    name, kernel, parts, delta, gate, unmerge,
    reached: () => reached,
    merge() {
      if (before) return;
      // A copy, so that unmerging gives back every bit.
      before = tf.tidy(() => tf.keep(tf.add(kernel, 0)));
      tf.tidy(() => kernel.assign(tf.add(kernel, tf.mul(delta(), scale))));
      setGate(0);
    },
    detach() {
      before?.dispose();
      before = undefined;
      setAddition(kernel, undefined);
      tf.dispose([gate, ...Object.values(parts)]);
    },
  };
}
