import * as tf from "@tensorflow/tfjs";
import type { Tensor, Variable } from "@tensorflow/tfjs";
import { known, whole } from "../../../arguments.js";
import type { Tape } from "../tape.js";
import { dense } from "./dense.js";

export interface AttentionWeights {
  /** [channels, heads * size]: head h has the columns from h * size. */
  query: Variable;
  key: Variable;
  value: Variable;
  /** [heads * size, channels]. */
  output: Variable;
  queryBias?: Variable | undefined;
  keyBias?: Variable | undefined;
  valueBias?: Variable | undefined;
  outputBias?: Variable | undefined;
}

/** Vaswani et al. 2017: each position of x [B, T, channels] looks at all, or with `causal` at those before it and itself. */
export function attention(tape: Tape, x: Tensor, weights: AttentionWeights, options: { heads: number; causal?: boolean }): Tensor {
  known(options, ["heads", "causal"]);
  const heads = whole({ heads: options.heads }, 1);
  const [batch, steps] = x.shape as [number, number];
  const width = weights.query.shape[1]!;
  if (width % heads !== 0) throw new RangeError(`expected heads to divide ${width}, got ${heads}`);
  const size = width / heads;
  const split = (tensor: Tensor): Tensor => tensor.reshape([batch, steps, heads, size]).transpose([0, 2, 1, 3]);
  const q = split(dense(tape, x, weights.query, weights.queryBias));
  const k = split(dense(tape, x, weights.key, weights.keyBias));
  const v = split(dense(tape, x, weights.value, weights.valueBias));
  const scores = tf.matMul(q, k, false, true).mul(1 / Math.sqrt(size));
  const masked = options.causal ? scores.add(later(steps)) : scores;
  const seen = tf.matMul(tf.softmax(masked), v).transpose([0, 2, 1, 3]).reshape([batch, steps, width]);
  return dense(tape, seen, weights.output, weights.outputBias);
}

/** -1e9 above the diagonal. */
function later(steps: number): Tensor {
  return tf.tensor2d(Float32Array.from({ length: steps * steps }, (_, at) => (at % steps > Math.floor(at / steps) ? -1e9 : 0)), [steps, steps]);
}
