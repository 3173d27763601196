import * as tf from "@tensorflow/tfjs";
import { whole } from "../../arguments.js";
import { indices, multiply } from "../sparse/multiply.js";
import { normalizedAdjacency } from "../sparse/normalize.js";
import type { Graph } from "../structure/contract.js";
import type { NodeModel, NodeModelOptions } from "./contract.js";
import { checkFeatures, drop, glorot, readOptions, zeros } from "./parts.js";

export interface GatOptions extends NodeModelOptions {
  /** Attentions side by side in each hidden layer, `hidden` units each; the last layer has one. Default 4. */
  heads?: number;
}

/**
 * A graph attention network: each node weighs its neighbours and itself by a softmax over what both ends say. Edge weights do not count.
 *
 * Source: Velickovic et al. 2018, without dropout on the attention.
 * @example graph.gat(graph.karateClub().graph, { features: 3, classes: 2, heads: 2 }).predict(tf.ones([34, 3])).shape // [34, 2]
 */
export function gat(g: Graph, options: GatOptions): NodeModel {
  const { sizes, dropout, draw } = readOptions(options, ["heads"]);
  const heads = whole({ heads: options.heads ?? 4 }, 1);
  const layers = sizes.slice(1).map((units, at) => {
    const last = at === sizes.length - 2;
    const from = sizes[at] * (at === 0 ? 1 : heads);
    const head = () => ({ kernel: glorot(draw, from, units), source: glorot(draw, units, 1), target: glorot(draw, units, 1) });
    return { heads: Array.from({ length: last ? 1 : heads }, head), bias: zeros(units * (last ? 1 : heads)) };
  });
  const on = (graph: Graph): NodeModel => {
    const weighted = normalizedAdjacency(graph, { kind: "none" });
    const a = { ...weighted, values: weighted.values.map(() => 1) };
    const attend = (x: tf.Tensor, { kernel, source, target }: (typeof layers)[number]["heads"][number], edgeScale?: tf.Tensor): tf.Tensor => {
      const h = tf.matMul(x as tf.Tensor2D, kernel as unknown as tf.Tensor2D);
      const [own, other] = [source, target].map((vector) => tf.matMul(h, vector as unknown as tf.Tensor2D));
      // No score of a row is above this; a softmax does not change when all its scores do.
      const most = tf.leakyRelu(tf.add(own, tf.max(other)), 0.2);
      const score = tf.leakyRelu(tf.add(tf.gather(own, indices(a.rowOf)), tf.gather(other, indices(a.columnOf))), 0.2);
      const grown = tf.exp(tf.sub(score, tf.gather(most, indices(a.rowOf))));
      const flat = tf.reshape(edgeScale ? tf.mul(grown, tf.reshape(edgeScale, [-1, 1])) : grown, [-1]);
      const sums = multiply(a, tf.ones([graph.nodes, 1]), flat);
      return tf.div(multiply(a, h, flat), tf.add(sums, 1e-16));
    };
    return {
      kind: "gat", graph, features: sizes[0], classes: sizes.at(-1)!, hops: layers.length, entries: a, on,
      variables: layers.flatMap((layer) => [...layer.heads.flatMap(({ kernel, source, target }) => [kernel, source, target]), layer.bias]),
      predict: (x, training = false, edgeScale) => {
        checkFeatures(x, graph.nodes, sizes[0]);
        return tf.tidy(() => layers.reduce((h: tf.Tensor, layer, at) => {
          const input = at === 0 ? h : drop(tf.elu(h), dropout, training);
          return tf.add(tf.concat(layer.heads.map((head) => attend(input, head, edgeScale)), 1), layer.bias);
        }, x));
      },
      dispose: () => tf.dispose(layers as never),
    };
  };
  return on(g);
}
