import type { Tensor } from "@tensorflow/tfjs";
import { compile } from "../../../kernel/engine/compile/public.js";
import { loadEngine } from "../../../kernel/engine/index.js";
import { alternate, percentile, timesOf } from "./alternate.js";
import { optimizers, workloads } from "./workloads.js";

/** Milliseconds a step, medians. `compiled`: what `xla: "auto"` keeps; `first`: its first calls, until the graph is built. */
export interface StepFigures {
  eager: number;
  compiled: number;
  xla: boolean;
  first: number;
}

type Step = (...batch: Tensor[]) => Tensor;

/** Calls until `auto` has settled. */
const settling = 40;

/** Every workload with every optimiser: operation by operation, and compiled. */
export async function measureSteps(seconds: number, onStep: (what: string) => void): Promise<Record<string, StepFigures>> {
  const { tf } = await loadEngine({ tier: "tensorflow" });
  const figures: Record<string, StepFigures> = {};
  for (const [name, { make, batch }] of Object.entries(workloads)) {
    for (const [optimizer, create] of Object.entries(optimizers)) {
      onStep(`${name}, ${optimizer}`);
      const data = batch(tf);
      const eager = make(tf, create(tf));
      const compiled = compile(make(tf, create(tf)) as Step, { xla: "auto", strict: true });
      const run = (step: Step) => (): void => tf.tidy(() => void step(...data));
      const started = performance.now();
      while (compiled.variants[0]?.mode !== "graph") run(compiled)();
      const first = performance.now() - started;
      for (let call = 0; call < settling; call++) run(compiled)();
      for (let call = 0; call < 5; call++) run(eager)();
      const medians = alternate({ eager: run(eager), compiled: run(compiled) }, seconds) as Pick<StepFigures, "eager" | "compiled">;
      figures[`${name}, ${optimizer}`] = { ...medians, xla: compiled.variants[0]!.xla, first };
      compiled.dispose();
      tf.disposeVariables();
      tf.dispose(data);
    }
  }
  return figures;
}

/** Milliseconds of one prediction, half of the calls and all but one in a hundred stay below. */
export interface ServingFigures {
  p50: number;
  p99: number;
  /** Operation by operation. */
  eager50: number;
  eager99: number;
}

/** `model.predict` of an MLP and a CNN with one row and with 32: what a server would answer with. */
export async function measureServing(seconds: number): Promise<Record<string, ServingFigures>> {
  const { tf } = await loadEngine({ tier: "tensorflow" });
  const { layers } = tf;
  const models = {
    MLP: tf.sequential({ layers: [layers.dense({ units: 256, activation: "relu", inputShape: [784] }), layers.dense({ units: 10, activation: "softmax" })] }),
    CNN: tf.sequential({ layers: [layers.conv2d({ filters: 16, kernelSize: 3, padding: "same", activation: "relu", inputShape: [28, 28, 1] }), layers.maxPooling2d({ poolSize: 2 }), layers.conv2d({ filters: 32, kernelSize: 3, padding: "same", activation: "relu" }), layers.maxPooling2d({ poolSize: 2 }), layers.flatten(), layers.dense({ units: 10, activation: "softmax" })] }),
  };
  const figures: Record<string, ServingFigures> = {};
  for (const [name, model] of Object.entries(models)) {
    for (const rows of [1, 32]) {
      const x = tf.randomNormal([rows, ...(model.inputs[0]!.shape.slice(1) as number[])], 0, 1, "float32", 1);
      const predict = (compiled: boolean) => (): void => {
        tf.env().set("COMPILE_MODELS", compiled);
        tf.tidy(() => void (model.predict(x) as Tensor).dataSync());
      };
      for (let call = 0; call < 30; call++) for (const compiled of [true, false]) predict(compiled)();
      const times = timesOf({ compiled: predict(true), eager: predict(false) }, seconds);
      tf.env().set("COMPILE_MODELS", true);
      figures[`${name}, ${rows} ${rows === 1 ? "row" : "rows"}`] = { p50: percentile(times["compiled"]!, 0.5), p99: percentile(times["compiled"]!, 0.99), eager50: percentile(times["eager"]!, 0.5), eager99: percentile(times["eager"]!, 0.99) };
      x.dispose();
    }
  }
  return figures;
}
