import type { Tensor } from "@tensorflow/tfjs";
import { checkEquation } from "../compose/einsum.js";
import type { TensorFlowJs } from "../contract.js";
import { replaceKernel } from "../kernels.js";

/** TensorFlow's einsum takes equations that the other backends refuse; one rule for all keeps a notebook portable. */
export function repairEinsum(tf: TensorFlowJs): void {
  replaceKernel(tf, "tensorflow", "Einsum", (inputs, attrs, original) => {
    checkEquation(tf, attrs["equation"] as string, Object.values(inputs) as Tensor[]);
    return original(inputs, attrs);
  });
}
