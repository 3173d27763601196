import * as tf from "@tensorflow/tfjs";
import { say } from "../../../display/language.js";
import { known, nonNegative, positive, whole } from "../../arguments.js";
import { compiled } from "../../compiled.js";
import { progress as progressView } from "../../train/progress.js";
import type { NodeModel } from "../models/contract.js";
import type { NodeRef } from "../structure/contract.js";
import { showLine } from "../structure/show.js";
import { batches, type Batches } from "./batches.js";
import { labelledNodes, readLabels, unreached, type NodeLabel } from "./labels.js";

/** A graph to learn on: features of all nodes, classes of those that are known, and which nodes to learn from. */
export interface NodeData {
  /** Nodes x features. */
  readonly x: tf.Tensor;
  /** One a node; null: not known. */
  readonly labels: readonly (NodeLabel | null)[];
  /** Nodes to learn from. */
  readonly train: readonly NodeRef[];
  /** Nodes to choose the best epoch by. */
  readonly validation?: readonly NodeRef[];
  /** Names of the classes in the order of the scores; default: the labels found, sorted. */
  readonly classes?: readonly NodeLabel[];
}

export interface NodeFitOptions {
  /** Default 200. */
  epochs?: number;
  /** Of Adam; default 0.01. */
  learningRate?: number;
  /** Adds weightDecay/2 times the sum of squares of each kernel to the loss; default 5e-4. */
  weightDecay?: number;
  /** With validation nodes: end when their loss has not fallen for so many epochs; default: never. */
  patience?: number;
  /** GraphSAGE: nodes of a step; default all nodes at once. */
  batchSize?: number;
  /** GraphSAGE with batchSize: how many neighbours to draw at each step away; default 10 for each layer. */
  neighbors?: readonly number[];
  /** Of batches and neighbours. Default 1. */
  seed?: number;
  /** Told after each epoch; `false` ends the training. */
  onEpoch?(epoch: number, figures: Readonly<Record<string, number>>): unknown;
  /** Compile the step where the engine can; default true. */
  compile?: boolean;
  /** Show it; default true. */
  progress?: boolean;
}

export interface NodeFit {
  /** After each epoch: `loss` (the cross-entropy alone, of the weights before its steps), `accuracy`, and with validation nodes `val_loss`, `val_accuracy`. */
  readonly history: Readonly<Record<string, readonly number[]>>;
  readonly epochs: number;
  /** The epoch, from 1, whose weights the model has: the lowest validation loss, or the last. */
  readonly best: number;
  readonly classes: readonly NodeLabel[];
  readonly stopped?: "early" | "asked";
  /** What to know, such as parts of the graph without any node to learn from. */
  readonly warnings: readonly string[];
}

const names = ["epochs", "learningRate", "weightDecay", "patience", "batchSize", "neighbors", "seed", "onEpoch", "compile", "progress"];

/**
 * Train a network to tell the classes of nodes, with Adam on the cross-entropy of the nodes to learn from. All other nodes' features and edges take
 * part, their labels do not. With validation nodes the model ends with the weights of its best epoch.
 *
 * @throws `expected a node to learn from of class "b", got none`; `expected labels of the nodes in train, got null for ann`; a node both in train and in validation;
 * `expected loss to be finite, got NaN in epoch 2: ...`: the model then has the last weights that gave a finite loss.
 * @example
 * const { graph: club, clubs } = graph.karateClub();
 * const model = graph.gcn(club, { features: 34, classes: 2 });
 * const fit = await graph.fit(model, { x: tf.eye(34), labels: clubs, train: [0, 33] }, { epochs: 40, progress: false });
 * fit.history.loss.length // 40
 */
