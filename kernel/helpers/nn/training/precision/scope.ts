import * as tf from "@tensorflow/tfjs";
import type { Tensor, Variable } from "@tensorflow/tfjs";
import { withUndo } from "../../../../engine/compile/unwind.js";
import type { Precision } from "./formats.js";
import { isRounding, roundTo } from "./round.js";

/** What only moves numbers about has nothing to round. */
const moves = new Set(["Identity", "Reshape", "Transpose", "Slice", "StridedSlice", "Pack", "Unpack", "ConcatV2", "ExpandDims", "Tile", "Reverse", "PadV2", "GatherV2", "MaxPool", "Relu", "Max", "Maximum", "Minimum", "Cast", "Neg", "Abs"]);

interface Kernels {
  runKernel(name: string, inputs: object, attributes?: object): Tensor | Tensor[];
}

/**
 * Run a forward pass as a 16-bit unit would: the result of every operation is rounded, and on the way back its gradient. Sums inside one operation (a product
 * of matrices, a mean) are float32, as in the hardware.
 */
export function inPrecision<T>(format: Precision, work: () => T): T {
  const engine = tf.engine() as unknown as Kernels;
  const original = engine.runKernel;
  const rounded = (value: Tensor): Tensor => (value.dtype === "float32" ? roundTo(value, format) : value);
  const rounding: Kernels["runKernel"] = function (name, inputs, attributes) {
    const out = original.call(engine, name, inputs, attributes);
    if (isRounding() || moves.has(name)) return out;
    return Array.isArray(out) ? out.map(rounded) : rounded(out);
  };
  return withUndo(() => void (engine.runKernel = original), () => {
    engine.runKernel = rounding;
    return work();
  });
}

/** The variables hold rounded values while `work` runs, and their own again after it. */
export function withRounded<T>(format: Precision, variables: readonly Variable[], work: () => T): T {
  const own = variables.map((variable) => tf.clone(variable));
  return withUndo(() => variables.forEach((variable, at) => variable.assign(own[at] as never)), () => {
    for (const variable of variables) variable.assign(roundTo(variable, format) as never);
    return work();
  });
}
