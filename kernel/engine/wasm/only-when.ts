import type { KernelConfig, Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { replaceKernel, type Compute } from "../kernels.js";

/**
 * Compute a kernel otherwise in special cases only. The others go to tfjs's kernel straight: `replaceKernel` opens and closes a scope
 * for each call, which a recurrent network, with a thousand small operations a step, would feel.
 */
export function onlyWhen(tf: TensorFlowJs, kernelName: string, isSpecial: (inputs: Record<string, Tensor>, attrs: Record<string, unknown>) => boolean, compute: Compute): void {
  const find = () => tf.getKernelsForBackend("wasm").find((kernel) => kernel.kernelName === kernelName)!;
  const usual = find();
  replaceKernel(tf, "wasm", kernelName, compute);
  const special = find();
  const kernelFunc: KernelConfig["kernelFunc"] = (params) =>
    (isSpecial(params.inputs as unknown as Record<string, Tensor>, (params.attrs ?? {}) as Record<string, unknown>) ? special : usual).kernelFunc(params);
  tf.unregisterKernel(kernelName, "wasm");
  tf.registerKernel({ ...usual, kernelFunc });
}
