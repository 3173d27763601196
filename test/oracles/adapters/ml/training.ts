import * as tf from "@tensorflow/tfjs";
import type { Optimizer, Tensor, Variable } from "@tensorflow/tfjs";
import * as nn from "../../../../kernel/helpers/nn/index.js";
import { difference } from "../../compare.js";

type Input = Record<string, any>; // oxlint-disable-line no-explicit-any -- oracle files are untyped JSON

const nested = (tensor: Tensor): unknown => tensor.arraySync();

/** TensorFlow.js computes in float32 and the cases are float64: what agrees to `within` of the largest entry counts as equal, anything else stays as it is. */
function asFloat32(actual: Input, expected: Input, within = 2e-6): Input {
  const largest = (value: unknown): number => (typeof value === "number" ? Math.abs(value) : value && typeof value === "object" ? Math.max(0, ...Object.values(value).map(largest)) : 0);
  return Object.fromEntries(Object.entries(actual).map(([key, value]) => {
    if (expected[key] === undefined) return [key, value];
    return [key, difference(value, expected[key], { abs: within * Math.max(1, largest(expected[key])), rel: 0 }) === undefined ? expected[key] : value];
  }));
}

/** Value and gradient of the sum. */
function withGradient(f: (x: Tensor) => Tensor, x: unknown): { value: unknown; grad: unknown } {
  return tf.tidy(() => {
    const { value, grad } = tf.valueAndGrad((given: Tensor) => tf.sum(f(given)))(tf.tensor(x as number[]));
    void value;
    return { value: nested(f(tf.tensor(x as number[]))), grad: nested(grad) } as never;
  });
}

const optimizers: Record<string, (args: Input) => Optimizer> = {
  sgd: ({ lr, momentum }) => (momentum ? tf.train.momentum(lr, momentum) : tf.train.sgd(lr)),
  adam: ({ lr, betas = [0.9, 0.999], eps }) => tf.train.adam(lr, betas[0], betas[1], eps),
  adamw: ({ lr, betas = [0.9, 0.999], eps, weight_decay }) => nn.adamw(lr, { beta1: betas[0], beta2: betas[1], ...(eps && { epsilon: eps }), weightDecay: weight_decay }) as Optimizer,
};

/** PyTorch's momentum starts from 0 as tfjs's does: m = momentum m + gradient; w -= rate m. */
function trajectory({ optimizer: name, args, initial, gradients }: Input, epsilonAt?: (step: number) => number): unknown {
  const optimizer = optimizers[name]!(args);
  const w = tf.tidy(() => tf.variable(tf.tensor1d(initial)));
  try {
    return (gradients as number[][]).map((gradient, at) => {
      if (epsilonAt) Object.assign(optimizer, { epsilon: epsilonAt(at + 1) });
      tf.tidy(() => optimizer.applyGradients({ [w.name]: tf.tensor1d(gradient) }));
      return Array.from(w.dataSync());
    });
  } finally {
    w.dispose();
    optimizer.dispose();
  }
}

async function fitUpdates({ rate, clip, weightDecay, initial, gradients }: Input): Promise<unknown> {
  const w = tf.tidy(() => tf.variable(tf.tensor1d(initial))) as Variable;
  const optimizer = tf.train.sgd(rate);
  const x = tf.tensor2d(gradients), y = tf.zeros([gradients.length, 1]);
  const out: number[][] = [];
  const model = { predict: (batch: Tensor) => tf.sum(tf.mul(batch, w), 1, true), variables: [w] };
  await nn.fit(model, { x, y }, { loss: (_truth, predicted) => predicted, optimizer, epochs: 1, batchSize: 1, seed: false, clip: { norm: clip }, weightDecay, progress: false, callbacks: [{ onBatch: () => void out.push(Array.from(w.dataSync())) }] });
  tf.dispose([w, x, y]);
  optimizer.dispose();
  return out;
}

