import * as tf from "@tensorflow/tfjs";
import { say } from "../../../display/language.js";
import { known } from "../../arguments.js";
import type { NodeModel } from "../models/contract.js";
import { showLine } from "../structure/show.js";
import type { NodeLabel } from "./labels.js";

export interface NodePrediction<L extends NodeLabel = number> {
  /** By node. */
  readonly labels: readonly L[];
  /** By node, a probability a class; each row adds up to 1. */
  readonly probabilities: readonly (readonly number[])[];
  readonly classes: readonly L[];
}

/**
 * The class of every node, with probabilities (softmax of the scores).
 *
 * @param x nodes x features.
 * @param options `classes`: names in the order of the scores, as `graph.fit` gives them; default 0, 1, ...
 * @example
 * const model = graph.gcn(graph.fromEdges([[0, 1]]), { features: 1, classes: 2 });
 * graph.predict(model, tf.ones([2, 1])).labels.length // 2
 */
export function predict<L extends NodeLabel = number>(model: NodeModel, x: tf.Tensor, options: { classes?: readonly L[] } = {}): NodePrediction<L> {
  known(options, ["classes"]);
  const classes = options.classes ?? (Array.from({ length: model.classes }, (_, at) => at) as unknown as readonly L[]);
  if (classes.length > model.classes) throw new RangeError(`expected at most ${model.classes} classes, the scores of the model, got ${classes.length}`);
  const probabilities = tf.tidy(() => tf.softmax(model.predict(x, false)).arraySync() as never) as number[][];
  const labels = probabilities.map((row) => classes[row.slice(0, classes.length).reduce((best, p, at) => (p > row[best] ? at : best), 0)]);
  return showLine({ labels, probabilities, classes }, () => say(`Predictions for ${labels.length} nodes: ${classes.map((name) => `${name} ${labels.filter((label) => label === name).length}`).join(", ")}.`, `${labels.length} 个节点的预测：${classes.map((name) => `${name} ${labels.filter((label) => label === name).length}`).join("，")}。`));
}

/**
 * Share of nodes whose predicted class is the true one.
 *
 * @param data `nodes`: which to judge on; default all that have a label.
 * @throws `expected predicted of length 3 like truth, got 2`; no node to judge on.
 * @example graph.accuracy({ truth: ["a", "b", null], predicted: ["a", "a", "b"] }) // 0.5
 */
export function accuracy(data: { readonly truth: readonly (NodeLabel | null)[]; readonly predicted: readonly (NodeLabel | null)[]; readonly nodes?: readonly number[] }): number {
  known(data, ["truth", "predicted", "nodes"]);
  const { truth, predicted } = data;
  if (truth.length !== predicted.length) throw new RangeError(`expected predicted of length ${truth.length} like truth, got ${predicted.length}`);
  const nodes = data.nodes ?? truth.flatMap((label, node) => (label === null ? [] : [node]));
  if (nodes.length === 0) throw new RangeError("expected at least one node to judge on, got none");
  const wrong = nodes.find((node) => truth[node] === null || truth[node] === undefined);
  if (wrong !== undefined) throw new RangeError(`expected a true label of each of nodes, got ${truth[wrong]} for node ${wrong}`);
  return nodes.filter((node) => truth[node] === predicted[node]).length / nodes.length;
}

