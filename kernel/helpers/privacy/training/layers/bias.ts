import * as tf from "@tensorflow/tfjs";
import type { Tensor, Variable } from "@tensorflow/tfjs";
import type { Tape } from "../tape.js";
import { biasUse } from "./dense.js";

/** x + bias over the last axis. */
export function bias(tape: Tape, x: Tensor, variable: Variable): Tensor {
  return tape.tap(x.add(tape.value(variable)), [biasUse(variable)]);
}

/** A copy of the parameter for each example [B, ...shape], to compute with as one likes. Takes B times its memory. */
export function perExample(tape: Tape, x: Tensor, variable: Variable): Tensor {
  const shape = [1, ...variable.shape];
  const copies = tf.tile(tape.value(variable).reshape(shape), [x.shape[0]!, ...variable.shape.map(() => 1)]);
  return tape.tap(copies, [{ variable, factor: (gradient) => ({ kind: "whole", value: gradient }) }]);
}