export const answers: Record<string, (input: Input, expected: any) => unknown> = { // oxlint-disable-line no-explicit-any -- oracle files are untyped JSON
  "softmax-cross-entropy": ({ logits, y, labelSmoothing, reduction }, expected) => tf.tidy(() => {
    const loss = (given: Tensor): Tensor => nn.softmaxCrossEntropy(tf.tensor1d(y), given, { labelSmoothing, reduction });
    const { value, grad } = withGradient(loss, logits);
    const x = tf.tensor2d(logits);
    // A float32 near 1000 is known to 6e-5 only, and so is a difference of two.
    const within = Math.max(2e-6, 2 ** -24 * Math.max(...(logits as number[][]).flat().map(Math.abs)));
    return asFloat32({ loss: value, grad, softmax: nested(tf.softmax(x)), logSumExp: nested(tf.logSumExp(x, 1)) }, expected, within) as never;
  }),
  "focal-loss": ({ logits, y, gamma, alpha, loss: kind }, expected) => {
    const loss = (given: Tensor): Tensor => nn.focalLoss(kind === "sigmoid" ? tf.tensor2d(y) : tf.tensor1d(y), given, { gamma, ...(alpha !== null && { alpha }), kind });
    const { value, grad } = withGradient(loss, logits);
    return asFloat32({ loss: value, grad }, expected);
  },
  "layer-norm": ({ x, gamma, beta, epsilon, upstream }, expected) => tf.tidy(() => {
    const [given, g, b, dy] = [tf.tensor2d(x), tf.tensor1d(gamma), tf.tensor1d(beta), tf.tensor2d(upstream)];
    const norm = (x: Tensor, gamma: Tensor, beta: Tensor): Tensor => nn.layerNorm(x, { gamma, beta, epsilon });
    const [gradX, gradGamma, gradBeta] = tf.grads(norm)([given, g, b], dy).map(nested);
    return asFloat32({ output: nested(norm(given, g, b)), gradX, gradGamma, gradBeta }, expected) as never;
  }),
  activations: ({ x }, expected) => Object.fromEntries(Object.entries(expected as Input).map(([name, wanted]) => [name, asFloat32(withGradient((nn as unknown as Record<string, (x: Tensor) => Tensor>)[name]!, x), wanted)])),
  // tfjs's rule is PyTorch's; Keras's is the same with epsilon / sqrt(1 - beta2^t) in step t.
  optimizer: (input, expected) => asFloat32({
    trajectory: trajectory(input),
    ...(expected.trajectoryKerasEpsilon && { trajectoryKerasEpsilon: trajectory(input, (step) => input["args"].eps / Math.sqrt(1 - input["args"].betas[1] ** step)) }),
  }, expected, 1e-5),
  "fit-updates": async (input, expected) => asFloat32({ trajectory: await fitUpdates(input) }, expected, 1e-5),
  schedule: ({ schedule: name, args, updates, perEpoch, figures }) => {
    const made = (nn.schedule as unknown as Record<string, (...args: unknown[]) => nn.Schedule>)[name]!(...(args as unknown[]));
    return { rates: Array.from({ length: updates as number }, (_, step) => made.rate({ step, steps: updates, epoch: Math.floor(step / perEpoch), figures: (figures as number[]).slice(0, Math.floor(step / perEpoch)) })) };
  },
  "round-to": ({ values, format }) => {
    const given = (values as (number | string)[]).map(Number);
    const numbers = Array.from(nn.roundTo(given, format));
    const tensors = tf.tidy(() => Array.from(nn.roundTo(tf.tensor1d(given), format).dataSync()) as never) as unknown as number[];
    return { rounded: numbers.map((value, at) => (Object.is(value, tensors[at]) || value === tensors[at] ? value : `numbers ${value}, tensors ${tensors[at]} for ${given[at]}`)) };
  },
  safetensors: ({ base64 }) => {
    const file = nn.fromSafetensors(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
    return { tensors: Object.fromEntries(file.tensors.map(({ name, shape, values }) => [name, { shape, values: Array.from(values as ArrayLike<number | bigint>, Number) }])), metadata: file.metadata };
  },
};
