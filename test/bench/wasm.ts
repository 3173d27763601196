// Training steps on the WebAssembly tier, for the person who makes them faster. Not a test.
//   node dist/test/bench/wasm.js                        medians of every model, ms a step
//   node dist/test/bench/wasm.js mlp-sgd --profile      and where one model's time goes, kernel by kernel
//   node dist/test/bench/wasm.js --against /other/dist  the same models on another build, rounds alternating
import { fork, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Optimizer, Scalar, Tensor, Tensor2D, Tensor4D, Variable } from "@tensorflow/tfjs";
import type { Engine, EngineOptions, TensorFlowJs } from "../../kernel/engine/contract.js";

/** One training step; what it leaves in memory stays the same from step to step. */
type Step = () => void;

const batches = { mlp: 256, cnn: 64, transformer: 32, lstm: 32 };

/** The same numbers in every run, between -0.5 and 0.5. */
function sample(tf: TensorFlowJs, shape: number[], scale = 1): Tensor {
  return tf.randomUniform(shape, -0.5 * scale, 0.5 * scale, "float32", 7);
}

function labels(tf: TensorFlowJs, count: number, classes: number): Tensor2D {
  return tf.oneHot(tf.tensor1d(Array.from({ length: count }, (_, index) => index % classes), "int32"), classes, 1, 0, "float32") as Tensor2D;
}

function trainStep(tf: TensorFlowJs, optimizer: Optimizer, loss: () => Scalar): Step {
  return () => tf.tidy(() => void optimizer.minimize(loss));
}

function mlp(tf: TensorFlowJs, optimizer: Optimizer): Step {
  const [x, y] = [sample(tf, [batches.mlp, 784]) as Tensor2D, labels(tf, batches.mlp, 10)];
  const [w1, b1, w2, b2] = [sample(tf, [784, 256], 0.1), tf.zeros([256]), sample(tf, [256, 10], 0.1), tf.zeros([10])].map((start) => tf.variable(start)) as [Variable, Variable, Variable, Variable];
  return trainStep(tf, optimizer, () => {
    const hidden = tf.relu(tf.add(tf.matMul(x, w1 as never), b1)) as Tensor2D;
    return tf.losses.softmaxCrossEntropy(y, tf.add(tf.matMul(hidden, w2 as never), b2)) as Scalar;
  });
}

function cnn(tf: TensorFlowJs, optimizer: Optimizer): Step {
  const [x, y] = [sample(tf, [batches.cnn, 28, 28, 1]) as Tensor4D, labels(tf, batches.cnn, 10)];
  const [c1, d1, c2, d2, w, b] = [sample(tf, [3, 3, 1, 16]), tf.zeros([16]), sample(tf, [3, 3, 16, 32], 0.3), tf.zeros([32]), sample(tf, [7 * 7 * 32, 10], 0.1), tf.zeros([10])].map((start) => tf.variable(start)) as [Variable, Variable, Variable, Variable, Variable, Variable];
  const block = (input: Tensor4D, filter: Variable, bias: Variable) => tf.maxPool(tf.relu(tf.add(tf.conv2d(input, filter as never, 1, "same"), bias)) as Tensor4D, 2, 2, "same");
  return trainStep(tf, optimizer, () => {
    const features = tf.reshape(block(block(x, c1, d1), c2, d2), [batches.cnn, -1]) as Tensor2D;
    return tf.losses.softmaxCrossEntropy(y, tf.add(tf.matMul(features, w as never), b)) as Scalar;
  });
}

