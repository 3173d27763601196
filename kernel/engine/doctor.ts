import type { Tensor4D } from "@tensorflow/tfjs";
import { statfsSync } from "node:fs";
import { freemem, totalmem } from "node:os";
import { graphBackend } from "./compile/backend.js";
import type { Engine, Tier } from "./contract.js";
import { findNvidiaDriver } from "./gpu.js";
import { loadEngine } from "./index.js";
import { projectRoot } from "../root.js";

/** How the engine does on this machine. */
export interface EngineHealth {
  tier: Tier;
  label: string;
  /** Why nothing better computes; empty on the best tier. */
  reasons: string[];
  /** The binding computes on a GPU. */
  gpu: boolean;
  /** What is known about an NVIDIA GPU here, for people. */
  gpuNote: string;
  /** `compile` can make graphs: TensorFlow with the binding that the set-up builds. */
  compiles: boolean;
  /** Milliseconds of the best of a few runs. */
  timings: {
    /** Load the engine, the first time in this process. */
    load: number;
    /** 1024x1024 by 1024x1024, float32: 2.1 thousand million operations. */
    matMul: number;
    /** 64 images of 28x28x16, 3x3, 32 filters, forward and backward. */
    convolution: number;
  };
  /** Bytes. */
  memory: { free: number; total: number };
  /** Bytes free where the project lies. */
  disk: { free: number };
}

/** Load the engine and time it. Takes a few seconds on the slow tiers. */
export async function examineEngine(options: { tier?: Tier; directory?: string } = {}): Promise<EngineHealth> {
  const started = performance.now();
  const engine = await loadEngine(options);
  const load = performance.now() - started;
  const root = projectRoot();
  const { bavail, bsize } = statfsSync(root);
  return {
    tier: engine.tier,
    label: engine.label,
    reasons: engine.reasons,
    gpu: engine.gpu,
    gpuNote: noteGpu(engine),
    compiles: graphBackend(engine.tf) !== undefined,
    timings: { load, matMul: timeMatMul(engine), convolution: timeConvolution(engine) },
    memory: { free: freemem(), total: totalmem() },
    disk: { free: bavail * bsize },
  };
}

function noteGpu({ gpu, tier }: Engine): string {
  if (gpu) return "TensorFlow computes on the GPU";
  const driver = findNvidiaDriver();
  if (!driver) return "no NVIDIA driver found";
  const name = driver.name ?? "an NVIDIA driver";
  if (tier !== "tensorflow") return `${name} is here, and the ${tier} tier cannot use it`;
  return `${name} is here, and this TensorFlow does not use it: install tensorflow[and-cuda] into .venv and run \`npm start\` (untested; RTX 50 needs a newer TensorFlow)`;
}

function timeMatMul({ tf, tier }: Engine): number {
  const a = tf.randomUniform([1024, 1024]);
  const time = fastest(tier === "cpu" ? 1 : 4, () => {
    const product = tf.matMul(a, a);
    product.dataSync();
    product.dispose();
  });
  a.dispose();
  return time;
}

function timeConvolution({ tf, tier }: Engine): number {
  const x = tf.randomUniform([64, 28, 28, 16]);
  const filter = tf.randomUniform([3, 3, 16, 32]);
  const gradient = tf.grads((input, weights) => tf.conv2d(input as Tensor4D, weights as Tensor4D, 1, "same"));
  const time = fastest(tier === "cpu" ? 1 : 4, () => tf.tidy(() => void gradient([x, filter]).map((tensor) => tensor.dataSync())));
  tf.dispose([x, filter]);
  return time;
}

/** The best of `runs`: the first ones warm up. */
function fastest(runs: number, work: () => void): number {
  const times = Array.from({ length: runs }, () => {
    const started = performance.now();
    work();
    return performance.now() - started;
  });
  return Math.min(...times);
}
