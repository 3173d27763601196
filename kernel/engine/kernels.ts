import type { KernelConfig, NamedAttrMap, Tensor, TensorInfo } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "./contract.js";

/** A kernel as it is written here: tensors in, tensors out; what it makes on the way is disposed. */
export type Compute = (inputs: Record<string, Tensor>, attrs: Record<string, unknown>, original: Run) => Tensor | Tensor[];

/** Run the kernel that was registered before. */
export type Run = (inputs: Record<string, Tensor>, attrs: Record<string, unknown>) => Tensor | Tensor[];

/** Put `compute` in the place of a backend's kernel, or add it where there was none. Works before and after the backend has started. */
export function replaceKernel(tf: TensorFlowJs, backendName: string, kernelName: string, compute: Compute): void {
  const before = tf.getKernelsForBackend(backendName).find((kernel) => kernel.kernelName === kernelName);
  if (before) tf.unregisterKernel(kernelName, backendName);
  const kernel: KernelConfig = {
    kernelName,
    backendName,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const original: Run = (given, options) => {
        if (!before) throw new Error(`the ${backendName} backend has no kernel ${kernelName}`);
        const output = before.kernelFunc({ inputs: given, attrs: options as NamedAttrMap, backend });
        // Some backends answer with tensors, others with what tensors are made of.
        const adopt = (info: TensorInfo): Tensor => ("rankType" in info ? (info as Tensor) : tf.engine().makeTensorFromTensorInfo(info));
        return Array.isArray(output) ? output.map(adopt) : adopt(output);
      };
      const work = () => compute(inputs as unknown as Record<string, Tensor>, (attrs ?? {}) as Record<string, unknown>, original);
      return tf.tidy(work as () => Tensor);
    },
    ...(before?.setupFunc && { setupFunc: before.setupFunc }),
    ...(before?.disposeFunc && { disposeFunc: before.disposeFunc }),
  };
  tf.registerKernel(kernel);
}
