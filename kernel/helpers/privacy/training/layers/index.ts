import type { Tensor, Variable } from "@tensorflow/tfjs";
import type { Tape } from "../tape.js";
import { attention, type AttentionWeights } from "./attention.js";
import { bias, perExample } from "./bias.js";
import { conv, depthwiseConv, separableConv, type ConvOptions } from "./conv.js";
import { dense, lora, tiedLogits, type Lora } from "./dense.js";
import { embedding, positions } from "./embedding.js";
import { groupNorm, layerNorm, type NormOptions, type NormWeights } from "./norm.js";
import { gru, lstm, simpleRnn, type RecurrentOptions, type RecurrentWeights } from "./recurrent.js";

/**
 * The layers of a hand-written network. They compute as usual and note what each example's gradient will follow from.
 * Batch first, channels last. Between them any operation of `tf` may stand that treats the examples of a batch apart.
 */
export interface Layers {
  /** As in training: dropout acts. */
  readonly training: boolean;
  /** x [B, ..., in] times kernel [in, out], plus bias [out]. */
  dense(x: Tensor, kernel: Variable, bias?: Variable): Tensor;
  /** x [B, ..., in] times table [out, in] transposed. */
  tiedLogits(x: Tensor, table: Variable): Tensor;
  /** x kernel + (alpha / rank) (x a) b + bias. */
  lora(x: Tensor, weights: Lora): Tensor;
  /** x + bias over the last axis. */
  bias(x: Tensor, bias: Variable): Tensor;
  /** Over 1, 2 or 3 axes; kernel [...size, in, out]. */
  conv(x: Tensor, kernel: Variable, bias?: Variable, options?: ConvOptions): Tensor;
  /** Kernel [height, width, channels, multiplier]. */
  depthwiseConv(x: Tensor, kernel: Variable, bias?: Variable, options?: ConvOptions): Tensor;
  /** Kernels [height, width, channels, multiplier] and [1, 1, channels * multiplier, out]. */
  separableConv(x: Tensor, depthwise: Variable, pointwise: Variable, bias?: Variable, options?: ConvOptions): Tensor;
  /** Ids [B, ...] to rows of table [rows, size]. */
  embedding(ids: Tensor, table: Variable): Tensor;
  /** x [B, T, size] plus the first T rows of a table of positions. */
  positions(x: Tensor, table: Variable): Tensor;
  layerNorm(x: Tensor, weights: NormWeights, options?: NormOptions): Tensor;
  groupNorm(x: Tensor, weights: NormWeights, options: NormOptions & { groups: number }): Tensor;
  lstm(x: Tensor, weights: RecurrentWeights, options?: RecurrentOptions): Tensor;
  gru(x: Tensor, weights: RecurrentWeights, options?: RecurrentOptions): Tensor;
  simpleRnn(x: Tensor, weights: RecurrentWeights, options?: RecurrentOptions): Tensor;
  /** x [B, T, channels] to the like. */
  attention(x: Tensor, weights: AttentionWeights, options: { heads: number; causal?: boolean }): Tensor;
  /** The parameter once for each example of x [B, ...shape], for whatever no layer does. Takes B times its memory. */
  perExample(x: Tensor, parameter: Variable): Tensor;
}

export function layersOf(tape: Tape): Layers {
  return {
    training: tape.training,
    dense: (x, kernel, b) => dense(tape, x, kernel, b),
    tiedLogits: (x, table) => tiedLogits(tape, x, table),
    lora: (x, weights) => lora(tape, x, weights),
    bias: (x, b) => bias(tape, x, b),
    conv: (x, kernel, b, options) => conv(tape, x, kernel, b, options),
    depthwiseConv: (x, kernel, b, options) => depthwiseConv(tape, x, kernel, b, options),
    separableConv: (x, depthwise, pointwise, b, options) => separableConv(tape, x, depthwise, pointwise, b, options),
    embedding: (ids, table) => embedding(tape, ids, table),
    positions: (x, table) => positions(tape, x, table),
    layerNorm: (x, weights, options) => layerNorm(tape, x, weights, options),
    groupNorm: (x, weights, options) => groupNorm(tape, x, weights, options),
    lstm: (x, weights, options) => lstm(tape, x, weights, options),
    gru: (x, weights, options) => gru(tape, x, weights, options),
    simpleRnn: (x, weights, options) => simpleRnn(tape, x, weights, options),
    attention: (x, weights, options) => attention(tape, x, weights, options),
    perExample: (x, parameter) => perExample(tape, x, parameter),
  };
}
