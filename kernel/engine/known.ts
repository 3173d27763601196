import type { Tier } from "./contract.js";

/** Something that TensorFlow.js cannot do here, or does in its own way. */
export interface KnownLimit {
  /** What a learner would write. */
  what: string;
  tiers: Tier[];
  reason: string;
  /** What to write instead. */
  instead: string;
  /** Recognises the error that it ends in, where it ends in one. */
  error?: RegExp;
}

const everywhere: Tier[] = ["tensorflow", "wasm", "cpu"];

/** What is not repaired when the engine registers, with the reason. */
export const knownLimits: readonly KnownLimit[] = [
  {
    what: "the second-order gradient through max pooling",
    tiers: everywhere,
    reason: "the gradient of max pooling has no gradient of its own in TensorFlow.js",
    instead: "use average pooling, or a convolution with strides, where gradients of gradients are needed",
    error: /gradient function not found for MaxPool(3D)?Grad/,
  },
  {
    what: "tf.batchNorm without scale and offset, in training",
    tiers: everywhere,
    reason: "TensorFlow.js saves the scale for the gradient even where there is none",
    instead: "pass tf.ones for the scale and tf.zeros for the offset, or keep scale: true and center: true in the layer",
    error: /Cannot read properties of undefined \(reading '(dtype|dataId|shape)'\)[\s\S]*(batchNorm|FusedBatchNorm|saveTensors)/i,
  },
  {
    what: "a convolution whose input depth is a multiple of the filter's (grouped convolution)",
    tiers: everywhere,
    reason: "TensorFlow.js requires equal depths before any backend sees the call",
    instead: "split the channels, convolve each part, and concatenate; or use depthwiseConv2d",
    error: /depth of input \(\d+\) must match input depth for filter/,
  },
  {
    what: 'tf.layers.conv1d with padding: "causal" and a bias',
    tiers: everywhere,
    reason: "the layer is not finished in TensorFlow.js",
    instead: "put tf.layers.zeroPadding2d or tf.pad on the left and use padding: \"valid\", or useBias: false",
    error: /CAUSAL padding mode in conv1dWithBias/,
  },
  {
    what: "tf.einsum with an ellipsis, a label twice in one operand, or more than two operands",
    tiers: everywhere,
    reason: "TensorFlow.js's einsum has one rule for every backend",
    instead: "write the labels out, and chain two einsums",
    error: /ellipsis notation|duplicate axes|more than 2 input tensors/,
  },
  {
    what: "complex numbers and Fourier transforms (tf.complex, tf.spectral, tf.signal)",
    tiers: ["wasm"],
    reason: "WebAssembly's memory in TensorFlow.js holds no complex tensors",
    instead: "compute this part on the TensorFlow tier, or after tf.setBackend(\"cpu\")",
    error: /Kernel '(Complex|ComplexAbs|Real|Imag|FFT|IFFT)' not registered|complex64/,
  },
  {
    what: "float64, float16 and int64 tensors",
    tiers: everywhere,
    reason: "TensorFlow.js has float32, int32, bool, complex64 and string only",
    instead: "use float32; for sums that need more digits use numbers or Float64Array",
    error: /Unknown dtype (float64|float16|int64)/,
  },
  {
    what: "tf.train.rmsprop with centered: true",
    tiers: everywhere,
    reason: "TensorFlow.js subtracts epsilon under the square root, so that weights become NaN",
    instead: "leave centered at false, or use tf.train.adam",
  },
  {
    what: "the same seed giving the same random numbers on every tier (tf.multinomial, tf.dropout)",
    tiers: ["tensorflow"],
    reason: "tf.multinomial draws inside TensorFlow, where a seed does not restart the generator",
    instead: "draw with a seeded helper of Lyceum's where results must repeat",
  },
  {
    what: "tf.sign(NaN)",
    tiers: ["tensorflow"],
    reason: "TensorFlow answers NaN, the other backends 0",
    instead: "do not rely on either; test with tf.isNaN",
  },
];

/** What is known about an error of this tier: for a message that says more than TensorFlow's own. */
export function explainLimit(message: string, tier: Tier): KnownLimit | undefined {
  return knownLimits.find((limit) => limit.tiers.includes(tier) && limit.error?.test(message));
}
