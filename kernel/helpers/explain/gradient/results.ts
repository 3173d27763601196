import { frozen, rowOf } from "../table.js";
import type { InputAttributions } from "./contract.js";

export function inputAttributions(shape: number[], width: number, values: Float64Array, predictions: Float64Array): InputAttributions {
  return frozen({ shape, values: Array.from(predictions, (_, row) => rowOf({ values, width, rows: predictions.length }, row)), predictions: Array.from(predictions) });
}
