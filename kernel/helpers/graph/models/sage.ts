import * as tf from "@tensorflow/tfjs";
import { oneOf } from "../../arguments.js";
import { multiply } from "../sparse/multiply.js";
import { normalizedAdjacency } from "../sparse/normalize.js";
import type { Graph } from "../structure/contract.js";
import type { NodeModel, NodeModelOptions } from "./contract.js";
import type { NeighborSample } from "./neighbours.js";
import { checkFeatures, drop, glorot, readOptions, zeros } from "./parts.js";

export interface SageOptions extends NodeModelOptions {
  /** How a node sums up its neighbours: their "mean", or the largest of each unit after a dense layer ("pool"). Default "mean". */
  aggregator?: "mean" | "pool";
}

/** A GraphSAGE network: it also answers for a few nodes from some of their neighbours. */
export interface SageModel extends NodeModel {
  /** Class scores of the sample's first level, a row each. */
  predictSample(x: tf.Tensor, sample: { readonly levels: readonly tf.Tensor[]; readonly sizes: readonly number[] }, training?: boolean): tf.Tensor;
}

const mostPlaces = 4_000_000;

/**
 * GraphSAGE: a node's own row through one dense layer plus what its neighbours sum up to through another, relu between layers. It learns how to
 * look at neighbours rather than a vector for each node, so it answers for nodes and graphs it has not seen.
 * A node without neighbours is told by its own row alone. Edge weights do not count.
 *
 * Source: Hamilton et al. 2017, without the scaling of rows to length 1.
 * @throws in predict with "pool" where a node's many neighbours make the table of all too large: `expected at most 4000000 places ...; train with neighbors`.
 * @example
 * const model = graph.sage(graph.karateClub().graph, { features: 3, classes: 2, aggregator: "pool" });
 * model.predict(tf.ones([34, 3])).shape // [34, 2]
 */
export function sage(g: Graph, options: SageOptions): SageModel {
  const { sizes, dropout, draw } = readOptions(options, ["aggregator"]);
  const pool = oneOf({ aggregator: options.aggregator ?? "mean" }, ["mean", "pool"]) === "pool";
  const layers = sizes.slice(1).map((units, at) => ({
    own: glorot(draw, sizes[at], units), neighbors: glorot(draw, pool ? units : sizes[at], units), bias: zeros(units),
    ...(pool && { poolKernel: glorot(draw, sizes[at], units), poolBias: zeros(units) }),
  }));
  const times = (x: tf.Tensor, kernel: tf.Tensor) => tf.matMul(x as tf.Tensor2D, kernel as tf.Tensor2D);
  const between = (h: tf.Tensor, at: number, training: boolean) => (at === 0 ? h : drop(tf.relu(h), dropout, training));

  /** Rows of `own` with those of `near`, `size` for each, summed up; places that are empty are 0 in `there`. */
  const gathered = (own: tf.Tensor, near: tf.Tensor, there: tf.Tensor, { own: kernel, neighbors, bias, poolKernel, poolBias }: (typeof layers)[number]): tf.Tensor => {
    const [nodes, size] = [own.shape[0], there.shape[1]!];
    let summed: tf.Tensor;
    // After relu nothing is below 0, so that an empty place never is the largest.
    if (poolKernel) summed = tf.max(tf.mul(tf.reshape(tf.relu(tf.add(times(near, poolKernel), poolBias!)), [nodes, size, -1]), tf.expandDims(there, 2)), 1);
    else {
      const sum = tf.sum(tf.mul(tf.reshape(near, [nodes, size, -1]), tf.expandDims(there, 2)), 1);
      summed = tf.div(sum, tf.maximum(tf.sum(there, 1, true), 1));
    }
    return tf.add(tf.add(times(own, kernel), times(summed, neighbors)), bias);
  };

  const on = (graph: Graph): SageModel => {
    const mean = pool ? undefined : normalizedAdjacency(countOnly(graph), { kind: "row", selfLoops: false });
    const table = pool ? neighborTable(graph) : undefined;
    return {
      kind: "sage", graph, features: sizes[0], classes: sizes.at(-1)!, hops: layers.length, on,
      ...(mean && { entries: mean }),
      variables: layers.flatMap((layer) => Object.values(layer) as tf.Variable[]),
      predict: (x, training = false, edgeScale) => {
        checkFeatures(x, graph.nodes, sizes[0]);
        return tf.tidy(() => layers.reduce((h: tf.Tensor, layer, at) => {
          const input = between(h, at, training);
          if (mean) return tf.add(tf.add(times(input, layer.own), multiply(mean, times(input, layer.neighbors), edgeScale)), layer.bias);
          const { places, there, size } = table!();
          return gathered(input, tf.gather(input, tf.tensor1d(places, "int32")), tf.tensor2d(there, [graph.nodes, size]), layer);
        }, x));
      },
      predictSample: (x, { levels, sizes: drawn }, training = false) => {
        if (drawn.length !== layers.length) throw new RangeError(`expected sizes of ${layers.length} numbers, one a layer, got ${drawn.length}`);
        return tf.tidy(() => {
          const rows = (level: tf.Tensor) => tf.gather(x, tf.maximum(level, 0).toInt() as tf.Tensor1D);
          return layers.reduce((h: tf.Tensor, layer, at) => {
            const [level, wider] = [levels[layers.length - 1 - at], levels[layers.length - at]];
            const [count, size] = [level.shape[0], drawn[layers.length - 1 - at]];
            const there = tf.reshape(tf.cast(tf.greaterEqual(tf.slice(wider, count), 0), "float32"), [count, size]);
            const input = between(h, at, training);
            return gathered(tf.slice(input, 0, count), tf.slice(input, count), there, layer);
          }, rows(levels.at(-1)!));
        });
      },
      dispose: () => tf.dispose(layers as never),
    };
  };
  return on(g);
}

const countOnly = (g: Graph): Graph => ({ ...g, weights: g.weights.map(() => 1) });

/** All neighbours of every node, in rows of one length. */
function neighborTable(g: Graph): () => { places: Int32Array; there: Float32Array; size: number } {
  let made: { places: Int32Array; there: Float32Array; size: number } | undefined;
  return () => {
    if (made) return made;
    let size = 1;
    for (let i = 0; i < g.nodes; i++) size = Math.max(size, g.offsets[i + 1] - g.offsets[i]);
    if (g.nodes * size > mostPlaces) throw new RangeError(`expected at most ${mostPlaces} places for neighbors, got ${g.nodes} nodes x ${size}, the most neighbors of a node; train and ask with neighbors`);
    const [places, there] = [new Int32Array(g.nodes * size), new Float32Array(g.nodes * size)];
    for (let i = 0; i < g.nodes; i++) {
      places.set(g.targets.subarray(g.offsets[i], g.offsets[i + 1]), i * size);
      there.fill(1, i * size, i * size + g.offsets[i + 1] - g.offsets[i]);
    }
    return (made = { places, there, size });
  };
}

/** A sample as tensors, which the caller disposes. */
export const sampleTensors = ({ levels, sizes }: NeighborSample): { levels: tf.Tensor[]; sizes: readonly number[] } => ({ levels: levels.map((level) => tf.tensor1d(level, "int32")), sizes });