export async function fit(model: NodeModel, data: NodeData, options: NodeFitOptions = {}): Promise<NodeFit> {
  known(options, names);
  known(data, ["x", "labels", "train", "validation", "classes"]);
  const g = model.graph;
  const epochs = whole({ epochs: options.epochs ?? 200 }, 1);
  const weightDecay = nonNegative({ weightDecay: options.weightDecay ?? 5e-4 });
  const patience = options.patience === undefined ? Number.POSITIVE_INFINITY : whole({ patience: options.patience }, 1);
  const { classes, of } = readLabels(g, data.labels, data.classes);
  if (classes.length > model.classes) throw new RangeError(`expected at most ${model.classes} classes, the scores of the model, got ${classes.length} (${classes.join(", ")})`);
  const train = labelledNodes(g, of, { train: data.train });
  const validation = data.validation?.length ? labelledNodes(g, of, { validation: data.validation }) : undefined;
  const both = validation?.find((node) => train.includes(node));
  if (both !== undefined) throw new RangeError(`expected each node in train or in validation, got ${g.names[both]} in both`);
  const empty = classes.find((_, at) => !train.some((node) => of[node] === at));
  if (empty !== undefined) throw new RangeError(`expected a node to learn from of class ${JSON.stringify(empty)}, got none`);

  const kernels = model.variables.filter(({ rank }) => rank >= 2);
  const optimizer = tf.train.adam(positive({ learningRate: options.learningRate ?? 0.01 }));
  const work: Batches = batches(model, of, train, { seed: 1, ...options });
  const step = (x: tf.Tensor, y: tf.Tensor, ...batch: tf.Tensor[]): tf.Tensor => {
    let figures: tf.Tensor | undefined;
    optimizer.minimize(() => {
      const scores = work.scores(x, batch);
      const loss = tf.losses.softmaxCrossEntropy(y, scores) as tf.Scalar;
      // Kept past the gradient's scope; the scope of the step lets go of the clone.
      figures = tf.keep(tf.stack([loss, accuracyOf(y, scores)]));
      if (weightDecay === 0) return loss;
      return tf.add(loss, tf.mul(weightDecay / 2, tf.addN(kernels.map((kernel) => tf.sum(tf.square(kernel)))))) as tf.Scalar;
    }, false, model.variables);
    const told = tf.clone(figures!);
    figures!.dispose();
    return told;
  };
  const judge = (x: tf.Tensor, y: tf.Tensor, nodes: tf.Tensor): tf.Tensor => {
    const scores = tf.gather(model.predict(x, false), nodes as tf.Tensor1D);
    return tf.stack([tf.losses.softmaxCrossEntropy(y, scores), accuracyOf(y, scores)]);
  };
  const wrap = <F extends (...args: tf.Tensor[]) => tf.Tensor>(one: F, name: string): F & { dispose?(): void } => (options.compile === false ? one : compiled(one, { name }));
  const [trainStep, judgeStep] = [wrap(step, "graph.fit"), wrap(judge, "graph.fit, validation")];
  const oneHot = (nodes: Int32Array) => tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d(Int32Array.from(nodes, (node) => of[node]), "int32"), model.classes), "float32"));
  const held = validation && { y: oneHot(validation), nodes: tf.tensor1d(validation, "int32") };

  const history: Record<string, number[]> = {};
  const view = options.progress === false ? undefined : progressView({ epochs, title: say("Training on a graph", "图上的训练") });
  let [best, lowest, done, waited]: number[] = [0, Number.POSITIVE_INFINITY, 0, Date.now()];
  let kept: Float32Array[] | undefined;
  let stopped: NodeFit["stopped"];
  try {
    while (done < epochs && !stopped) {
      const before = kept ?? read(model);
      const sums = [0, 0];
      for (const { rows, tensors } of work.epoch(oneHot)) {
        const figures = numbers(() => trainStep(data.x, ...tensors));
        sums[0] += figures[0] * rows;
        sums[1] += figures[1] * rows;
      }
      done += 1;
      const figures: Record<string, number> = { loss: sums[0] / train.length, accuracy: sums[1] / train.length };
      if (!Number.isFinite(figures["loss"])) {
        write(model, before);
        throw new RangeError(`expected loss to be finite, got ${figures["loss"]} in epoch ${done}: lower the learning rate or look for NaN in x; the model has the weights of before`);
      }
      if (held) {
        const judged = numbers(() => judgeStep(data.x, held.y, held.nodes));
        [figures["val_loss"], figures["val_accuracy"]] = [judged[0], judged[1]];
        if (judged[0] < lowest) [lowest, best, kept] = [judged[0], done, read(model)];
        else if (done - best >= patience) stopped = "early";
      }
      for (const [name, value] of Object.entries(figures)) (history[name] ??= []).push(value);
      view?.step(figures);
      if (options.onEpoch && (await options.onEpoch(done, figures)) === false) stopped = "asked";
      // A front end wants to show what happened.
      if (Date.now() - waited > 50) {
        await tf.nextFrame();
        waited = Date.now();
      }
    }
    if (kept) write(model, kept);
  } finally {
    view?.done();
    trainStep.dispose?.();
    judgeStep.dispose?.();
    work.dispose();
    optimizer.dispose();
    tf.dispose((held ?? []) as never);
  }
  const warnings = unreached(g, train);
  const result = { history: Object.freeze(history), epochs: done, best: kept ? best : done, classes, warnings, ...(stopped && { stopped }) };
  return showLine(result, () => [say(`Trained for ${done} epochs${kept ? `, the weights of epoch ${best}` : ""}: ${Object.entries(history).map(([name, values]) => `${name} ${values[result.best - 1].toFixed(3)}`).join(", ")}.`, `训练了 ${done} 轮${kept ? `，保留第 ${best} 轮的权重` : ""}：${Object.entries(history).map(([name, values]) => `${name} ${values[result.best - 1].toFixed(3)}`).join("，")}。`), ...warnings].join("\n"));
}

const accuracyOf = (y: tf.Tensor, scores: tf.Tensor): tf.Tensor => tf.mean(tf.cast(tf.equal(tf.argMax(y, 1), tf.argMax(scores, 1)), "float32"));

/** What a step says, its tensors let go. */
export const numbers = (step: () => tf.Tensor): ArrayLike<number> => tf.tidy(() => step().dataSync() as never) as unknown as ArrayLike<number>;

const read = (model: NodeModel): Float32Array[] => model.variables.map((variable) => variable.dataSync().slice() as Float32Array);

function write(model: NodeModel, values: readonly Float32Array[]): void {
  tf.tidy(() => model.variables.forEach((variable, at) => variable.assign(tf.tensor(values[at], variable.shape))));
}
