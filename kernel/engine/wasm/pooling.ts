import type { Tensor } from "@tensorflow/tfjs";
import { insideOnes, poolMargins, poolsNothing, type PoolAttrs } from "../compose/pool.js";
import type { TensorFlowJs } from "../contract.js";
import { replaceKernel } from "../kernels.js";

/**
 * The gradient of average pooling counts, in a window at the border, only the places inside the input, as the forward pass does.
 * tfjs's own kernels divide by the whole window there, on WebAssembly and in JavaScript alike.
 */
export function repairAveragePoolGradient(tf: TensorFlowJs, backendName: "wasm" | "cpu"): void {
  for (const kind of ["", "3D"]) {
    replaceKernel(tf, backendName, `AvgPool${kind}Grad`, ({ dy, input }, attrs, original) => {
      const margins = poolMargins(tf, input!, attrs as unknown as PoolAttrs);
      if (margins.every(([before, after]) => before <= 0 && after <= 0)) return original({ dy: dy!, input: input! }, attrs);
      const valid = { ...attrs, pad: "valid", dimRoundingMode: undefined };
      const share = tf.engine().runKernel(`AvgPool${kind}`, { x: insideOnes(tf, input!, margins) }, valid as never) as Tensor;
      return original({ dy: tf.divNoNan(dy!, share), input: input! }, attrs);
    });
  }
}

/** A 1x1 window hands the input through; WebAssembly leaves part of the output unwritten. */
export function repairSmallestPool(tf: TensorFlowJs): void {
  for (const name of ["MaxPool", "AvgPool"]) {
    replaceKernel(tf, "wasm", name, ({ x }, attrs, original) => {
      const pool = attrs as unknown as PoolAttrs;
      return poolsNothing(x!, pool, poolMargins(tf, x!, pool)) ? tf.clone(x!) : original({ x: x! }, attrs);
    });
  }
}
