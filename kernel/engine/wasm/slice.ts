import type { TensorFlowJs } from "../contract.js";
import { replaceKernel } from "../kernels.js";

/** A slice past the end throws; WebAssembly's would read other tensors' memory. */
export function repairSlice(tf: TensorFlowJs): void {
  replaceKernel(tf, "wasm", "Slice", (inputs, attrs, original) => {
    const x = inputs["x"]!;
    const [begin, size] = tf.slice_util.parseSliceParams(x, attrs["begin"] as number[], attrs["size"] as number[]);
    tf.slice_util.assertParamsValid(x, begin!, size!);
    return original(inputs, attrs);
  });
}
