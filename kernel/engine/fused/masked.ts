import type { TensorFlowJs } from "../contract.js";
import { addTensorFlowKernel, execute } from "./node-backend.js";

/** A product that is 0 where y is 0, also where x is infinite or not a number: TensorFlow has it as one operation, tfjs not at all. */
export function addMaskedProductKernel(tf: TensorFlowJs): void {
  addTensorFlowKernel(tf, "MulNoNan", ({ x, y }, backend) => execute(backend, "MulNoNan", x!, y!));
}
