import type * as tf from "@tensorflow/tfjs";
import { compiled } from "../../../compiled.js";
import type { PackedModel, PackedTensor } from "./packed.js";
import { lossOf, type LossName } from "./losses.js";

export interface Gradients {
  /** Mean loss of the rows. */
  readonly loss: number;
  /** Of the mean loss, all weights one after the other. */
  readonly flat: Float32Array;
}

/** A model inside a worker: gradients out, updates in, as plain numbers. */
export interface Trainer {
  gradients(rows: readonly number[]): Gradients;
  update(flat: Float32Array): void;
  readonly weights: Float32Array;
  setWeights(flat: Float32Array): void;
  /** All weights, in the model's order. */
  all(): Float32Array[];
  readonly size: number;
}

export interface TrainerOptions {
  readonly model: PackedModel;
  readonly x: PackedTensor;
  readonly y: PackedTensor;
  readonly loss: LossName;
  readonly optimizer: "sgd" | "momentum" | "adam";
  readonly learningRate: number;
}

export const unpack = (engine: typeof tf, { values, shape, dtype }: PackedTensor): tf.Tensor => engine.tensor(values.slice(), [...shape], dtype);

/** Some rows of a tensor that is not one. */
export function rowsOf(engine: typeof tf, { values, shape, dtype }: PackedTensor, rows: readonly number[]): tf.Tensor {
  const width = values.length / shape[0]!;
  const taken = new (values.constructor as typeof Float32Array)(rows.length * width);
  rows.forEach((row, at) => taken.set(values.subarray(row * width, (row + 1) * width) as Float32Array, at * width));
  return engine.tensor(taken, [rows.length, ...shape.slice(1)], dtype);
}

export async function makeTrainer(engine: typeof tf, options: TrainerOptions): Promise<Trainer> {
  const { x, y, loss } = options;
  const model = await engine.models.modelFromJSON({ modelTopology: options.model.topology } as never);
  engine.tidy(() => model.setWeights(options.model.weights.map((weight) => unpack(engine, weight))));
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const size = variables.reduce((sum, variable) => sum + variable.size, 0);
  const optimizer = makeOptimizer(engine, options.optimizer, options.learningRate);
  const step = compiled((rows: tf.Tensor, truth: tf.Tensor): tf.Tensor[] => {
    const { value, grads } = engine.variableGrads(() => lossOf(engine, loss, truth, model.apply(rows, { training: true }) as tf.Tensor), variables);
    return [value, ...variables.map((variable) => grads[variable.name]!)];
  }, { name: "distributed step" });
  const parts = (flat: Float32Array): tf.Tensor[] => {
    let at = 0;
    return variables.map((variable) => engine.tensor(flat.slice(at, (at += variable.size)), variable.shape));
  };
  return {
    size,
    gradients(rows) {
      const flat = new Float32Array(size);
      // A worker without rows (a last, small batch) adds nothing.
      if (rows.length === 0) return { loss: 0, flat };
      const value = engine.tidy(() => {
        const [mean, ...slopes] = step(rowsOf(engine, x, rows), rowsOf(engine, y, rows));
        let at = 0;
        for (const slope of slopes) {
          flat.set(slope.dataSync<"float32">(), at);
          at += slope.size;
        }
        return mean!.dataSync()[0]! as never;
      }) as unknown as number;
      return { loss: value, flat };
    },
    update: (flat) => engine.tidy(() => optimizer.applyGradients(Object.fromEntries(parts(flat).map((part, at) => [variables[at]!.name, part])))),
    get weights() {
      const flat = new Float32Array(size);
      let at = 0;
      for (const variable of variables) {
        flat.set(variable.dataSync<"float32">(), at);
        at += variable.size;
      }
      return flat;
    },
    setWeights: (flat) => engine.tidy(() => parts(flat).forEach((part, at) => variables[at]!.assign(part))),
    all: () => model.weights.map((weight) => weight.read().dataSync<"float32">().slice()),
  };
}

export function makeOptimizer(engine: typeof tf, name: "sgd" | "momentum" | "adam", learningRate: number): tf.Optimizer {
  return name === "sgd" ? engine.train.sgd(learningRate) : name === "momentum" ? engine.train.momentum(learningRate, 0.9) : engine.train.adam(learningRate);
}
