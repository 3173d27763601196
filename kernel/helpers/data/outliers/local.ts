import { known, whole } from "../../arguments.js";
import { nearest, squared } from "../statistics/distance.js";
import { checkMatrix } from "./matrix.js";

/**
 * Local outlier factor of each row: how much thinner its neighbourhood is than those of its neighbours. About 1 inside a cluster, whatever the cluster's density; 1.5 and more is worth a look.
 * Equals scikit-learn's `-negative_outlier_factor_`. Every row is compared with every other: meant for thousands of rows, standardized.
 *
 * @param options `neighbours`, at least 1 (default 20; at most one less than the rows).
 * @throws `expected rows of 2 numbers, got 3 in row 4`; `expected neighbours below the number of rows, 5, got 20`.
 * @see Breunig, Kriegel, Ng and Sander 2000
 * @example
 * data.localOutlierFactor([[0], [1], [2], [3], [30]], { neighbours: 2 }).map((score) => score > 1.5) // [false, false, false, false, true]
 */
export function localOutlierFactor(rows: readonly (readonly number[])[], options: { neighbours?: number } = {}): number[] {
  known(options, ["neighbours"]);
  checkMatrix(rows, 2);
  const neighbours = whole({ neighbours: options.neighbours ?? Math.min(20, rows.length - 1) }, 1);
  if (neighbours >= rows.length) throw new RangeError(`expected neighbours below the number of rows, ${rows.length}, got ${neighbours}`);
  const near = nearest(rows, neighbours, (a, b) => Math.sqrt(squared(rows[a]!, rows[b]!)));
  const reach = near.map((found) => found.at(-1)!.distance);
  // Reachability density; the small number keeps repeated points finite, as scikit-learn does.
  const density = near.map((found) => 1 / (found.reduce((sum, { index, distance }) => sum + Math.max(distance, reach[index]!), 0) / neighbours + 1e-10));
  return near.map((found, row) => found.reduce((sum, { index }) => sum + density[index]!, 0) / neighbours / density[row]!);
}
