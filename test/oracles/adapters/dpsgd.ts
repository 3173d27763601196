import * as tf from "@tensorflow/tfjs";
import type { Tensor, Variable } from "@tensorflow/tfjs";
import * as privacy from "../../../kernel/helpers/privacy/index.js";
import { difference } from "../compare.js";
import type { Adapter } from "../contract.js";

type Input = Record<string, any>; // oxlint-disable-line no-explicit-any -- oracle files are untyped JSON

const activations: Record<string, (x: Tensor) => Tensor> = {
  linear: (x) => x, tanh: tf.tanh, relu: tf.relu, sigmoid: tf.sigmoid,
  gelu: (x) => x.mul(0.5).mul(tf.erf(x.mul(Math.SQRT1_2)).add(1)),
};

/** Cross entropy of integer labels at each token [B, T]. */
const tokens = (y: Tensor, logits: Tensor) => tf.losses.softmaxCrossEntropy(tf.oneHot(y.toInt() as tf.Tensor2D, logits.shape.at(-1)!).toFloat(), logits, undefined, undefined, tf.Reduction.NONE);

const losses: Record<string, privacy.LossName | privacy.PerExampleLoss> = {
  softmaxCrossEntropy: "sparseCategoricalCrossentropy",
  sigmoidCrossEntropy: (y, logits) => tf.sum(tf.losses.sigmoidCrossEntropy(y as tf.Tensor2D, logits as tf.Tensor2D, undefined, undefined, tf.Reduction.NONE), 1),
  halfSquaredError: (y, output) => tf.sum(tf.squaredDifference(y, output), 1).mul(0.5),
  softmaxCrossEntropyTokenMean: (y, logits) => tf.mean(tokens(y, logits), 1),
  softmaxCrossEntropyTokenSum: (y, logits) => tf.sum(tokens(y, logits), 1),
};

function layer(layers: privacy.Layers, x: Tensor, spec: Input, weights: Record<string, Variable>): Tensor {
  const of = (name: string) => weights[`${spec["name"]}.${name}`]!;
  const act = activations[spec["activation"] ?? "linear"]!;
  const options = { strides: spec["strides"] ?? spec["stride"], padding: spec["padding"], dilations: spec["dilations"] ?? spec["dilation"] };
  switch (spec["type"]) {
    case "dense": return act(layers.dense(x, of("kernel"), of("bias")));
    case "conv1d": case "conv2d": return act(layers.conv(x, of("kernel"), of("bias"), options));
    case "depthwiseConv2d": return act(layers.depthwiseConv(x, of("kernel"), of("bias"), options));
    case "groupNorm": return layers.groupNorm(x, { gamma: of("gamma"), beta: of("beta") }, { groups: spec["groups"], epsilon: spec["epsilon"] });
    case "layerNorm": return layers.layerNorm(x, { gamma: of("gamma"), beta: of("beta") }, { epsilon: spec["epsilon"] });
    case "flatten": return x.reshape([x.shape[0]!, -1]);
    case "globalAveragePooling": return tf.mean(x, x.shape.map((_, axis) => axis).slice(1, -1));
    case "embedding": return layers.embedding(x, of("table"));
    case "tiedLogits": return layers.tiedLogits(x, weights[`${spec["tiedTo"]}.table`]!);
    case "lora": return act(layers.lora(x, { kernel: of("kernel"), a: of("a"), b: of("b"), bias: of("bias"), alpha: spec["alpha"] }));
    case "lstm": return layers.lstm(x, { kernel: of("kernel"), recurrentKernel: of("recurrentKernel"), bias: of("bias") }, { returnSequences: spec["returnSequences"] });
    case "gru": return layers.gru(x, { kernel: of("kernel"), recurrentKernel: of("recurrentKernel"), bias: of("bias") }, { returnSequences: spec["returnSequences"] });
    case "multiHeadAttention": {
      const seen = layers.attention(x, {
        query: of("wq"), key: of("wk"), value: of("wv"), output: of("wo"), queryBias: of("bq"), keyBias: of("bk"), valueBias: of("bv"), outputBias: of("bo"),
      }, { heads: spec["heads"], causal: spec["causal"] });
      return spec["residual"] ? seen.add(x) : seen;
    }
    default: throw new Error(`unknown layer: ${spec["type"]}`);
  }
}

/** A list of numbers as a tensor of the shape that the values have. */
const nested = ({ shape, values }: { shape: readonly number[]; values: ArrayLike<number> }) => tf.tidy(() => tf.tensor(Array.from(values), [...shape]).arraySync());

function answer({ layers: specs, params, trainable, x, y, loss, clip, isPadding }: Input): Input {
  const variables = Object.fromEntries(Object.entries(params as Record<string, number[]>).map(([name, values]) => [name, tf.variable(tf.tensor(values), trainable.includes(name))]));
  const mask = tf.tensor1d((x as unknown[]).map((_, at) => (isPadding?.[at] ? 0 : 1)));
  const batch = { x: tf.tensor(x), y: tf.tensor(y), mask };
  try {
    const model = privacy.tapped({ variables, forward: (layers, input) => specs.reduce((h: Tensor, spec: Input) => layer(layers, h, spec, variables), input) });
    const each = privacy.perExampleNorms(model, batch, { loss: losses[loss]! });
    const { sums, factors } = privacy.clippedSum(model, batch, { loss: losses[loss]!, clip });
    return {
      perExampleLoss: each.losses, perExampleNorms: each.norms, perParameterNorms: each.byParameter, clipFactors: clip.style === "flat" ? factors["all"] : factors,
      clippedSum: Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, nested(sum)])),
      sumNorm: Math.hypot(...Object.values(sums).flatMap(({ values }) => Array.from(values))),
    };
  } finally {
    tf.dispose([batch as never, variables as never]);
  }
}

/** The largest number in a piece of an answer, which float32 errors are measured against. */
const largest = (value: unknown): number => (typeof value === "number" ? Math.abs(value) : value && typeof value === "object" ? Math.max(0, ...Object.values(value).map(largest)) : 0);

/** TensorFlow.js computes in float32 and the cases are float64: what agrees to 1e-5 of the largest entry of its list counts as equal, anything else stays as it is. */
function asFloat32(actual: Input, expected: Input): Input {
  return Object.fromEntries(Object.entries(actual).map(([key, value]) => [key, difference(value, expected[key], { abs: 1e-5 * Math.max(1, largest(expected[key])), rel: 0 }) === undefined ? expected[key] : value]));
}

export const adapter: Adapter = {
  handles: ({ layers, trainable }) => Array.isArray(layers) && Array.isArray(trainable),
  answer: (input, expected) => asFloat32(answer(input), expected as Input),
};
