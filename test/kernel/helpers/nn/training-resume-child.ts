/** A training in a process of its own: `node training-resume-child.js CHECKPOINT TIER COMPILE KILL_AT`. Kills itself at that update (0: never), in mid-flight, without a word to anybody. */
import type { Tensor, Tensor2D } from "@tensorflow/tfjs";
import { loadEngine } from "../../../../kernel/engine/index.js";
import * as nn from "../../../../kernel/helpers/nn/index.js";
import { sample } from "../../engine/support.js";

const [path, tier, compile, killAt] = process.argv.slice(2) as [string, "tensorflow" | "wasm", string, string];
const { tf } = await loadEngine({ tier });
const variables = tf.tidy(() => [tf.variable(nn.he([20, 16], { seed: 1 }), true, "hidden"), tf.variable(nn.glorot([16, 3], { seed: 2 }), true, "out")]);
const [hidden, out] = variables as [(typeof variables)[0], (typeof variables)[0]];
const model = { predict: (x: Tensor) => tf.matMul(tf.relu(tf.matMul(x as Tensor2D, hidden as never)), out as never), variables };
const data = { x: sample(tf, [90, 20], 1), y: tf.tidy(() => tf.argMax(sample(tf, [90, 3], 2), 1)) };
const result = await nn.fit(model, data, {
  loss: "softmaxCrossEntropy", optimizer: tf.train.adam(0.01), epochs: 5, batchSize: 10, validation: 0.2, schedule: nn.schedule.cosine(0.01), earlyStopping: { patience: 5 },
  checkpoint: { path, everySteps: 3 }, resume: true, progress: false, compile: compile === "true",
  callbacks: [{ onBatch: (_batch, _figures, { step }) => {
    if (step === Number(killAt)) process.kill(process.pid, "SIGKILL");
  } }],
});
const bytes = nn.save(model);
console.log(JSON.stringify({ weights: Buffer.from(bytes).toString("base64"), history: result.history, steps: result.steps }));
