import type { Tier } from "../../../../kernel/engine/contract.js";

/** Specs of tfjs-core's own suite that fail here, each with its reason. An entry that nothing fails under any more is an error too. */
export interface Exception {
  tier: Tier;
  /** Of the spec's full name, with the environment's name left out. */
  spec: RegExp;
  /** Where given, of the failure's message too. */
  error?: RegExp;
  reason: string;
}

const averagePool = "the suite expects a window at the border to be divided by its whole size; ours is the true derivative, held by gradients.test.ts";
const complex = "WebAssembly's memory in TensorFlow.js holds no complex tensors (known.ts)";

export const exceptions: Exception[] = [
  { tier: "tensorflow", spec: /^avgPool3d x=\[1,1,1,1,1\] f=\[1,1,3\] s=1 p=valid$/, reason: "the window is larger than the input: TensorFlow refuses, the suite expects an empty tensor" },
  { tier: "tensorflow", spec: /^avgPool gradient x=\[3,3,1\] f=\[3,3\] s=1 p=explicit$/, reason: averagePool },
  { tier: "tensorflow", spec: /^conv2dTranspose input=8x8x8,output=4x4x8,f=8,s=1,inDepth=8,p=same vec4$/, reason: "the suite's output shape does not belong to its input; TensorFlow's library refuses it" },
  { tier: "tensorflow", spec: /^multinomial creates the same data given the same seed$/, reason: "TensorFlow's generator goes on where it was (known.ts)" },
  { tier: "tensorflow", spec: /^sign (basic|does not propagate NaNs|accepts a tensor-like object)$/, reason: "TensorFlow answers NaN for NaN, the suite expects 0 (known.ts)" },
  { tier: "tensorflow", spec: /^tan numbers exceed float32 precision$/, reason: "near a pole: the last digit of float32 differs" },
  { tier: "tensorflow", spec: /^unique 1d tensor with NaN and Infinity$/, reason: "TensorFlow counts each NaN as a value of its own" },
  { tier: "wasm", spec: /^avgPool gradient x=\[3,3,1\] f=\[3,3\] s=1 p=explicit$/, reason: averagePool },
  { tier: "wasm", spec: /^threshold method otsu/, reason: "tf.image.threshold's histogram is built for other backends" },
  { tier: "wasm", spec: /./, error: /Kernel '(Complex|ComplexAbs|Real|Imag|FFT|IFFT)' not registered|complex64/, reason: complex },
];
