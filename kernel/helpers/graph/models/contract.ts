import type * as tf from "@tensorflow/tfjs";
import type { Graph } from "../structure/contract.js";

/**
 * A network on a graph. As every trainable thing here it has `predict` and `variables`; `x` has a row of features for each node, in the
 * graph's order, the answer a row of class scores (logits) for each node.
 */
export interface NodeModel {
  readonly kind: "gcn" | "sage" | "gat" | "mlp";
  readonly graph: Graph;
  readonly features: number;
  readonly classes: number;
  /** How many steps along edges an answer looks. */
  readonly hops: number;
  /** `edgeScale`: one number an entry of `entries`, which the edge counts by; for explanations. */
  predict(x: tf.Tensor, training?: boolean, edgeScale?: tf.Tensor): tf.Tensor;
  readonly variables: tf.Variable[];
  /** The ends of what `edgeScale` scales, in its order; without where the network has no such place. */
  readonly entries?: { readonly rowOf: Int32Array; readonly columnOf: Int32Array };
  /** The same variables on another graph with the same features: a network that has learnt here answers there. */
  on(graph: Graph): NodeModel;
  /** Free the variables (of all models that share them). */
  dispose(): void;
}

export interface NodeModelOptions {
  /** Numbers in a row of x. */
  features: number;
  classes: number;
  /** Units of the hidden layers, a layer each; default [16]. */
  hidden?: number | readonly number[];
  /** Part of the hidden units that is left out at each training step, drawn anew and without a seed; default 0. */
  dropout?: number;
  /** Of the first weights. Default 1. */
  seed?: number;
}
