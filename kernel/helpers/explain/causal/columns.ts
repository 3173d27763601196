import { allFinite } from "../../arguments.js";

/** A table by columns, all of one length: { treated: [0, 1], outcome: [3.5, 4] }. */
export type CausalData = Readonly<Record<string, ArrayLike<number>>>;

export function columnOf(data: CausalData, name: string, rows?: number): ArrayLike<number> {
  if (!Object.hasOwn(data, name)) throw new RangeError(`unknown column: ${name} (known: ${Object.keys(data).join(", ")})`);
  const values = allFinite({ [name]: data[name] });
  if (values.length === 0) throw new RangeError(`expected column ${name} with at least one row, got none`);
  if (rows !== undefined && values.length !== rows) throw new RangeError(`expected column ${name} of length ${rows}, got ${values.length}`);
  return values;
}

export function binaryTreatment(values: ArrayLike<number>, name: string): void {
  let [zeros, ones] = [0, 0];
  for (let row = 0; row < values.length; row++) {
    if (values[row] === 0) zeros++;
    else if (values[row] === 1) ones++;
    else throw new RangeError(`expected treatment ${name} of 0 and 1 for this method, got ${values[row]} at row ${row}`);
  }
  if (zeros === 0 || ones === 0) throw new RangeError(`expected treatment ${name} with both 0 and 1, got ${zeros === 0 ? "only 1" : "only 0"}`);
}

/** Columns side by side, with a leading 1 a row. */
export function design(columns: readonly ArrayLike<number>[], rows: number): { x: Float64Array; width: number } {
  const width = columns.length + 1;
  const x = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    x[row * width] = 1;
    columns.forEach((column, at) => (x[row * width + at + 1] = column[row]));
  }
  return { x, width };
}
