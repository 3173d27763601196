import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { graphBackend } from "./backend.js";
import { createCompile, type Compiled } from "./index.js";
import { isTensor } from "./tree.js";

type Batch = (data: Tensor[]) => Tensor | Tensor[];

/** What of a model decides what its steps do. */
interface Model {
  name: string;
  optimizer_: unknown;
  lossFunctions: unknown;
  metricsTensors: unknown;
  collectedTrainableWeights: unknown[];
  testFunction: Batch;
  makeTrainFunction(): Batch;
  makeTestFunction(): void;
  predictLoop(ins: Tensor | Tensor[], batchSize?: number, verbose?: boolean): Tensor | Tensor[];
}

/** Compiled steps of one model; another compile() of it, or other frozen layers, make others. */
interface Steps {
  key: readonly unknown[];
  train?: Compiled<Batch>;
  test?: Compiled<Batch>;
  predict?: Compiled<Batch>;
}

const prepared = new WeakSet<object>();

/** `tf.env().set("COMPILE_MODELS", false)`: models run operation by operation, as tfjs does it. */
const flag = "COMPILE_MODELS";

/** Let `fit`, `fitDataset`, `trainOnBatch`, `evaluate` and `predict` of layers models run compiled steps where the backend can. Once a `tf`. */
export function compileModels(tf: TensorFlowJs): void {
  if (prepared.has(tf)) return;
  prepared.add(tf);
  const compile = createCompile(tf);
  tf.env().registerFlag(flag, () => true);
  const can = (): boolean => tf.env().getBool(flag) && graphBackend(tf) !== undefined;
  const all = new WeakMap<object, Steps>();
  const prototype = tf.LayersModel.prototype as unknown as Model;
  const { makeTrainFunction, makeTestFunction, predictLoop } = prototype;

  function stepsOf(model: Model): Steps {
    const key = [model.optimizer_, model.lossFunctions, model.metricsTensors, ...(model.collectedTrainableWeights ?? [])];
    const before = all.get(model);
    if (before && before.key.length === key.length && before.key.every((part, at) => part === key[at])) return before;
    for (const name of ["train", "test", "predict"] as const) before?.[name]?.dispose();
    const steps: Steps = { key };
    all.set(model, steps);
    return steps;
  }

  prototype.makeTrainFunction = function (this: Model) {
    if (!can()) return makeTrainFunction.call(this);
    return (stepsOf(this).train ??= compile(makeTrainFunction.call(this), { name: `${this.name}.fit` }));
  };

  prototype.makeTestFunction = function (this: Model) {
    makeTestFunction.call(this);
    if (can()) this.testFunction = stepsOf(this).test ??= compile(this.testFunction, { name: `${this.name}.evaluate` });
  };

  prototype.predictLoop = function (this: Model, ins, batchSize = 32, verbose = false) {
    const list = Array.isArray(ins) ? ins : [ins];
    const rows = list[0]?.shape[0] ?? 0;
    if (!can() || verbose || rows === 0 || !list.every((tensor) => isTensor(tensor) && tensor.shape[0] === rows)) return predictLoop.call(this, ins, batchSize, verbose);
    const one = (stepsOf(this).predict ??= compile((data: Tensor[]) => predictLoop.call(this, data, data[0]!.shape[0]), { name: `${this.name}.predict` }));
    if (rows <= batchSize) return one(list);
    return tf.tidy(() => {
      const batches: (Tensor | Tensor[])[] = [];
      for (let start = 0; start < rows; start += batchSize) batches.push(one(list.map((tensor) => tf.slice(tensor, start, Math.min(batchSize, rows - start)))));
      if (!Array.isArray(batches[0])) return tf.concat(batches as Tensor[], 0);
      return batches[0].map((_, output) => tf.concat(batches.map((batch) => (batch as Tensor[])[output]!), 0));
    }) as Tensor | Tensor[];
  };
}
