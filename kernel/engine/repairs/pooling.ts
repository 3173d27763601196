import type { Tensor } from "@tensorflow/tfjs";
import { opposite, padOrCrop, type Margin } from "../compose/pad-or-crop.js";
import { insideOnes, poolMargins, poolsNothing, type PoolAttrs } from "../compose/pool.js";
import type { TensorFlowJs } from "../contract.js";
import { replaceKernel, type Compute } from "../kernels.js";

/** TensorFlow pools with "valid" and "same" only: other padding is put on first, and taken off the gradients. */
export function repairPooling(tf: TensorFlowJs): void {
  const wrap = (kernelName: string, input: string, work: (margins: Margin[]) => Compute): void => {
    replaceKernel(tf, "tensorflow", kernelName, (inputs, attrs, original) => {
      const pool = attrs as unknown as PoolAttrs;
      if (typeof pool.pad === "string" || pool.pad === 0) return original(inputs, attrs);
      const margins = poolMargins(tf, inputs[input]!, pool);
      if (poolsNothing(inputs[input]!, pool, margins)) return tf.clone(inputs["dy"] ?? inputs[input]!);
      return work(margins)(inputs, { ...attrs, pad: "valid", dimRoundingMode: undefined }, original);
    });
  };
  for (const kind of ["", "3D"]) {
    wrap(`MaxPool${kind}`, "x", (margins) => ({ x }, attrs, original) => original({ x: padOrCrop(tf, x!, margins, lowest(x!)) }, attrs));
    wrap(`AvgPool${kind}`, "x", (margins) => ({ x }, attrs, original) => {
      const sums = original({ x: padOrCrop(tf, x!, margins) }, attrs) as Tensor;
      return tf.divNoNan(sums, original({ x: insideOnes(tf, x!, margins) }, attrs) as Tensor);
    });
    wrap(`MaxPool${kind}Grad`, "input", (margins) => ({ dy, input, output }, attrs, original) => {
      const wide = padOrCrop(tf, input!, margins, lowest(input!));
      return padOrCrop(tf, original({ dy: dy!, input: wide, output: output! }, attrs) as Tensor, opposite(margins));
    });
    wrap(`AvgPool${kind}Grad`, "input", (margins) => ({ dy, input }, attrs, original) => {
      const wide = padOrCrop(tf, input!, margins);
      const share = tf.engine().runKernel(`AvgPool${kind}`, { x: insideOnes(tf, input!, margins) }, attrs as never) as Tensor;
      return padOrCrop(tf, original({ dy: tf.divNoNan(dy!, share), input: wide }, attrs) as Tensor, opposite(margins));
    });
  }
}

function lowest(x: Tensor): number {
  return x.dtype === "int32" ? -(2 ** 31) : Number.NEGATIVE_INFINITY;
}
