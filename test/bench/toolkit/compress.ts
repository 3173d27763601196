import type { Tensor, Tensor4D } from "@tensorflow/tfjs";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { loadEngine } from "../../../kernel/engine/index.js";
import * as compress from "../../../kernel/helpers/compress/index.js";
import { random } from "../../../kernel/helpers/data/random.js";
import * as vision from "../../../kernel/helpers/vision/index.js";
import { findPlace } from "../../../kernel/setup/place.js";

export const usage = `npm run bench -- toolkit compress [--rounds N]

Compression, grouped convolution and all-reduce beside PyTorch (in .build/torch-venv), best of N rounds (default 5) each; then what has no peer: speed-up of data-parallel training, a served model under load.`;

interface Row {
  task: string;
  /** Seconds, best of the rounds. */
  ours: number;
  theirs?: number;
  ratio?: number;
}

/** Best of the rounds, after one that is not counted. */
async function best(work: () => unknown, rounds: number): Promise<number> {
  let least = Infinity;
  for (let round = -2; round < rounds; round++) {
    const started = performance.now();
    await work();
    if (round >= 0) least = Math.min(least, (performance.now() - started) / 1000);
  }
  return least;
}

async function ours(rounds: number): Promise<Record<string, number>> {
  const { tf } = await loadEngine();
  const place = Symbol.for("lyceum.compile");
  const compile = (globalThis as { [place]?: <F>(step: F) => F })[place] ?? (<F>(step: F): F => step);
  const x = tf.randomNormal<import("@tensorflow/tfjs").Rank.R4>([32, 28, 28, 32], 0, 1, "float32", 1);
  const [grouped, depth, point] = ([[3, 3, 8, 64], [3, 3, 32, 1], [1, 1, 32, 64]] as const).map((shape, at) => tf.randomNormal([...shape], 0, 0.1, "float32", at + 2)) as [Tensor4D, Tensor4D, Tensor4D];
  const mean = (answer: Tensor) => tf.mean(tf.square(answer));
  const steps = {
    grouped: compile((a: Tensor, k: Tensor) => tf.grads((given: Tensor, kernel: Tensor) => mean(vision.groupedConv2d(given as Tensor4D, kernel as Tensor4D, { groups: 4 })))([a, k])),
    separable: compile((a: Tensor, d: Tensor, p: Tensor) => tf.grads((given: Tensor, deep: Tensor, flat: Tensor) => mean(tf.conv2d(tf.depthwiseConv2d(given as Tensor4D, deep as Tensor4D, 1, "same"), flat as Tensor4D, 1, "same")))([a, d, p])),
  };
  const read = (tensors: Tensor[]) => tensors.forEach((tensor) => {
    tensor.dataSync();
    tensor.dispose();
  });
  const { normal } = random(1);
  const weights = Float32Array.from({ length: 1_000_000 }, normal);
  const matrix = Array.from({ length: 200 }, () => Float64Array.from({ length: 200 }, normal));
  const [reduce] = await compress.distributed.run(async (worker, times: number) => {
    const values = new Float32Array(1_000_000).fill(1);
    let least = Infinity;
    for (let time = 0; time < times; time++) {
      await worker.barrier();
      const started = performance.now();
      await worker.allReduce(values);
      least = Math.min(least, (performance.now() - started) / 1000);
    }
    return least;
  }, { kind: "processes", data: [rounds + 2, rounds + 2] });
  return {
    grouped: await best(() => read(steps.grouped(x, grouped)), rounds),
    separable: await best(() => read(steps.separable(x, depth, point)), rounds),
    prune: await best(() => compress.magnitudeMask(weights, { sparsity: 0.8 }), rounds),
    quantise: await best(() => compress.quantise(weights, { mode: "symmetric", shape: [1000, 1000], axis: 1 }), rounds),
    svd: await best(() => compress.factorise(matrix, { rank: 20 }), rounds),
    allReduce: reduce!,
  };
}