/** One encoder block over token ids, with learned positions, layer normalisation and a next-token loss. */
function transformer(tf: TensorFlowJs, optimizer: Optimizer): Step {
  const [batch, time, width, heads, wide, words] = [batches.transformer, 32, 64, 4, 256, 64];
  const ids = tf.tensor2d(Array.from({ length: batch * time }, (_, index) => (index * 7) % words), [batch, time], "int32");
  const y = labels(tf, batch * time, words);
  const mask = tf.tidy(() => tf.mul(tf.sub(1, tf.linalg.bandPart(tf.ones([time, time]) as Tensor2D, -1, 0)), -1e9));
  const v = (shape: number[], scale = 0.2) => tf.variable(sample(tf, shape, scale));
  const [table, places, wq, wk, wv, wo] = [v([words, width]), v([time, width]), v([width, width]), v([width, width]), v([width, width]), v([width, width])];
  const [w1, b1, w2, b2, out] = [v([width, wide]), v([wide]), v([wide, width]), v([width]), v([width, words])];
  const [g1, o1, g2, o2] = [v([width]), v([width]), v([width]), v([width])];
  const normal = (x: Tensor, gain: Variable, offset: Variable) => {
    const { mean, variance } = tf.moments(x, -1, true);
    return tf.add(tf.mul(tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-5))), gain), offset);
  };
  const rows = (x: Tensor) => tf.reshape(x, [batch * time, -1]) as Tensor2D;
  const split = (x: Tensor): Tensor => tf.transpose(tf.reshape(x, [batch, time, heads, width / heads]), [0, 2, 1, 3]);
  return trainStep(tf, optimizer, () => {
    const x = tf.add(tf.gather(table as Tensor2D, ids), places);
    const q = rows(normal(x, g1, o1));
    const [query, key, value] = [wq, wk, wv].map((w) => split(tf.matMul(q, w as never))) as [Tensor, Tensor, Tensor];
    const scores = tf.add(tf.div(tf.matMul(query, key, false, true), Math.sqrt(width / heads)), mask);
    const mixed = rows(tf.transpose(tf.matMul(tf.softmax(scores), value), [0, 2, 1, 3]));
    const attended = tf.add(rows(x), tf.matMul(mixed, wo as never));
    const hidden = tf.relu(tf.add(tf.matMul(rows(normal(attended, g2, o2)), w1 as never), b1)) as Tensor2D;
    const final = tf.add(attended, tf.add(tf.matMul(hidden, w2 as never), b2)) as Tensor2D;
    return tf.losses.softmaxCrossEntropy(y, tf.matMul(final, out as never)) as Scalar;
  });
}

function lstm(tf: TensorFlowJs, optimizer: Optimizer): Step {
  const [x, y] = [sample(tf, [batches.lstm, 12, 8]), labels(tf, batches.lstm, 4)];
  const model = tf.sequential({ layers: [tf.layers.lstm({ units: 16, inputShape: [12, 8] }), tf.layers.dense({ units: 4 })] });
  return trainStep(tf, optimizer, () => tf.losses.softmaxCrossEntropy(y, model.apply(x, { training: true }) as Tensor) as Scalar);
}

const makers = { mlp, cnn, transformer, lstm };
const rates = { sgd: (tf: TensorFlowJs) => tf.train.sgd(0.05), adam: (tf: TensorFlowJs) => tf.train.adam(0.001) };
const names = Object.keys(makers).flatMap((model) => Object.keys(rates).map((optimizer) => `${model}-${optimizer}`));

function makeStep(tf: TensorFlowJs, name: string): Step {
  const [model, optimizer] = name.split("-") as [keyof typeof makers, keyof typeof rates];
  if (!names.includes(name)) throw new Error(`expected one of ${names.join(", ")}, got ${name}`);
  return makers[model](tf, rates[optimizer](tf));
}

