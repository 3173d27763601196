import type { KernelConfig, Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { addTensorFlowKernel, typeAttribute } from "./node-backend.js";

/**
 * tfjs-node reads the indices of every `tf.gather` back into JavaScript to check them, so that an embedding waits for what was
 * computed before it and cannot be traced. On the CPU TensorFlow checks by itself and names the place: `indices[1] = 9 is not in
 * [0, 4)`. On a GPU TensorFlow would silently answer zeros, so there tfjs-node's reading check stays.
 */
export function fuseGather(tf: TensorFlowJs): void {
  const before = tf.getKernel("GatherV2", "tensorflow") as KernelConfig;
  tf.unregisterKernel("GatherV2", "tensorflow");
  addTensorFlowKernel(tf, "GatherV2", (inputs, backend, attrs) => {
    if (backend.isUsingGpuDevice) return before.kernelFunc({ inputs, attrs: attrs as never, backend });
    const { x, indices } = inputs as { x: Tensor; indices: Tensor };
    const { axis, batchDims } = attrs as { axis: number; batchDims: number };
    tf.backend_util.segment_util.collectGatherOpShapeInfo(x, indices, axis, batchDims);
    const attributes = [typeAttribute(backend, "Tparams", x.dtype), typeAttribute(backend, "Tindices", indices.dtype), typeAttribute(backend, "Taxis", "int32")];
    const options = [...attributes, { name: "batch_dims", type: backend.binding.TF_ATTR_INT, value: batchDims }];
    try {
      return backend.executeSingleOutput("GatherV2", options, [x, indices, tf.scalar(axis, "int32")]);
    } catch (error) {
      throw named(error as Error);
    }
  });
}

/** TensorFlow's message, which has the place, after tfjs-node's, which programs and tests of tfjs expect. */
function named(error: Error): Error {
  const [told, index, size] = /indices\S* = (-?\d+) is not in \[0, (\d+)\)/.exec(error.message) ?? [];
  return told ? new Error(`GatherV2: the index value ${index} is not in [0, ${Number(size) - 1}]: ${told}`, { cause: error }) : error;
}
