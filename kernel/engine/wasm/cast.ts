import type { DataType } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { onlyWhen } from "./only-when.js";

/** Numbers become booleans by asking whether they are not zero; WebAssembly's cast keeps their lowest byte. A cast to the same type shares values. */
export function repairCast(tf: TensorFlowJs): void {
  const isSpecial = (from: DataType, to: DataType) => from === to || (to === "bool" && (from === "float32" || from === "int32"));
  onlyWhen(tf, "Cast", ({ x }, attrs) => isSpecial(x!.dtype, attrs["dtype"] as DataType), ({ x }, attrs) =>
    x!.dtype === attrs["dtype"] ? tf.clone(x!) : tf.notEqual(x!, tf.scalar(0, x!.dtype)));
}
