import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Scalar, Tensor } from "@tensorflow/tfjs";
import type { Tier } from "../../../kernel/engine/contract.js";
import { loadEngine } from "../../../kernel/engine/index.js";
import { compile } from "../../../kernel/engine/compile/public.js";
import { sample } from "./support.js";

interface Counting {
  numDataIds(): number;
  getNumOfTFTensors?(): number;
}

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

/** Megabytes of JavaScript's living objects and of everything outside its heap; what V8 keeps for later is no leak. */
function heldMegabytes(): number {
  collect();
  const { rss, heapTotal, heapUsed } = process.memoryUsage();
  return (rss - heapTotal + heapUsed) / 2 ** 20;
}

/** Trains a small network with a convolution, an embedding and an LSTM, and compares what is held before and after. */
export async function trainsWithoutLeak(tier: Tier, steps: number, compiled = false): Promise<void> {
  const { tf } = await loadEngine({ tier });
  const { layers } = tf;
  const words = tf.input({ shape: [3] });
  const image = tf.input({ shape: [6, 6, 1] });
  const text = layers.lstm({ units: 4 }).apply(layers.embedding({ inputDim: 9, outputDim: 4 }).apply(words));
  const picture = layers.flatten().apply(layers.conv2d({ filters: 2, kernelSize: 3, activation: "relu" }).apply(image));
  const joined = layers.concatenate().apply([text, picture] as never);
  const model = tf.model({ inputs: [words, image], outputs: layers.dense({ units: 2 }).apply(joined) as never });
  const optimizer = tf.train.adam(0.001);
  const inputs = [tf.tidy(() => tf.floor(tf.mul(tf.abs(sample(tf, [8, 3])), 9))), sample(tf, [8, 6, 6, 1], 2)];
  const target = sample(tf, [8, 2], 3);
  const train = (inputs: Tensor[], target: Tensor): void => void optimizer.minimize(() => tf.losses.meanSquaredError(target, model.apply(inputs as never, { training: true }) as Tensor) as Scalar);
  const run = compiled ? compile(train, { strict: true }) : train;
  const step = () => {
    run(inputs, target);
    // New data each step, as a data set gives it.
    tf.tidy(() => void tf.add(tf.tensor1d(new Float32Array(10_000)), 1));
  };
  const backend = tf.backend() as unknown as Counting;
  const held = () => ({ tensors: tf.memory().numTensors, buffers: backend.numDataIds(), handles: backend.getNumOfTFTensors?.() });

  // TensorFlow's threads each take memory of their own once, at their first turn.
  const warm = compiled ? 1000 : Math.min(200, steps / 5);
  for (let count = 0; count < warm; count++) step();
  const before = held();
  // A leak grows in every part of the run; an allocator or V8 that takes or gives back a large piece does so in one of them.
  const parts = 5;
  const megabytes = [heldMegabytes()];
  for (let part = 0; part < parts; part++) {
    for (let count = 0; count < steps / parts; count++) step();
    megabytes.push(heldMegabytes());
  }
  assert.deepEqual(held(), before);
  const growths = megabytes.slice(1).map((now, part) => now - megabytes[part]!).sort((a, b) => a - b);
  const growth = growths[(parts - 1) / 2]! * parts;
  // Each step makes 120 kB; what leaked only one of its tensors would grow by 40 MB in a thousand.
  assert.ok(growth < 30, `expected flat memory over ${steps} steps, grew by ${growth.toFixed(0)} MB: ${megabytes.map((now) => now.toFixed(0)).join(", ")}`);
  tf.dispose([...inputs, target]);
  model.dispose();
  optimizer.dispose();
}
