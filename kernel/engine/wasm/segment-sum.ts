import type { Tensor1D } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { replaceKernel } from "../kernels.js";

/**
 * `UnsortedSegmentSum`, the gradient of `tf.gather` and of the embedding layer, by scattering. Ids outside [0, numSegments) are
 * dropped, as in TensorFlow: they go to a row of their own that is cut off, since WebAssembly's scatter would write past the end.
 */
export function addSegmentSum(tf: TensorFlowJs): void {
  replaceKernel(tf, "wasm", "UnsortedSegmentSum", ({ x, segmentIds }, attrs) => {
    const segments = attrs["numSegments"] as number;
    const ids = segmentIds!.dataSync();
    const outside = ids.some((id) => id < 0 || id >= segments);
    const safe = outside ? tf.tensor1d(Array.from(ids, (id) => (id < 0 || id >= segments ? segments : id)), "int32") : (segmentIds as Tensor1D);
    const row = x!.shape.slice(1);
    const sums = tf.scatterND(tf.reshape(safe, [-1, 1]), x!, [segments + (outside ? 1 : 0), ...row]);
    return outside ? tf.slice(sums, 0, segments) : sums;
  });
}
