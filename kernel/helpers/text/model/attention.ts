import * as tf from "@tensorflow/tfjs";
import { fraction, known, whole } from "../../arguments.js";
import { drop } from "./layers.js";
import { linear } from "./linear.js";

export interface AttentionOptions {
  /** 1 (or true) where a query may look at a key, 0 where not; of a shape that spreads to [..., queries, keys]. Default: everywhere. */
  mask?: tf.Tensor | undefined;
  /** Each query looks only at keys up to its own place; the last query is at the last key. Default false. */
  causal?: boolean;
  /** Rate at which weights are dropped, for training; default 0. */
  dropout?: number;
}

/** Far below every score, yet finite: a row in which nothing may be seen gives equal weights, not NaN. */
const hidden = -1e9;

/**
 * Scaled dot-product attention: every query takes a mean of the values, weighted by how well their keys match it.
 * softmax(q kᵀ / √d) v.
 *
 * @param q [..., queries, d]
 * @param k [..., keys, d]
 * @param v [..., keys, width]
 * @returns `output` [..., queries, width], and the `weights` [..., queries, keys]; rows of weights sum to 1
 * @see Vaswani et al. (2017), "Attention is all you need"; as `scaled_dot_product_attention` of PyTorch
 * @example text.attention(tf.zeros([1, 2]), tf.zeros([2, 2]), tf.tensor2d([[1], [3]])).output // [2]
 */
export function attention(q: tf.Tensor, k: tf.Tensor, v: tf.Tensor, options: AttentionOptions = {}): { output: tf.Tensor; weights: tf.Tensor } {
  known(options, ["mask", "causal", "dropout"]);
  const { mask, causal = false, dropout = 0 } = options;
  fraction({ dropout });
  const [width, keyWidth] = [q.shape.at(-1)!, k.shape.at(-1)!];
  if (width !== keyWidth) throw new RangeError(`expected k of width ${width} like q, got ${keyWidth}`);
  if (k.shape.at(-2) !== v.shape.at(-2)) throw new RangeError(`expected v with ${k.shape.at(-2)} rows like k, got ${v.shape.at(-2)}`);
  return tf.tidy(() => {
    let scores: tf.Tensor = tf.mul(tf.matMul(q, k, false, true), 1 / Math.sqrt(width));
    if (causal) scores = tf.add(scores, laterHidden(q.shape.at(-2)!, k.shape.at(-2)!));
    if (mask) scores = tf.add(scores, tf.mul(tf.sub(1, tf.cast(mask, "float32")), hidden));
    const weights = tf.softmax(scores);
    return { output: tf.matMul(drop(weights, dropout, dropout > 0), v), weights };
  });
}

/** -1e9 where the key comes after the query, else 0. */
function laterHidden(queries: number, keys: number): tf.Tensor {
  const values = new Float32Array(queries * keys);
  for (let query = 0; query < queries; query++) for (let key = query + keys - queries + 1; key < keys; key++) values[query * keys + key] = hidden;
  return tf.tensor2d(values, [queries, keys]);
}

export interface AttentionWeights {
  /** `kernel` [width, heads * size]: head h has the columns from h * size. */
  query: { kernel: tf.Tensor; bias?: tf.Tensor | undefined };
  key: { kernel: tf.Tensor; bias?: tf.Tensor | undefined };
  value: { kernel: tf.Tensor; bias?: tf.Tensor | undefined };
  /** `kernel` [heads * size, width]. */
  output: { kernel: tf.Tensor; bias?: tf.Tensor | undefined };
}

/** Changes queries and keys [n, heads, length, size] by their positions; for the cache, keeps keys and values. */
export interface AttentionHooks {
  turn?: ((x: tf.Tensor) => tf.Tensor) | undefined;
  /** Given the new keys and values, those to look at. */
  remember?: ((k: tf.Tensor, v: tf.Tensor) => [tf.Tensor, tf.Tensor]) | undefined;
  training?: boolean;
}

/**
 * Several attentions side by side: x is projected to queries, keys and values, each head attends on its own, the heads are joined and
 * projected back.
 *
 * @param x [n, length, width]
 * @param options `heads`; `mask` that spreads to [n, heads, length, length]; `causal`; `dropout`
 * @returns `output` [n, length, width], `weights` [n, heads, length, length]
 * @throws `expected heads to divide 64, got 5`
 * @see Vaswani et al. (2017); as `torch.nn.MultiheadAttention`
 * @example
 * const eye = { kernel: tf.eye(2) };
 * text.multiHeadAttention(tf.tensor3d([[[1, 0], [0, 1]]]), { query: eye, key: eye, value: eye, output: eye }, { heads: 2, causal: true }).weights.shape // [1, 2, 2, 2]
 */
export function multiHeadAttention(x: tf.Tensor, weights: AttentionWeights, options: AttentionOptions & { heads: number }): { output: tf.Tensor; weights: tf.Tensor } {
  known(options, ["heads", "mask", "causal", "dropout"]);
  return tf.tidy(() => attend(x, weights, options));
}

/** The same, to be run in a tidy: what the hooks keep is the caller's. */
export function attend(x: tf.Tensor, weights: AttentionWeights, { heads, ...options }: AttentionOptions & { heads: number }, hooks: AttentionHooks = {}): { output: tf.Tensor; weights: tf.Tensor } {
  whole({ heads }, 1);
  const inner = weights.query.kernel.shape[1]!;
  if (inner % heads !== 0) throw new RangeError(`expected heads to divide ${inner}, got ${heads}`);
  const [n, length] = x.shape as [number, number];
  const dense = (input: tf.Tensor, part: keyof AttentionWeights) => linear(input, weights[part], { training: hooks.training ?? false });
  const split = (part: "query" | "key" | "value"): tf.Tensor => tf.transpose(tf.reshape(dense(x, part), [n, length, heads, inner / heads]), [0, 2, 1, 3]);
  const { turn = (same) => same } = hooks;
  const q = turn(split("query"));
  let [k, v] = [turn(split("key")), split("value")];
  if (hooks.remember) [k, v] = hooks.remember(k, v);
  const { output, weights: seen } = attention(q, k, v, options);
  return { output: dense(tf.reshape(tf.transpose(output, [0, 2, 1, 3]), [n, length, inner]), "output"), weights: seen };
}
