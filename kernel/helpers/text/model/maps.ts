import * as tf from "@tensorflow/tfjs";
import type { Decoder, Encoder } from "./contract.js";
import { checkedIds } from "./batches.js";
import { forward } from "./forward.js";
import { partsOf } from "./transformer.js";

/**
 * Who looks at whom: the attention weights of every layer and head for one text. Goes into `explain.attentionRollout`, and a head into
 * `plot.heatmap`.
 *
 * @param ids of one text
 * @returns [layer][head][query][key], rows sum to 1
 * @throws `expected ids from 0 to 9, got 12 at index 0`; a text longer than the positions
 * @example
 * const model = text.decoder({ vocabSize: 10, positions: 8, width: 4, heads: 2, layers: 1 });
 * text.attentionMaps(model, [1, 2])[0][0][0] // [1, 0]
 */
export function attentionMaps(model: Encoder | Decoder, ids: ArrayLike<number>): readonly (readonly (readonly (readonly number[])[])[])[] {
  const parts = partsOf(model);
  const checked = checkedIds(ids, parts.config.vocabSize);
  if (checked.length === 0) throw new RangeError("expected at least one id, got none");
  const layers = tf.tidy(() => {
    const seen: tf.Tensor[] = [];
    forward(parts, tf.tensor2d(checked, [1, checked.length], "int32"), { seen });
    return seen.map((weights) => weights.arraySync()) as never;
  }) as unknown as number[][][][][];
  return layers.map(([heads]) => heads!);
}
