import * as tf from "@tensorflow/tfjs";
import { known } from "../../arguments.js";
import { multiply } from "../sparse/multiply.js";
import { normalizedAdjacency, type Sparse } from "../sparse/normalize.js";
import type { Graph } from "../structure/contract.js";
import type { NodeModel, NodeModelOptions } from "./contract.js";
import { checkFeatures, drop, glorot, readOptions, zeros } from "./parts.js";

/**
 * One graph convolution: N x W + b. Each node's row becomes a mixture of its own and its neighbours' rows, then a dense layer's.
 *
 * @param a the normalised adjacency N, n x n.
 * @param x n x f.
 * @param weights `kernel` f x u, `bias` u.
 * @param edgeScale one number an entry of `a`.
 * @returns n x u, without an activation.
 * @throws `expected kernel with 3 rows like the columns of x, got 2`.
 * Source: Kipf and Welling 2017.
 * @example
 * const a = graph.normalizedAdjacency(graph.fromEdges([[0, 1]]));
 * graph.convolve(a, tf.tensor2d([[1], [3]]), { kernel: tf.tensor2d([[10]]) }).dataSync() // [20, 20]
 */
export function convolve(a: Sparse, x: tf.Tensor, weights: { kernel: tf.Tensor; bias?: tf.Tensor }, edgeScale?: tf.Tensor): tf.Tensor2D {
  known(weights, ["kernel", "bias"]);
  const { kernel, bias } = weights;
  if (kernel.rank !== 2 || kernel.shape[0] !== x.shape[1]) throw new RangeError(`expected kernel with ${x.shape[1]} rows like the columns of x, got ${kernel.rank === 2 ? kernel.shape[0] : `shape [${kernel.shape.join(", ")}]`}`);
  return tf.tidy(() => {
    // The narrower side first: the fewer numbers travel along the edges.
    const wide = kernel.shape[1]! > kernel.shape[0];
    const mixed = wide ? tf.matMul(multiply(a, x, edgeScale), kernel as tf.Tensor2D) : multiply(a, tf.matMul(x as tf.Tensor2D, kernel as tf.Tensor2D), edgeScale);
    return (bias ? tf.add(mixed, bias) : mixed) as tf.Tensor2D;
  });
}

/**
 * A graph convolutional network: convolutions over D^-1/2 (A + I) D^-1/2 with relu between them.
 *
 * @throws in predict: `expected x of shape [34, 2] (nodes, features), got [34, 3]`.
 * Source: Kipf and Welling 2017, without dropout on the features.
 * @example
 * const model = graph.gcn(graph.karateClub().graph, { features: 4, classes: 2, hidden: 8 });
 * model.predict(tf.ones([34, 4])).shape // [34, 2]
 * model.variables.length // 4
 */
export function gcn(g: Graph, options: NodeModelOptions): NodeModel {
  const { sizes, dropout, draw } = readOptions(options);
  const layers = sizes.slice(1).map((units, at) => ({ kernel: glorot(draw, sizes[at], units), bias: zeros(units) }));
  const on = (graph: Graph): NodeModel => {
    const a = normalizedAdjacency(graph);
    return {
      kind: "gcn", graph, features: sizes[0], classes: sizes.at(-1)!, hops: layers.length, entries: a, on,
      variables: layers.flatMap(({ kernel, bias }) => [kernel, bias]),
      predict: (x, training = false, edgeScale) => {
        checkFeatures(x, graph.nodes, sizes[0]);
        return tf.tidy(() => layers.reduce((h: tf.Tensor, layer, at) => convolve(a, at === 0 ? h : drop(tf.relu(h), dropout, training), layer, edgeScale), x));
      },
      dispose: () => tf.dispose(layers),
    };
  };
  return on(g);
}

/**
 * The same layers without any edge: what the features alone can tell. The baseline of every graph network.
 *
 * @example graph.mlp(graph.karateClub().graph, { features: 4, classes: 2 }).hops // 0
 */
export function mlp(g: Graph, options: NodeModelOptions): NodeModel {
  const { sizes, dropout, draw } = readOptions(options);
  const layers = sizes.slice(1).map((units, at) => ({ kernel: glorot(draw, sizes[at], units), bias: zeros(units) }));
  const on = (graph: Graph): NodeModel => ({
    kind: "mlp", graph, features: sizes[0], classes: sizes.at(-1)!, hops: 0, on,
    variables: layers.flatMap(({ kernel, bias }) => [kernel, bias]),
    predict: (x, training = false) => {
      checkFeatures(x, graph.nodes, sizes[0]);
      return tf.tidy(() => layers.reduce((h: tf.Tensor, { kernel, bias }, at) => tf.add(tf.matMul((at === 0 ? h : drop(tf.relu(h), dropout, training)) as tf.Tensor2D, kernel as unknown as tf.Tensor2D), bias), x));
    },
    dispose: () => tf.dispose(layers),
  });
  return on(g);
}
