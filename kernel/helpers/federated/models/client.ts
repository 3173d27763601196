import * as tf from "@tensorflow/tfjs";
import { known, positive, whole } from "../../arguments.js";
import { random } from "../../data/random.js";
import type { Client, Context } from "../simulate/contract.js";
import type { Weights } from "../weights.js";
import { readWeights, writeWeights, type Model } from "./read.js";

interface Training {
  /** Passes over the client's data in a round. Default 1. */
  readonly epochs?: number;
  /** Default 32. */
  readonly batchSize?: number;
  /** Stochastic gradient descent with this rate; or give an `optimizer`. */
  readonly learningRate?: number;
  /** Called each round, for a fresh optimizer: a client carries no state from round to round. */
  readonly optimizer?: () => tf.Optimizer;
  /** Of the order of the examples; default 0. */
  readonly seed?: number;
}

export interface VariablesClientOptions extends Training {
  readonly name: string;
  /** What is trained: shared by all clients on one machine, since each round writes them first. */
  readonly variables: readonly tf.Variable[];
  /** How many examples the client has, >= 1. */
  readonly examples: number;
  /** The mean loss of the examples at these places, as a scalar tensor. */
  readonly loss: (indices: readonly number[]) => tf.Tensor;
}

/**
 * A client around a hand-written model: a list of variables, and a loss. Obeys FedProx: adds `mu * (w - w_global)` to the gradient.
 * Reports the mean loss of its last epoch.
 *
 * @throws `expected learningRate or optimizer, got neither`; `expected examples to be a whole number >= 1, got 0`.
 * @example
 * const w = tf.variable(tf.scalar(0));
 * const client = federated.variablesClient({ name: "a", variables: [w], examples: 1, learningRate: 0.5, loss: () => w.sub(3).square() });
 * (await client.train(federated.readWeights([w]), { round: 1, proximal: 0 })).weights[0].values // [3]
 */
export function variablesClient(options: VariablesClientOptions): Client {
  known(options, ["name", "variables", "examples", "loss", "epochs", "batchSize", "learningRate", "optimizer", "seed"]);
  const { name, variables, loss } = options;
  const examples = whole({ examples: options.examples }, 1);
  return client(name, examples, variables, () => [...variables], (indices) => loss(indices).asScalar(), options);
}

export interface ModelClientOptions extends Training {
  readonly name: string;
  /** May be shared by all clients on one machine: each round writes its weights first. */
  readonly model: tf.LayersModel;
  /** Features, one row an example. Stays with the caller: not disposed. */
  readonly x: tf.Tensor;
  /** Truth, as the loss needs it. */
  readonly y: tf.Tensor;
  /** The mean loss of a batch, such as `tf.losses.softmaxCrossEntropy` (on logits) or `tf.losses.meanSquaredError`. */
  readonly loss: (truth: tf.Tensor, predicted: tf.Tensor) => tf.Tensor;
}

/**
 * A client around a `tf.LayersModel` and its own tensors. Layers such as dropout are in training mode. Obeys FedProx as `variablesClient` does;
 * `evaluate` gives the loss on all of the client's data.
 *
 * @throws `expected y of length 3 like x, got 2`; `expected learningRate or optimizer, got neither`.
 * @example
 * const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1], useBias: false, kernelInitializer: "zeros" })] });
 * const client = federated.modelClient({ name: "a", model, x: tf.tensor2d([[1]]), y: tf.tensor2d([[2]]), learningRate: 0.5, loss: tf.losses.meanSquaredError });
 * (await client.train(federated.readWeights(model), { round: 1, proximal: 0 })).weights[0].values // [2]
 */
export function modelClient(options: ModelClientOptions): Client {
  known(options, ["name", "model", "x", "y", "loss", "epochs", "batchSize", "learningRate", "optimizer", "seed"]);
  const { name, model, x, y, loss } = options;
  const examples = whole({ "rows of x": x.shape[0] ?? 0 }, 1);
  if (y.shape[0] !== examples) throw new RangeError(`expected y of length ${examples} like x, got ${y.shape[0]}`);
  const trained = () => model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const batchLoss = (indices: readonly number[]) => {
    const places = tf.tensor1d([...indices], "int32");
    return loss(y.gather(places), model.apply(x.gather(places), { training: true }) as tf.Tensor).mean() as tf.Scalar;
  };
  return {
    ...client(name, examples, model, trained, batchLoss, options),
    evaluate(weights) {
      writeWeights(model, weights);
      const value = tf.tidy(() => (loss(y, model.predict(x) as tf.Tensor).mean() as tf.Scalar).dataSync()[0]!);
      return { examples, metrics: { loss: value } };
    },
  };
}

function client(name: string, examples: number, model: Model, trained: () => tf.Variable[], loss: (indices: readonly number[]) => tf.Scalar, options: Training): Client {
  const epochs = whole({ epochs: options.epochs ?? 1 }, 1);
  const batchSize = whole({ batchSize: options.batchSize ?? 32 }, 1);
  if ((options.learningRate === undefined) === (options.optimizer === undefined)) throw new TypeError(`expected learningRate or optimizer, got ${options.optimizer ? "both" : "neither"}`);
  if (options.learningRate !== undefined) positive({ learningRate: options.learningRate });
  const newOptimizer = options.optimizer ?? (() => tf.train.sgd(options.learningRate!));
  return {
    name,
    async train(weights: Weights, { round, proximal }: Context) {
      writeWeights(model, weights);
      const variables = trained();
      const start = proximal > 0 ? variables.map((variable) => variable.clone()) : [];
      const optimizer = newOptimizer();
      const generator = random((options.seed ?? 0) + round);
      let mean = 0;
      try {
        for (let epoch = 0; epoch < epochs; epoch++) {
          const order = generator.shuffle(Array.from({ length: examples }, (_, at) => at));
          mean = 0;
          for (let from = 0; from < examples; from += batchSize) {
            const batch = order.slice(from, from + batchSize);
            mean += (batch.length / examples) * step(() => loss(batch), variables, start, proximal, optimizer);
          }
        }
      } finally {
        optimizer.dispose();
        for (const tensor of start) tensor.dispose();
      }
      return { weights: readWeights(model), examples, metrics: { loss: mean } };
    },
  };
}

function step(loss: () => tf.Scalar, variables: tf.Variable[], start: tf.Tensor[], proximal: number, optimizer: tf.Optimizer): number {
  return tf.tidy(() => {
    const { value, grads } = tf.variableGrads(loss, variables);
    variables.forEach((variable, at) => {
      if (start.length) grads[variable.name] = grads[variable.name]!.add(variable.sub(start[at]!).mul(proximal));
    });
    optimizer.applyGradients(grads);
    return value.dataSync()[0]!;
  });
}