function theirs(python: string, script: string, rounds: number): Record<string, number> {
  const { status, stdout, stderr } = spawnSync(python, [script, String(rounds)], { encoding: "utf8" });
  if (status !== 0) throw new Error(`the peer failed: ${stderr.trim().split("\n").at(-1)}`);
  return (JSON.parse(stdout.trim().split("\n").at(-1)!) as { seconds: Record<string, number> }).seconds;
}

const what: Record<string, string> = {
  grouped: "grouped convolution, 4 groups, 32 x 28 x 28 x 32 to 64, with gradients", separable: "depthwise separable convolution, the same, with gradients", prune: "magnitude mask of 1,000,000 weights",
  quantise: "int8 per channel of 1,000,000 weights", svd: "singular values of a 200 x 200 matrix (64 bits)", allReduce: "all-reduce of 1,000,000 numbers between 2 processes (PyTorch: gloo)",
};

export async function run(args: string[]): Promise<number> {
  const rounds = Number(args[args.indexOf("--rounds") + 1] ?? 5) || 5;
  const { root } = findPlace();
  const python = join(root, ".build/torch-venv", process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  const mine = await ours(rounds);
  const peer = existsSync(python) ? theirs(python, join(root, "test/bench/toolkit/compress.py"), rounds) : undefined;
  const rows = Object.entries(mine).map(([task, seconds]): Row => ({ task: what[task]!, ours: seconds, ...(peer && { theirs: peer[task]!, ratio: seconds / peer[task]! }) }));
  const milliseconds = (seconds: number | undefined) => (seconds === undefined ? "no PyTorch" : `${(seconds * 1000).toFixed(2)} ms`);
  for (const row of rows) console.log(`${row.task}: ${milliseconds(row.ours)}, PyTorch ${milliseconds(row.theirs)}${row.ratio === undefined ? "" : `, ratio ${row.ratio.toFixed(2)}`}`);
  await alone();
  return 0;
}

/** What no package does in the same way: only reported. */
async function alone(): Promise<void> {
  const { tf } = await loadEngine();
  const data = { x: tf.randomNormal([2048, 784], 0, 1, "float32", 1), y: tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d(Array.from({ length: 2048 }, (_, at) => at % 10), "int32"), 10), "float32")) };
  const times: { workers: number; seconds: number }[] = [];
  for (const workers of [1, 2]) {
    const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [784], units: 512, activation: "relu" }), tf.layers.dense({ units: 10 })] });
    const { seconds, bytesSent } = await compress.distributed.dataParallel(model, data, { loss: "softmaxCrossEntropy", workers, kind: "processes", batchSize: 256 });
    times.push({ workers, seconds });
    console.log(`data-parallel MLP 784-512-10, 8 steps of 256 rows, ${workers} processes of one thread: ${seconds.toFixed(3)} s, ${(bytesSent / 1e6).toFixed(1)} MB sent`);
    model.dispose();
  }
  console.log(`speed-up with 2 processes: ${compress.distributed.speedUp(times).rows[1]!.speedUp.toFixed(2)}`);
  const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [784], units: 256, activation: "relu" }), tf.layers.dense({ units: 10 })] });
  const row = Array.from({ length: 784 }, (_, at) => at / 784);
  for (const maxBatch of [1, 32]) {
    const server = await compress.distributed.serve(model, { maxBatch, maxDelay: maxBatch === 1 ? 0 : 2 });
    await compress.distributed.loadTest(server.url, row, { requests: 100, clients: 16 });
    const { p50, p95, p99, throughput } = await compress.distributed.loadTest(server.url, row, { requests: 600, clients: 16 });
    console.log(`server, batches of at most ${maxBatch}, 16 clients: ${throughput.toFixed(0)} answers a second, p50 ${p50!.toFixed(1)} ms, p95 ${p95!.toFixed(1)} ms, p99 ${p99!.toFixed(1)} ms`);
    await server.stop();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) process.exitCode = await run(process.argv.slice(2));
