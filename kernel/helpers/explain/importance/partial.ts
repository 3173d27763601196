import { allFinite, known, oneOf, whole } from "../../arguments.js";
import type { Model, NamesOption, OutputOption } from "../model/contract.js";
import { predictor } from "../model/predictor.js";
import { columnIndex, columnNames, frozen, table } from "../table.js";

export interface PartialDependenceOptions extends OutputOption, NamesOption {
  /** The column, by index or name. */
  feature: number | string;
  /** Values to try. Default: `points` even steps from the 5th to the 95th percentile of the column, or all its values where they are fewer. */
  grid?: readonly number[];
  /** Default 20. */
  points?: number;
  /** "start": every curve of `individual` less its first value, which shows where they part (c-ICE). Default "none". */
  centre?: "none" | "start";
}

export interface PartialDependence {
  readonly name: string;
  readonly grid: readonly number[];
  /** Mean prediction over the rows, the column set to each grid value: partial dependence. */
  readonly average: readonly number[];
  /** The same for each row alone: individual conditional expectation (ICE), [row][grid]. */
  readonly individual: readonly (readonly number[])[];
}

/**
 * What the model predicts as one column changes and the others stay: the mean curve (partial dependence) and one a row (ICE).
 * Rows that cannot exist are asked about too where columns go together; a flat mean may hide curves that cancel: look at both.
 *
 * @param x rows, n x columns, finite
 * @throws an unknown feature; a constant column without a `grid`
 * @see Friedman (2001), "Greedy function approximation"; Goldstein et al. (2015), "Peeking inside the black box"; as sklearn.inspection.partial_dependence
 * @example
 * const model = (rows: number[][]) => rows.map(([a, b]) => a * b);
 * (await explain.partialDependence(model, [[0, 1], [0, 3]], { feature: 0, grid: [0, 1] })).average // [0, 2]
 */
export async function partialDependence(model: Model, x: readonly ArrayLike<number>[], options: PartialDependenceOptions): Promise<PartialDependence> {
  known(options, ["feature", "grid", "points", "centre", "output", "names"]);
  const data = table({ x });
  const { width, rows } = data;
  const names = columnNames(options.names, width);
  const column = columnIndex(options.feature, names);
  const centre = oneOf({ centre: options.centre ?? "none" }, ["none", "start"]);
  const grid = options.grid ? [...allFinite({ grid: options.grid })] : quantileGrid(x.map((row) => row[column]), whole({ points: options.points ?? 20 }, 2), names[column]);
  if (grid.length === 0) throw new RangeError("expected grid with at least one value, got none");
  const predict = predictor(model, width, options.output);
  const changed = data.values.slice();
  const individual = Array.from({ length: rows }, () => [] as number[]);
  const average: number[] = [];
  for (const value of grid) {
    for (let row = 0; row < rows; row++) changed[row * width + column] = value;
    const answers = await predict(changed, rows);
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      sum += answers[row];
      individual[row].push(answers[row]);
    }
    average.push(sum / rows);
  }
  if (centre === "start") for (const curve of [...individual, average]) {
    const [start] = curve;
    curve.forEach((value, at) => (curve[at] = value - start));
  }
  return frozen({ name: names[column], grid, average, individual });
}

function quantileGrid(values: number[], points: number, name: string): number[] {
  const all = [...new Set(values)].sort((a, b) => a - b);
  if (all.length === 1) throw new RangeError(`expected column ${name} to vary, got ${all[0]} throughout: give a grid`);
  if (all.length <= points) return all;
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [quantile(sorted, 0.05), quantile(sorted, 0.95)];
  return low === high ? all : Array.from({ length: points }, (_, at) => low + ((high - low) * at) / (points - 1));
}

/** Linear interpolation between the sorted values, as numpy's default. */
export function quantile(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  return sorted[low] + (at - low) * ((sorted[low + 1] ?? sorted[low]) - sorted[low]);
}
