import * as tf from "@tensorflow/tfjs";
import { known, positive, whole } from "../../arguments.js";
import { compiled } from "../../compiled.js";
import { random } from "../../data/random.js";
import type { NodeModel } from "../models/contract.js";
import { edgeList } from "../structure/read.js";
import { numbers } from "../train/fit.js";
import { absentPairs } from "./split.js";

export interface LinkFit {
  /** Mean loss of each epoch. */
  readonly loss: readonly number[];
  /** By node: the vector whose dot products score links. */
  readonly vectors: readonly (readonly number[])[];
}

/**
 * Train a network's outputs to be vectors whose dot products tell edges of its graph from pairs without one, drawn anew each epoch (a graph
 * autoencoder): the model's `classes` is the length of the vectors.
 *
 * @param x nodes x features.
 * @param options `epochs`: default 100; `learningRate` of Adam: default 0.01; `seed` of the pairs: default 1.
 * @throws `expected loss to be finite, got NaN in epoch 3`.
 * Source: Kipf and Welling 2016, the plain autoencoder.
 * @example
 * const club = graph.karateClub().graph;
 * graph.fitLinks(graph.gcn(club, { features: 34, classes: 4 }), tf.eye(34), { epochs: 5 }).vectors.length // 34
 */
export function fitLinks(model: NodeModel, x: tf.Tensor, options: { epochs?: number; learningRate?: number; seed?: number; compile?: boolean } = {}): LinkFit {
  known(options, ["epochs", "learningRate", "seed", "compile"]);
  const epochs = whole({ epochs: options.epochs ?? 100 }, 1);
  const optimizer = tf.train.adam(positive({ learningRate: options.learningRate ?? 0.01 }));
  const draw = random(options.seed ?? 1);
  const edges = edgeList(model.graph).filter(([a, b]) => a !== b);
  const step = (x: tf.Tensor, ends: tf.Tensor, y: tf.Tensor): tf.Tensor => optimizer.minimize(() => {
    const vectors = model.predict(x, true);
    const [from, to] = tf.unstack(ends).map((nodes) => tf.gather(vectors, nodes as tf.Tensor1D));
    return tf.losses.sigmoidCrossEntropy(y, tf.sum(tf.mul(from, to), 1)) as tf.Scalar;
  }, true, model.variables)!;
  const run: typeof step & { dispose?(): void } = options.compile === false ? step : compiled(step, { name: "graph.fitLinks" });
  const loss: number[] = [];
  const y = tf.tensor1d([...edges.map(() => 1), ...edges.map(() => 0)]);
  try {
    while (loss.length < epochs) {
      const pairs = [...edges, ...absentPairs(model.graph, edges.length, draw.integer)];
      const value = numbers(() => run(x, tf.tensor2d([pairs.map(([a]) => a), pairs.map(([, b]) => b)], undefined, "int32"), y))[0];
      if (!Number.isFinite(value)) throw new RangeError(`expected loss to be finite, got ${value} in epoch ${loss.length + 1}: lower the learning rate or look for NaN in x`);
      loss.push(value);
    }
    return Object.freeze({ loss, vectors: tf.tidy(() => model.predict(x, false).arraySync() as never) as number[][] });
  } finally {
    run.dispose?.();
    optimizer.dispose();
    y.dispose();
  }
}
