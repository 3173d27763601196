import * as tf from "@tensorflow/tfjs";
import { say } from "../../../../display/language.js";
import { known, oneOf, positive, shown, whole } from "../../../arguments.js";
import { showAs } from "../../../label/show.js";
import { readChain, type ChainLayer } from "../../model/chain.js";
import { runTeam } from "../node/team.js";
import type { PipelineDone, PipelineJob } from "../programs/pipeline.js";
import type { WorkerKind } from "../worker.js";
import { lossNames, type LossName } from "./losses.js";
import { checkData, checkModel, packTensor } from "./packed.js";

export interface PipelineOptions {
  loss: LossName;
  /** Numbers of layers after which a new stage begins, ascending: [2] makes two stages. Default: two stages with about as many parameters each. */
  cuts?: readonly number[];
  /** Parts of a batch that follow each other through the stages; default 4. */
  microBatches?: number;
  kind?: WorkerKind;
  /** Default "sgd". */
  optimizer?: "sgd" | "momentum" | "adam";
  learningRate?: number;
  epochs?: number;
  batchSize?: number;
  seed?: number;
  tier?: "tensorflow" | "wasm" | "cpu";
  onStep?(loss: number, step: number): void;
  signal?: AbortSignal;
}

export interface StageShare {
  readonly stage: number;
  readonly layers: string;
  readonly parameters: number;
  readonly bytesSent: number;
  readonly seconds: number;
  readonly waited: number;
  /** Part of the time that the stage waited for its neighbours. */
  readonly idle: number;
}

export interface PipelineResult {
  readonly losses: readonly number[];
  readonly stages: readonly StageShare[];
  readonly seconds: number;
  readonly bytesSent: number;
  /** Idle part of a pipeline of equal stages: `(stages - 1) / (microBatches + stages - 1)`. The measured one is in `stages`. */
  readonly bubble: number;
}

/**
 * Trains a chain of layers split over workers: each has some layers only, activations go forward, gradients back, in micro-batches, so that the stages work at the same time. The sums of the micro-batches' gradients are the
 * batch's: the numbers are those of one worker. Afterwards the model has the trained weights. In the kernel and in Node, not in the page.
 *
 * @throws `expected a chain of layers, got add_1 (Add) with 2 inputs`; `expected cuts between 1 and 4, ascending, got 0`; as `dataParallel`
 * @see Huang et al. (2019), "GPipe: efficient training of giant neural networks using pipeline parallelism"
 */
export async function pipeline(model: tf.LayersModel, data: { x: tf.Tensor; y: tf.Tensor }, options: PipelineOptions): Promise<PipelineResult> {
  known(options, ["loss", "cuts", "microBatches", "kind", "optimizer", "learningRate", "epochs", "batchSize", "seed", "tier", "onStep", "signal"]);
  checkModel(model);
  const chain = readChain(model);
  const kind = oneOf({ kind: options.kind ?? "threads" }, ["threads", "processes"]);
  const cuts = options.cuts ?? [halfOf(chain)];
  if (chain.length < 2) throw new RangeError(`expected a model of at least 2 layers, got ${chain.length}`);
  cuts.forEach((cut, at) => {
    if (!Number.isInteger(cut) || cut < 1 || cut > chain.length - 1 || (at > 0 && cut <= cuts[at - 1]!)) throw new RangeError(`expected cuts between 1 and ${chain.length - 1}, ascending, got ${cuts.length === 0 ? "none" : shown(cut)}`);
  });
  const rows = checkData(data);
  const shared = kind === "threads";
  const common = {
    rows, loss: oneOf({ loss: options.loss }, lossNames), optimizer: oneOf({ optimizer: options.optimizer ?? "sgd" }, ["sgd", "momentum", "adam"]), learningRate: positive({ learningRate: options.learningRate ?? 0.1 }),
    epochs: whole({ epochs: options.epochs ?? 1 }, 1), batchSize: whole({ batchSize: options.batchSize ?? 32 }, 1), microBatches: whole({ microBatches: options.microBatches ?? 4 }, 1), seed: whole({ seed: options.seed ?? 1 }),
  };
  const bounds = [0, ...cuts, chain.length];
  const parts = bounds.slice(1).map((end, stage) => chain.slice(bounds[stage], end));
  const jobs = parts.map((layers, stage): PipelineJob => ({
    ...common, layers: layers.map(({ className, config, weights }) => ({ className, config, weights })), inputShape: layers[0]!.inputShape, outputShape: layers.at(-1)!.outputShape,
    ...(stage === 0 && { x: packTensor(data.x, shared) }), ...(stage === parts.length - 1 && { y: packTensor(data.y, shared) }),
  }));
  let step = 0;
  const done = (await runTeam({ program: { module: new URL("../programs/pipeline.js", import.meta.url).href }, kind, data: jobs, tier: options.tier, signal: options.signal, onReport: (value) => options.onStep?.(value as number, ++step) })) as PipelineDone[];
  const trained = done.flatMap(({ weights }) => weights);
  const own = model.layers.flatMap((layer) => layer.weights);
  tf.tidy(() => own.forEach((weight, at) => (weight.read() as tf.Variable).assign(tf.tensor(trained[at]!, weight.shape as number[]))));
  const stages = done.map(({ bytesSent, seconds, waited }, stage) => Object.freeze({
    stage, layers: parts[stage]!.map(({ name }) => name).join(", "), parameters: parametersOf(parts[stage]!), bytesSent, seconds, waited, idle: waited / seconds,
  }));
  const result: PipelineResult = {
    losses: Object.freeze(done.at(-1)!.losses), stages: Object.freeze(stages), seconds: Math.max(...stages.map(({ seconds }) => seconds)), bytesSent: stages.reduce((sum, { bytesSent }) => sum + bytesSent, 0),
    bubble: (parts.length - 1) / (common.microBatches + parts.length - 1),
  };
  return showAs(result, () => stages, () => say(`${stages.length} stages as ${kind}: ${result.seconds.toFixed(2)} s, idle at least ${(100 * result.bubble).toFixed(0)} % by theory`, `${stages.length} 个阶段（${kind === "threads" ? "线程" : "进程"}）：${result.seconds.toFixed(2)} 秒，理论上至少空闲 ${(100 * result.bubble).toFixed(0)}%`));
}

const parametersOf = (layers: readonly ChainLayer[]): number => layers.reduce((sum, { weights }) => sum + weights.reduce((inner, { values }) => inner + values.length, 0), 0);

function halfOf(chain: readonly ChainLayer[]): number {
  const total = parametersOf(chain);
  const gaps = chain.slice(1).map((_, at) => Math.abs(parametersOf(chain.slice(0, at + 1)) - total / 2));
  return gaps.indexOf(Math.min(...gaps)) + 1;
}
