import { known, sameLength, whole } from "../../arguments.js";
import { checkRows } from "../rows.js";
import { encodeLabels, needPositive, type Label, type Labels } from "./labels.js";

export interface ConsistencyInput {
  /** Features, one row each. Distances are Euclidean over them as they are: standardise first, and decide whether the protected column is among them (in AIF360 it is). */
  rows: readonly ArrayLike<number>[];
  /** Predictions, or labels, one a row. */
  predicted: Labels;
  positive?: Label;
  /** Neighbours looked at. Default 5. */
  neighbours?: number;
  /** AIF360 counts each point as its own nearest neighbour, which raises the value. Default true, to give its numbers. */
  countSelf?: boolean;
}

/**
 * Are similar people treated alike? 1 - mean |own prediction - mean prediction of the nearest neighbours|. From 0 to 1; 1: every neighbourhood agrees.
 * Ties of distance go to the earlier row. Looks at all pairs: n = 5,000 takes a second or two.
 * Source: Zemel et al. 2013; AIF360 `consistency`.
 *
 * @throws `expected neighbours <= 3 rows, got 5`.
 * @example fairness.consistency({ rows: [[0], [1], [10], [11]], predicted: [1, 1, 0, 1], neighbours: 2 }) // 0.75
 */
export function consistency(input: ConsistencyInput): number {
  known(input, ["rows", "predicted", "positive", "neighbours", "countSelf"]);
  const rows = checkRows("rows", input.rows);
  sameLength({ rows, predicted: input.predicted });
  const encoded = encodeLabels({ predicted: input.predicted }, input.positive);
  const positive = needPositive(encoded, "consistency");
  const y = Float64Array.from({ length: rows.length }, (_, i) => (encoded.predicted![i] === positive ? 1 : 0));
  const k = whole({ neighbours: input.neighbours ?? 5 }, 1);
  const self = input.countSelf ?? true;
  const most = rows.length - (self ? 0 : 1);
  if (k > most) throw new RangeError(`expected neighbours <= ${most} rows, got ${k}`);
  let total = 0;
  for (let i = 0; i < rows.length; i++) total += Math.abs(y[i] - nearest(rows, i, k, self).reduce((sum, j) => sum + y[j], 0) / k);
  return 1 - total / rows.length;
}

/** The k nearest rows, kept sorted while all are seen once. */
function nearest(rows: readonly ArrayLike<number>[], i: number, k: number, self: boolean): number[] {
  const found: number[] = [];
  const distances: number[] = [];
  for (let j = 0; j < rows.length; j++) {
    if (j === i && !self) continue;
    let distance = 0;
    for (let d = 0; d < rows[i].length; d++) distance += (rows[i][d] - rows[j][d]) ** 2;
    if (found.length === k && distance >= distances[k - 1]) continue;
    let at = Math.min(found.length, k - 1);
    while (at > 0 && distances[at - 1] > distance) at -= 1;
    found.splice(at, 0, j);
    distances.splice(at, 0, distance);
    if (found.length > k) {
      found.pop();
      distances.pop();
    }
  }
  return found;
}
