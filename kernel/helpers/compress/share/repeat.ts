import type * as tf from "@tensorflow/tfjs";
import { shown, whole } from "../../arguments.js";

/**
 * Parameter sharing across depth: the same layers one after the other several times, with one set of weights. The cost in time is that of the deep network, the size that of one block; `modelSize` and `modelCost` count
 * shared weights once.
 *
 * @param input what the block gets; its shape must be what the block gives
 * @param block one layer, or several in order
 * @throws `expected a block that gives [4] as it gets, got [8]`: it could not be repeated; `expected times to be a whole number >= 1, got 0`
 * @see Lan et al. (2020), "ALBERT: a lite BERT", for transformers
 * @example
 * const input = tf.input({ shape: [4] });
 * const deep = compress.repeatLayers(input, [tf.layers.dense({ units: 4, activation: "relu" })], { times: 6 });
 * tf.model({ inputs: input, outputs: deep }).countParams() // 20
 */
export function repeatLayers(input: tf.SymbolicTensor, block: tf.layers.Layer | readonly tf.layers.Layer[], { times }: { times: number }): tf.SymbolicTensor {
  whole({ times }, 1);
  const layers = [block].flat() as tf.layers.Layer[];
  if (layers.length === 0 || layers.some((layer) => typeof layer?.apply !== "function")) throw new TypeError(`expected block to be a layer or several, got ${shown(block)}`);
  let state = input;
  for (let time = 0; time < times; time++) {
    for (const layer of layers) state = layer.apply(state) as tf.SymbolicTensor;
    if (state.shape.join() !== input.shape.join()) throw new RangeError(`expected a block that gives [${input.shape.slice(1).join(", ")}] as it gets, got [${state.shape.slice(1).join(", ")}]`);
  }
  return state;
}
