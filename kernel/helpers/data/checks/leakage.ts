import { say } from "../../../display/language.js";
import { count } from "../../../display/escape.js";
import { fraction, known } from "../../arguments.js";
import { mean, ranks, tally } from "../statistics/numbers.js";
import { shows } from "../statistics/show.js";
import { all, chosen, frameOf, isMissing, type Frame, type Rows } from "../table/rows.js";

export interface TargetLeak {
  readonly column: string;
  /** "rank" and "auc" of numbers, "association" of categories, "missing": whether a value is there. */
  readonly by: "rank" | "auc" | "association" | "missing";
  /** 0: tells nothing of the target; 1: tells all. */
  readonly strength: number;
}

/**
 * Columns that alone tell the target almost entirely: made after it, from it, or a copy of it. One column at a time:
 * - a target of numbers: |Spearman's rank correlation| with numbers, and for categories the share of its variance they explain (correlation ratio);
 * - a target of two classes: |2 AUC - 1| of numbers;
 * - other targets and categories: Cramér's V (bias-corrected, so that a column of unique words does not seem to know all);
 * - and whether a value is missing, as a category.
 *
 * A strong column may also be an honest one: ask when its value is known.
 *
 * @param options `target`; `columns` (default: all others); `threshold` from 0 to 1, default 0.95.
 * @throws `unknown column: price (columns: ...)`; `expected threshold from 0 to 1, got 2`.
 * @example
 * const rows = Array.from({ length: 40 }, (_, i) => ({ sold: i % 3 === 0 ? "yes" : "no", area: (i * 7) % 40, fee: i % 3 === 0 ? 100 + i : i }));
 * data.targetLeakage(rows, { target: "sold" }) // [{ column: "fee", by: "auc", strength: 1 }]
 */
export function targetLeakage(rows: Rows<object>, options: { target: string; columns?: readonly string[]; threshold?: number }): readonly TargetLeak[] {
  known(options, ["target", "columns", "threshold"]);
  const threshold = fraction({ threshold: options.threshold ?? 0.95 });
  const frame = frameOf(rows);
  chosen(frame, [options.target]);
  const target = frame.column(options.target);
  const names = chosen(frame, options.columns, (_, name) => name !== options.target).filter((name) => name !== options.target);
  const leaks = names.flatMap((name) => leaksOf(frame, name, target)).filter(({ strength }) => strength >= threshold).sort((a, b) => b.strength - a.strength);
  return shows(leaks, () => [{ lines: [leaks.length ? say(`${count(leaks.length, "way")} to tell ${options.target} from one column:`, `有 ${leaks.length} 种方式仅凭一列即可得知 ${options.target}：`) : say(`no column alone tells ${options.target}`, `没有任何单独一列泄露 ${options.target}`)] }, { rows: leaks }]);
}

function leaksOf(frame: Frame, column: string, target: readonly unknown[]): TargetLeak[] {
  const values = frame.column(column);
  const rows = target.flatMap((value, row) => (isMissing(value) || isMissing(values[row]) ? [] : [row]));
  const found: TargetLeak[] = [];
  const add = (by: TargetLeak["by"], strength: number) => Number.isFinite(strength) && found.push(Object.freeze({ column, by, strength: Math.min(1, strength) }));
  const [x, y] = [rows.map((row) => values[row]), rows.map((row) => target[row])];
  const classes = new Set(y.map(String));
  const [numericX, numericY] = [all(x, "number"), all(y, "number") && classes.size > 2];
  if (rows.length >= 3) {
    if (numericX && numericY) add("rank", Math.abs(correlation(ranks(x as number[]), ranks(y as number[]))));
    else if (numericX && classes.size === 2) add("auc", Math.abs(2 * auc(x as number[], y.map((value) => String(value) === String(y[0]))) - 1));
    else if (numericY) add("association", correlationRatio(x.map(String), y as number[]));
    else if (!numericX) add("association", cramersV(x.map(String), y.map(String)));
  }
  if (values.some(isMissing) && !values.every(isMissing)) {
    const gone = target.flatMap((value, row) => (isMissing(value) ? [] : [String(isMissing(values[row]))]));
    const there = target.filter((value) => !isMissing(value));
    add("missing", numericY ? correlationRatio(gone, there as number[]) : cramersV(gone, there.map(String)));
  }
  return found;
}

function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let at = 0; at < a.length; at++) {
    ab += (a[at]! - ma) * (b[at]! - mb);
    aa += (a[at]! - ma) ** 2;
    bb += (b[at]! - mb) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}

function auc(scores: readonly number[], positive: readonly boolean[]): number {
  const rank = ranks(scores);
  const n = positive.filter(Boolean).length;
  const total = positive.reduce((sum, yes, at) => sum + (yes ? rank[at]! : 0), 0);
  return (total - (n * (n + 1)) / 2) / (n * (positive.length - n));
}

/** Share of the variance between groups, less what as many random groups would explain. */
function correlationRatio(groups: readonly string[], values: readonly number[]): number {
  const middle = mean(values);
  const total = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  const sums = new Map<string, { sum: number; n: number }>();
  groups.forEach((group, at) => {
    const one = sums.get(group) ?? { sum: 0, n: 0 };
    sums.set(group, { sum: one.sum + values[at]!, n: one.n + 1 });
  });
  let between = 0;
  for (const { sum, n } of sums.values()) between += n * (sum / n - middle) ** 2;
  const [k, n] = [sums.size, values.length];
  return k < n ? Math.max(0, 1 - (1 - between / total) * ((n - 1) / (n - k))) : 0;
}

/** Bergsma's correction of 2013. */
function cramersV(a: readonly string[], b: readonly string[]): number {
  const [left, right] = [tally(a), tally(b)];
  const n = a.length;
  const counts = new Map<string, number>();
  a.forEach((value, at) => counts.set(`${value}\u001f${b[at]}`, (counts.get(`${value}\u001f${b[at]}`) ?? 0) + 1));
  let statistic = 0;
  for (const [x, nx] of left) for (const [y, ny] of right) statistic += ((counts.get(`${x}\u001f${y}`) ?? 0) - (nx * ny) / n) ** 2 / ((nx * ny) / n);
  const [r, k] = [left.length, right.length];
  const phi = Math.max(0, statistic / n - ((r - 1) * (k - 1)) / (n - 1));
  const least = Math.min(r - (r - 1) ** 2 / (n - 1), k - (k - 1) ** 2 / (n - 1)) - 1;
  return least > 0 ? Math.sqrt(phi / least) : 0;
}
