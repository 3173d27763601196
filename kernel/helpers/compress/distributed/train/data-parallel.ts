import * as tf from "@tensorflow/tfjs";
import { say } from "../../../../display/language.js";
import { known, oneOf, positive, whole } from "../../../arguments.js";
import { showAs } from "../../../label/show.js";
import type { Figure } from "../../../plot/figure.js";
import { line } from "../../../plot/line.js";
import { runTeam } from "../node/team.js";
import type { DataParallelDone, DataParallelJob, Push } from "../programs/data-parallel.js";
import type { WorkerKind } from "../worker.js";
import { batchesOf, shareOf } from "./batches.js";
import { lossNames, type LossName } from "./losses.js";
import { checkData, packModel, packTensor } from "./packed.js";
import { parameterServer, type Staleness } from "./server.js";

export interface DataParallelOptions {
  /** By name; cross-entropies are from logits. */
  loss: LossName;
  /** Default 2. */
  workers?: number;
  /** Default "threads". */
  kind?: WorkerKind;
  /** "synchronous": all take each step together, by ring all-reduce. "asynchronous": a parameter server takes each gradient as it comes. Default "synchronous". */
  mode?: "synchronous" | "asynchronous";
  /** Asynchronous: steps that a worker may be ahead of the slowest; default 2. */
  staleness?: number;
  /** Default "sgd"; asynchronous: only that. */
  optimizer?: "sgd" | "momentum" | "adam";
  /** Default 0.1. */
  learningRate?: number;
  /** Default 1. */
  epochs?: number;
  /** Rows of a step, of all workers together; default 32. */
  batchSize?: number;
  /** Order of the rows; default 1. */
  seed?: number;
  /** Engine of the workers; default: the best. */
  tier?: "tensorflow" | "wasm" | "cpu";
  /** Told the loss of each synchronous step. */
  onStep?(loss: number, step: number): void;
  /** Ends the workers. */
  signal?: AbortSignal;
}

export interface WorkerShare {
  readonly rank: number;
  readonly examples: number;
  readonly bytesSent: number;
  readonly seconds: number;
  /** Seconds spent waiting for others. */
  readonly waited: number;
}

export interface DataParallelResult {
  /** Mean loss of each step; asynchronous: of each gradient, worker by worker. */
  readonly losses: readonly number[];
  readonly workers: readonly WorkerShare[];
  /** Of training, without starting the workers. */
  readonly seconds: number;
  /** With the start. */
  readonly secondsWithStart: number;
  readonly bytesSent: number;
  readonly staleness?: Staleness;
  plot(): Figure;
}

const names = ["loss", "workers", "kind", "mode", "staleness", "optimizer", "learningRate", "epochs", "batchSize", "seed", "tier", "onStep", "signal"];

/**
 * Trains a model on several workers, each with its part of every batch; afterwards the model has the trained weights. Synchronous training gives the numbers that one worker gives with the same batches (differences: the
 * order of additions). Asynchronous training does not wait for all: gradients come late (stale), the more the faster some workers are.
 *
 * In the kernel and in Node, not in the page. On the two or four cores of a laptop small models get slower, not faster: starting workers and sending gradients costs more than it saves. Measure it (`speedUp`).
 *
 * @param data x and y, the first axis are the rows
 * @throws `expected y with 4 rows like x, got 3`; `expected a model without batch normalisation, got norm_1: ...`; `worker 1 of 2 (thread): ...`; `expected loss to be finite, got NaN in step 3: ...`
 * @see Dean et al. (2012), "Large scale distributed deep networks"; Ho et al. (2013), "More effective distributed ML via a stale synchronous parallel parameter server"
 */
