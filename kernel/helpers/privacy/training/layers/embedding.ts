import * as tf from "@tensorflow/tfjs";
import type { Tensor, Tensor1D, Variable } from "@tensorflow/tfjs";
import { atLeast } from "./dense.js";
import type { Tape } from "../tape.js";

/** Rows of a table [rows, size]: ids [B, ...] to [B, ..., size]. */
export function embedding(tape: Tape, ids: Tensor, table: Variable): Tensor {
  atLeast(1, ids, "ids");
  // Ids are told apart as float32.
  if (table.shape[0]! > 2 ** 24) throw new RangeError(`expected a table of at most 2^24 rows, got ${table.shape[0]}`);
  const whole = tape.keep(ids.toInt());
  const found = tf.gather(tape.value(table), whole.reshape([-1]) as Tensor1D).reshape([...ids.shape, table.shape[1]!]);
  return tape.tap(found, [{
    variable: table,
    factor: (gradient) => ({ kind: "rows", rows: table.shape[0]!, ids: whole.reshape([whole.shape[0]!, -1]), right: gradient.reshape([whole.shape[0]!, -1, table.shape[1]!]) }),
  }]);
}

/** x [B, T, size] plus the first T rows of a table of positions. */
export function positions(tape: Tape, x: Tensor, table: Variable): Tensor {
  const [, steps, size] = x.shape as [number, number, number];
  if (steps > table.shape[0]!) throw new RangeError(`expected at most ${table.shape[0]} positions, got ${steps}`);
  return tape.tap(x.add(tf.slice(tape.value(table), [0, 0], [steps, size])), [{
    variable: table,
    factor: (gradient) => ({ kind: "whole", value: steps === table.shape[0] ? gradient : tf.pad(gradient, [[0, 0], [0, table.shape[0]! - steps], [0, 0]]) }),
  }]);
}
