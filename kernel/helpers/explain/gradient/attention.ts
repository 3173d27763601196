import type * as tf from "@tensorflow/tfjs";
import { known } from "../../arguments.js";
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
  const { keep, tidy } = await import("@tensorflow/tfjs");
  const weights = tidy(() => {
    let seen: tf.Tensor | undefined;
    interceptLayer(model, options.layer, (answer) => {
      seen?.dispose();
      seen = keep(answer.clone()); // the model tidies up what its layers gave
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
