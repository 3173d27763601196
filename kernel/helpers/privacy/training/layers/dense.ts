import * as tf from "@tensorflow/tfjs";
import type { Tensor, Variable } from "@tensorflow/tfjs";
import { shown } from "../../../arguments.js";
import type { Factor } from "../factors.js";
import type { Tape, Use } from "../tape.js";

/** Any number of positions between the batch and the channels, as one axis: [B, T, channels]. */
export const asPositions = (tensor: Tensor): Tensor => tensor.reshape([tensor.shape[0]!, -1, tensor.shape.at(-1)!]);

export function atLeast(rank: number, x: Tensor, what: string): Tensor {
  if (x.rank < rank) throw new RangeError(`expected ${what} of rank >= ${rank}, batch first, got shape [${x.shape.join(", ")}]`);
  return x;
}

/** x times w over the last axis, whatever the rank: for tensors with a batch axis, as one product of matrices. */
export function times(x: Tensor, w: Tensor, transposeW = false): Tensor {
  const product = tf.matMul(x.reshape([-1, x.shape.at(-1)!]), w as tf.Tensor2D, false, transposeW);
  return product.reshape([...x.shape.slice(0, -1), product.shape[1]!]);
}

/** A bias gets the gradient summed over the positions. */
export const biasUse = (variable: Variable | undefined): Use | undefined => variable && {
  variable,
  factor: (gradient): Factor => ({ kind: "summed", value: asPositions(gradient) }),
};

/** A kernel that multiplies `input` [B, T, m]. */
export const kernelUse = (variable: Variable, input: () => Tensor, finite = false): Use => ({ variable, factor: (gradient) => ({ kind: "outer", left: () => asPositions(input()), right: asPositions(gradient), finite }) });

export function dense(tape: Tape, x: Tensor, kernel: Variable, bias?: Variable): Tensor {
  atLeast(2, x, "the input of dense");
  if (kernel.rank !== 2) throw new RangeError(`expected a kernel of shape [in, out], got ${shown(kernel.shape)}`);
  const saved = tape.trains(kernel) ? tape.keep(x) : x;
  const product = times(x, tape.value(kernel));
  return tape.tap(bias ? product.add(tape.value(bias)) : product, [kernelUse(kernel, () => saved, tape.finite(x)), biasUse(bias)]);
}

/** Scores for every row of a table: x times table transposed, as where the output head shares the embedding's weights. */
export function tiedLogits(tape: Tape, x: Tensor, table: Variable): Tensor {
  const saved = tape.trains(table) ? tape.keep(x) : x;
  return tape.tap(times(x, tape.value(table), true), [{ variable: table, factor: (gradient) => ({ kind: "outer", left: () => asPositions(gradient), right: asPositions(saved) }) }]);
}

export interface Lora {
  /** Frozen or not, [in, out]. */
  kernel: Variable;
  /** [in, rank]. */
  a: Variable;
  /** [rank, out]. */
  b: Variable;
  bias?: Variable;
  /** The product of a and b counts alpha / rank times. */
  alpha: number;
}

/** Hu et al. 2021: x kernel + (alpha / rank) (x a) b + bias. */
export function lora(tape: Tape, x: Tensor, { kernel, a, b, bias, alpha }: Lora): Tensor {
  const low = dense(tape, x, a).mul(alpha / a.shape[1]!);
  return dense(tape, x, kernel, bias).add(dense(tape, low, b));
}
