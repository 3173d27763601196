import { frozen, rowOf, type Table } from "../table.js";
import type { Attributions } from "./contract.js";

/** Typed numbers as the plain, frozen result. */
export function attributions(x: Table, values: Float64Array, baseValue: number, predictions: ArrayLike<number>, names: readonly string[]): Attributions {
  return frozen({
    names,
    x: Array.from({ length: x.rows }, (_, row) => rowOf(x, row)),
    values: Array.from({ length: x.rows }, (_, row) => rowOf({ ...x, values }, row)),
    baseValue,
    predictions: Array.from(predictions),
  });
}
