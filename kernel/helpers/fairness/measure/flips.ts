import { known, shown, whole } from "../../arguments.js";
import { predictAll, type Model } from "../model.js";
import { checkRows, type Rows } from "../rows.js";

export interface FlipsInput {
  model: Model;
  /** Features, one row each. */
  rows: Rows;
  /** The protected column, counted from 0. */
  column: number;
  /** Values it is set to in turn. Default: those that occur, if at most 20. */
  values?: readonly number[];
  /** Two predictions differ if they lie on different sides of it; "any": if they differ at all (classes). Default 0.5, for probabilities and for 0 and 1. */
  threshold?: number | "any";
}

export interface Flips {
  /** Share of rows whose decision changes for at least one other value. 0: the decision never hangs on the column itself. */
  rate: number;
  /** Rows that flip. */
  rows: number[];
  /** Of the rows that had `from`, the share that flips when set to `to`. */
  changes: readonly { from: number; to: number; rows: number; rate: number; meanChange: number }[];
}

/**
 * Changes the protected column of each row, keeps everything else, and counts the decisions that flip.
 *
 * 0 does not prove fairness: a model may use other columns that stand for the protected one (a proxy), and in the world other columns would change with it. That is why
 * counterfactual fairness (Kusner et al. 2017) needs a causal model; this is the plain test of direct use ("flip test").
 *
 * @throws `expected column < 2, got 5`; `expected at least 2 values, got 1`.
 * @example
 * const found = await fairness.counterfactualFlips({ model: (rows) => rows.map(([sex, skill]) => (skill + sex > 1.5 ? 1 : 0)), rows: [[0, 1], [1, 1], [0, 5], [1, 0]], column: 0 })
 * found.rate // 0.5
 * found.rows // [0, 1]
 */
export async function counterfactualFlips(input: FlipsInput): Promise<Flips> {
  known(input, ["model", "rows", "column", "values", "threshold"]);
  const rows = checkRows("rows", input.rows);
  const column = whole({ column: input.column });
  if (column >= rows[0].length) throw new RangeError(`expected column < ${rows[0].length}, got ${column}`);
  const threshold = input.threshold ?? 0.5;
  if (threshold !== "any" && !Number.isFinite(threshold)) throw new RangeError(`expected threshold as a number or "any", got ${shown(threshold)}`);
  const found = [...new Set(rows.map((row) => row[column]))].sort((a, b) => a - b);
  if (input.values === undefined && found.length > 20) throw new RangeError(`expected values: column ${column} has ${found.length} different ones, too many to try all`);
  const values = input.values ?? found;
  if (values.length < 2) throw new RangeError(`expected at least 2 values, got ${values.length}`);
  const decide = (score: number) => (threshold === "any" ? score : Number(score > threshold));
  const original = await predictAll(input.model, rows);
  const flipped = new Set<number>();
  const changes: { from: number; to: number; rows: number; rate: number; meanChange: number }[] = [];
  for (const to of values) {
    const changed = await predictAll(input.model, rows.map((row) => Array.from(row, (value, j) => (j === column ? to : value))));
    for (const from of found) {
      if (from === to) continue;
      const those = rows.flatMap((row, i) => (row[column] === from ? [i] : []));
      const flips = those.filter((i) => decide(changed[i]) !== decide(original[i]));
      flips.forEach((i) => flipped.add(i));
      changes.push({ from, to, rows: those.length, rate: flips.length / those.length, meanChange: those.reduce((sum, i) => sum + changed[i] - original[i], 0) / those.length });
    }
  }
  return Object.freeze({ rate: flipped.size / rows.length, rows: [...flipped].sort((a, b) => a - b), changes });
}