export async function dataParallel(model: tf.LayersModel, data: { x: tf.Tensor; y: tf.Tensor }, options: DataParallelOptions): Promise<DataParallelResult> {
  known(options, names);
  const loss = oneOf({ loss: options.loss }, lossNames);
  const workers = whole({ workers: options.workers ?? 2 }, 1);
  const kind = oneOf({ kind: options.kind ?? "threads" }, ["threads", "processes"]);
  const synchronous = oneOf({ mode: options.mode ?? "synchronous" }, ["synchronous", "asynchronous"]) === "synchronous";
  const optimizer = oneOf({ optimizer: options.optimizer ?? "sgd" }, ["sgd", "momentum", "adam"]);
  const bound = whole({ staleness: options.staleness ?? 2 });
  if (synchronous && options.staleness !== undefined) throw new TypeError("expected staleness with mode asynchronous only");
  if (!synchronous && optimizer !== "sgd") throw new RangeError(`expected optimizer sgd with mode asynchronous, got ${optimizer}: the server keeps no momentum`);
  const learningRate = positive({ learningRate: options.learningRate ?? 0.1 });
  const epochs = whole({ epochs: options.epochs ?? 1 }, 1);
  const rows = checkData(data);
  const batchSize = whole({ batchSize: options.batchSize ?? 32 }, 1);
  if (batchSize < workers) throw new RangeError(`expected batchSize >= workers ${workers}, got ${batchSize}: a worker would have no row`);
  const seed = whole({ seed: options.seed ?? 1 });
  const shared = kind === "threads";
  const job: DataParallelJob = { model: packModel(model, shared), x: packTensor(data.x, shared), y: packTensor(data.y, shared), loss, optimizer, learningRate, rows, batchSize, epochs, seed, synchronous };
  const trained = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const server = synchronous ? undefined : parameterServer(joined(trained), { workers, learningRate, bound, steps: stepsOf(job, workers) });
  const serverWeights = server?.weights;
  let step = 0;
  const started = performance.now();
  const done = (await runTeam({
    program: { module: new URL("../programs/data-parallel.js", import.meta.url).href }, kind, data: Array.from({ length: workers }, () => job), tier: options.tier, signal: options.signal,
    onReport: (value) => options.onStep?.(value as number, ++step),
    ...(server && { onAsk: (question: unknown, rank: number) => server.ask(question as Push, rank) }),
  })) as DataParallelDone[];
  const secondsWithStart = (performance.now() - started) / 1000;
  if (serverWeights) assignFlat(trained, serverWeights);
  else tf.tidy(() => model.setWeights(done[0]!.weights!.map((values, at) => tf.tensor(values, model.weights[at]!.shape as number[]))));
  const shares = done.map(({ examples, bytesSent, seconds, waited }, rank) => Object.freeze({ rank, examples, bytesSent, seconds, waited }));
  const losses = synchronous ? done[0]!.losses : done.flatMap((one) => one.losses);
  const result: DataParallelResult = {
    losses: Object.freeze(losses), workers: Object.freeze(shares), seconds: Math.max(...shares.map(({ seconds }) => seconds)), secondsWithStart, bytesSent: shares.reduce((sum, { bytesSent }) => sum + bytesSent, 0),
    ...(server && { staleness: server.staleness() }),
    plot: () => line(Object.fromEntries(synchronous ? [[say("loss", "损失"), losses]] : done.map((one, rank) => [say(`worker ${rank}`, `工作者 ${rank}`), one.losses])), { xLabel: say("step", "步"), yLabel: say("loss", "损失"), title: say(`${workers} ${kind}, ${synchronous ? "synchronous" : "asynchronous"}`, `${workers} 个${kind === "threads" ? "线程" : "进程"}，${synchronous ? "同步" : "异步"}`) }),
  };
  return showAs(result, () => shares, () => say(`${workers} ${kind}: ${result.seconds.toFixed(2)} s of training, ${result.bytesSent.toLocaleString("en-US")} bytes sent`, `${workers} 个${kind === "threads" ? "线程" : "进程"}：训练 ${result.seconds.toFixed(2)} 秒，发送 ${result.bytesSent.toLocaleString("en-US")} 字节`));
}

function stepsOf({ rows, batchSize, epochs, seed }: DataParallelJob, workers: number): number[] {
  const batches = batchesOf(rows, batchSize, epochs, seed);
  return Array.from({ length: workers }, (_, rank) => batches.filter((batch) => shareOf(batch, rank, workers).length > 0).length);
}

export function joined(variables: readonly tf.Variable[]): Float32Array {
  const flat = new Float32Array(variables.reduce((sum, { size }) => sum + size, 0));
  let at = 0;
  for (const variable of variables) {
    flat.set(variable.dataSync<"float32">(), at);
    at += variable.size;
  }
  return flat;
}

function assignFlat(variables: readonly tf.Variable[], flat: Float32Array): void {
  let at = 0;
  tf.tidy(() => variables.forEach((variable) => variable.assign(tf.tensor(flat.slice(at, (at += variable.size)), variable.shape))));
}
