import type { DataType, KernelConfig, Tensor, TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "./contract.js";
import { replaceKernel } from "./kernels.js";

/** What is used of tfjs's JavaScript backend. */
interface Memory {
  write(values: unknown, shape: number[], dtype: DataType): object;
  readSync(id: object): unknown;
  disposeData(id: object): boolean;
}

/** Complex tensors are laid out differently in each backend. */
const complex = new Set(["Complex", "ComplexAbs", "Real", "Imag", "FFT", "IFFT"]);

/**
 * Lend a backend the kernels that only tfjs's JavaScript backend has (sparse, ragged and string operations, ...): inputs are
 * copied over, computed and copied back. Slow for large tensors, the same numbers.
 */
export function addJavaScriptKernels(tf: TensorFlowJs, backendName: string): void {
  const own = new Set(tf.getKernelsForBackend(backendName).map((kernel) => kernel.kernelName));
  for (const kernel of tf.getKernelsForBackend("cpu")) {
    if (own.has(kernel.kernelName) || complex.has(kernel.kernelName)) continue;
    replaceKernel(tf, backendName, kernel.kernelName, (inputs, attrs) => computeInJavaScript(tf, kernel, inputs, attrs));
  }
}

/** One kernel of the JavaScript backend on tensors of the current backend. */
export function computeInJavaScript(tf: TensorFlowJs, kernel: KernelConfig, inputs: Record<string, Tensor>, attrs: Record<string, unknown>): Tensor | Tensor[] {
  const memory = tf.findBackend("cpu") as unknown as Memory;
  const lent: TensorInfo[] = [];
  const lend = ({ dataId, shape, dtype }: Tensor): TensorInfo => {
    const values = (tf.backend() as unknown as Memory).readSync(dataId);
    lent.push({ dataId: memory.write(values, shape, dtype), shape, dtype });
    return lent.at(-1)!;
  };
  // An input can be a list of tensors, or the inputs themselves can.
  const lendAll = (input: unknown): unknown => {
    if (input === null || typeof input !== "object") return input;
    if ("dataId" in input) return lend(input as Tensor);
    return Array.isArray(input) ? input.map(lendAll) : Object.fromEntries(Object.entries(input).map(([name, value]) => [name, lendAll(value)]));
  };
  const outputs: TensorInfo[] = [];
  try {
    const answer = kernel.kernelFunc({ inputs: lendAll(inputs) as never, attrs: attrs as never, backend: memory });
    outputs.push(...(Array.isArray(answer) ? answer : [answer]));
    const tensors = outputs.map(({ dataId, shape, dtype }) => tf.engine().makeTensor(memory.readSync(dataId) as never, shape, dtype));
    return Array.isArray(answer) ? tensors : tensors[0]!;
  } finally {
    for (const { dataId } of [...lent, ...outputs]) memory.disposeData(dataId);
  }
}
