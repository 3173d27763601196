import * as tf from "@tensorflow/tfjs";
import { known, shown } from "../../arguments.js";
import { frozen } from "../table.js";
import { interceptLayer } from "./intercept.js";

/**
 * What a layer of attention weights gave for each example: who looked at whom.
 *
 * @param options `layer` is the name of the layer that gives the weights (its softmax): [examples, queries, keys] or [examples, heads, queries, keys]
 * @returns [example][head][query][key]; one head where the layer has none
 * @throws an unknown layer; a layer of another shape
 * @example
 * const model = tf.sequential({ layers: [tf.layers.activation({ activation: "softmax", inputShape: [2, 2], name: "attend" })] });
 * await explain.attentionMaps(model, tf.zeros([1, 2, 2]), { layer: "attend" }) // [[[[0.5, 0.5], [0.5, 0.5]]]]
 */
export async function attentionMaps(model: tf.LayersModel, x: tf.Tensor, options: { layer: string }): Promise<readonly (readonly (readonly (readonly number[])[])[])[]> {
  known(options, ["layer"]);
  const weights = tf.tidy(() => {
    let seen: tf.Tensor | undefined;
    interceptLayer(model, options.layer, (answer) => {
      seen?.dispose();
      seen = tf.keep(answer.clone()); // the model tidies up what its layers gave
      return answer;
    }, () => model.apply(x, { training: false }));
    return seen!;
  });
  try {
    if (weights.rank !== 3 && weights.rank !== 4) throw new RangeError(`expected layer ${options.layer} to give [queries, keys] or [heads, queries, keys], got [${weights.shape.slice(1).join(", ")}]`);
    const values = (await weights.array()) as number[][][] | number[][][][];
    return frozen(weights.rank === 4 ? (values as number[][][][]) : (values as number[][][]).map((one) => [one]));
  } finally {
    weights.dispose();
  }
}

/**
 * Attention through all layers: heads averaged, each layer half itself and half what came in (the residual path), layers multiplied.
 * A description of where information could flow, not of what the answer rests on.
 *
 * @param layers from the first to the last: [layer][head][query][key], rows that sum to 1
 * @returns [query][key]: the share of each first-layer token in each last-layer one; rows sum to 1
 * @throws rows that do not sum to 1; layers of different sizes
 * @see Abnar and Zuidema (2020), "Quantifying attention flow in transformers"
 * @example explain.attentionRollout([[[[0, 1], [0, 1]]]]) // [[0.5, 0.5], [0, 1]]
 */
export function attentionRollout(layers: readonly (readonly (readonly (readonly number[])[])[])[]): readonly (readonly number[])[] {
  const n = layers?.[0]?.[0]?.length ?? 0;
  if (n === 0) throw new RangeError(`expected at least one layer of attention, got ${shown(layers)}`);
  let flow = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => Number(i === j)));
  layers.forEach((heads, at) => {
    const mean = Array.from({ length: n }, () => new Array<number>(n).fill(0));
    heads.forEach((head) => {
      if (head.length !== n) throw new RangeError(`expected layers of ${n} tokens, got ${head.length} in layer ${at}`);
      head.forEach((row, i) => {
        const sum = row.reduce((a, b) => a + b, 0);
        if (row.length !== n || !(Math.abs(sum - 1) < 1e-3)) throw new RangeError(`expected rows of ${n} weights that sum to 1, got ${row.length} that sum to ${sum} in layer ${at}`);
        row.forEach((weight, j) => (mean[i][j] += weight / sum / heads.length));
      });
    });
    const before = flow;
    flow = mean.map((row, i) => before[i].map((own, k) => 0.5 * own + 0.5 * row.reduce((total, weight, j) => total + weight * before[j][k], 0)));
  });
  return frozen(flow);
}