/** Milliseconds of each of `count` steps. */
function timeSteps(step: Step, count: number): number[] {
  return Array.from({ length: count }, () => {
    const start = performance.now();
    step();
    return performance.now() - start;
  });
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function startEngine(build: string): Promise<Engine> {
  const { loadEngine } = (await import(pathToFileURL(join(build, "kernel/engine/index.js")).href)) as { loadEngine(options: EngineOptions): Promise<Engine> };
  return loadEngine({ tier: "wasm" });
}

/** Milliseconds of processor time since the process began. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Where the time of a step goes: calls and milliseconds of processor time of each kernel without the kernels it calls itself, largest first. */
function profile(tf: TensorFlowJs, step: Step, count: number): string {
  const own = new Map<string, { calls: number; ms: number }>();
  const inside: number[] = [];
  for (const kernel of tf.getKernelsForBackend("wasm")) {
    tf.unregisterKernel(kernel.kernelName, "wasm");
    tf.registerKernel({
      ...kernel,
      kernelFunc: (params) => {
        inside.push(0);
        const start = processorTime();
        try {
          return kernel.kernelFunc(params);
        } finally {
          const all = processorTime() - start;
          const entry = own.get(kernel.kernelName) ?? own.set(kernel.kernelName, { calls: 0, ms: 0 }).get(kernel.kernelName)!;
          entry.calls += 1;
          entry.ms += all - inside.pop()!;
          if (inside.length > 0) inside[inside.length - 1]! += all;
        }
      },
    });
  }
  const backend = tf.backend() as unknown as { write(values: unknown, ...rest: unknown[]): object };
  const write = backend.write;
  let [uploads, bytes] = [0, 0];
  backend.write = function (values, ...rest) {
    if (values) [uploads, bytes] = [uploads + 1, bytes + ((values as { byteLength?: number }).byteLength ?? 0)];
    return write.call(this, values, ...rest);
  };
  timeSteps(step, 3);
  own.clear();
  [uploads, bytes] = [0, 0];
  const begun = processorTime();
  timeSteps(step, count);
  const total = (processorTime() - begun) / count;
  const lines = [...own].sort(([, a], [, b]) => b.ms - a.ms).map(([name, { calls, ms }]) => `${(ms / count).toFixed(3).padStart(9)} ms ${String(calls / count).padStart(6)}x  ${name}`);
  const kernels = [...own.values()].reduce((sum, { ms }) => sum + ms, 0) / count;
  return [`${total.toFixed(2)} ms a step, ${(total - kernels).toFixed(2)} outside kernels; ${uploads / count} uploads, ${Math.round(bytes / count / 1000)} kB`, ...lines].join("\n");
}

/** Milliseconds a step: the median by the clock, and the mean of processor time, which other work on the machine moves less. */
interface Round {
  wall: number;
  cpu: number;
}

/** A build in a process of its own that times a model when asked, so that rounds of two builds can alternate. */
class Racer {
  readonly child: ChildProcess;
  constructor(readonly build: string) {
    this.child = fork(fileURLToPath(import.meta.url), ["--serve", build], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  }
  ask(name: string, count: number): Promise<Round> {
    return new Promise((resolve, reject) => {
      const ended = () => reject(new Error(`${this.build} ended`));
      this.child.once("exit", ended).once("message", (round) => {
        this.child.off("exit", ended);
        resolve(round as Round);
      });
      this.child.send({ name, count });
    });
  }
}

async function serve(build: string): Promise<void> {
  const { tf } = await startEngine(build);
  const steps = new Map<string, Step>();
  process.on("message", ({ name, count }: { name: string; count: number }) => {
    if (!steps.has(name)) {
      steps.set(name, makeStep(tf, name));
      timeSteps(steps.get(name)!, 5);
    }
    const before = tf.memory().numTensors;
    const start = process.cpuUsage();
    const wall = median(timeSteps(steps.get(name)!, count));
    const { user, system } = process.cpuUsage(start);
    process.send!({ wall, cpu: (user + system) / 1000 / count } satisfies Round);
    if (tf.memory().numTensors !== before) console.error(`${name}: tensors ${before} -> ${tf.memory().numTensors}`);
  });
}

async function race(builds: string[], chosen: string[], rounds: number): Promise<void> {
  const racers = builds.map((build) => new Racer(build));
  try {
    for (const name of chosen) {
      const heard: Round[][] = racers.map(() => []);
      for (let round = 0; round < rounds; round++) for (const [index, racer] of racers.entries()) heard[index]!.push(await racer.ask(name, 10));
      const of = (what: keyof Round) => heard.map((all) => median(all.map((round) => round[what])));
      const show = (what: keyof Round) => `${what} ${of(what).map((ms) => ms.toFixed(2).padStart(8)).join("")}${racers.length > 1 ? `${(of(what)[1]! / of(what)[0]!).toFixed(2).padStart(7)}x` : ""}`;
      console.log(`${name.padEnd(18)}${show("wall")}   ${show("cpu")}`);
    }
  } finally {
    for (const { child } of racers) child.kill();
  }
}

async function main(args: string[]): Promise<void> {
  const here = fileURLToPath(new URL("../..", import.meta.url));
  const value = (flag: string) => (args.includes(flag) ? args[args.indexOf(flag) + 1] : undefined);
  const other = value("--against");
  if (value("--serve")) return serve(value("--serve")!);
  const models = args.filter((arg, index) => !arg.startsWith("--") && !["--against", "--rounds"].includes(args[index - 1] ?? ""));
  const chosen = models.length > 0 ? models : names;
  if (args.includes("--profile")) {
    const { tf } = await startEngine(other ?? here);
    for (const name of chosen) {
      const step = makeStep(tf, name);
      timeSteps(step, 5);
      console.log(`${name}\n${profile(tf, step, 15)}`);
    }
    return;
  }
  await race(other ? [here, other] : [here], chosen, Number(value("--rounds") ?? 5));
}

await main(process.argv.slice(2));
