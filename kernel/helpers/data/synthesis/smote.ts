import { say } from "../../../display/language.js";
import { known, positive, shown, whole } from "../../arguments.js";
import { random, type Random } from "../random.js";
import { nearest } from "../statistics/distance.js";
import { median, tally, variance } from "../statistics/numbers.js";
import { shows } from "../statistics/show.js";
import { all, chosen, frameOf, isMissing, numbersIn, type AnyRow, type Frame, type Rows } from "../table/rows.js";
import { fromColumns, type Table } from "../table/table.js";

export interface SmoteOptions {
  /** The column of classes. */
  target: string;
  /** Columns that are compared and made up. Default: all but the target. Numbers are placed between neighbours, words and true/false take the neighbours' commonest (SMOTE-NC). */
  columns?: readonly string[];
  /** Default 5; at most one less than a class has rows. */
  neighbours?: number;
  /** Rows of each smaller class in the end, relative to the largest; above 0, default 1. Classes that have more are left as they are. */
  ratio?: number;
  /** Default 1. */
  seed?: number;
}

export interface Oversampled {
  /** The rows given and then the new ones; only the columns used and the target. */
  readonly table: Table;
  /** The new ones alone. */
  readonly synthetic: Table;
  /** Rows of each class before and after. */
  readonly counts: Readonly<Record<string, readonly [before: number, after: number]>>;
  /** Of each new row: the row it starts from, the neighbour it goes towards, and how far. */
  readonly origins: readonly { readonly row: number; readonly neighbour: number; readonly share: number }[];
}

/**
 * More rows of rare classes: each new row lies between a row and one of its nearest of the same class. With columns of words (SMOTE-NC) a different word counts as the median of the numbers' standard deviations.
 * Split before: made from test rows, they would carry the test into the training. Standardize before: distances mix the units. New rows are no new information, and near the border of classes they can be wrong.
 *
 * @throws `expected numbers in column area, got a missing value in row 3: impute or drop it first`; `expected more than 5 rows of class "rare", got 3: give fewer neighbours`; `expected a column of numbers, got none`; `unknown column: label (columns: ...)`.
 * @see Chawla, Bowyer, Hall and Kegelmeyer 2002
 * @example
 * const rows = [{ x: 0, y: "a" }, { x: 1, y: "a" }, { x: 2, y: "a" }, { x: 8, y: "b" }, { x: 9, y: "b" }];
 * const more = data.smote(rows, { target: "y", neighbours: 1, seed: 3 });
 * more.counts.b // [2, 3]
 * more.synthetic.get("x", 0) > 8 && more.synthetic.get("x", 0) < 9 // true
 */
export function smote(rows: Rows<object>, options: SmoteOptions): Oversampled {
  known(options, ["target", "columns", "neighbours", "ratio", "seed"]);
  const frame = frameOf(rows);
  chosen(frame, [options.target]);
  const names = chosen(frame, options.columns, (_, name) => name !== options.target).filter((name) => name !== options.target);
  const neighbours = whole({ neighbours: options.neighbours ?? 5 }, 1);
  const ratio = positive({ ratio: options.ratio ?? 1 });
  const numeric = names.filter((name) => all(frame.column(name), "number"));
  if (numeric.length === 0) throw new RangeError("expected a column of numbers, got none");
  const wordy = names.filter((name) => !numeric.includes(name));
  const draw = random(options.seed ?? 1);
  const target = frame.column(options.target);
  const lacking = target.findIndex(isMissing);
  if (lacking >= 0) throw new TypeError(`expected a class in column ${options.target}, got a missing value in row ${lacking}`);
  const numbers = numeric.map((name) => numbersIn(frame, name));
  const words = wordy.map((name) => wordsIn(frame, name));
  const classes = tally(target);
  const wanted = Math.round(classes[0]![1] * ratio);
  const made: { label: unknown; origin: { row: number; neighbour: number; share: number }; words: unknown[] }[] = [];
  const counts: Record<string, readonly [number, number]> = {};
  for (const [label, count] of classes) {
    const members = target.flatMap((value, row) => (value === label ? [row] : []));
    const missing = Math.max(0, wanted - count);
    counts[String(label)] = Object.freeze([count, count + missing] as const);
    if (missing === 0) continue;
    if (count <= neighbours) throw new RangeError(`expected more than ${neighbours} rows of class ${shown(label)}, got ${count}: give fewer neighbours`);
    made.push(...between(members, missing, neighbours, numbers, words, draw).map((one) => ({ label, ...one })));
  }
  const column = (name: string): unknown[] => {
    if (name === options.target) return made.map(({ label }) => label);
    const at = numeric.indexOf(name);
    if (at < 0) return made.map(({ words: found }) => found[wordy.indexOf(name)]);
    return made.map(({ origin: { row, neighbour, share } }) => numbers[at]![row]! + share * (numbers[at]![neighbour]! - numbers[at]![row]!));
  };
  const used = frame.names.filter((name) => names.includes(name) || name === options.target);
  const synthetic = fromColumns<AnyRow>(Object.fromEntries(used.map((name) => [name, column(name)])), used);
  const table = fromColumns<AnyRow>(Object.fromEntries(used.map((name) => [name, [...frame.column(name), ...column(name)]])), used);
  return shows({ table, synthetic, counts: Object.freeze(counts), origins: Object.freeze(made.map(({ origin }) => Object.freeze(origin))) }, () => [{ title: say(`${made.length} rows made up`, `合成了 ${made.length} 行`), rows: Object.entries(counts).map(([label, [before, after]]) => ({ class: label, before, after })) }]);
}

function wordsIn(frame: Frame, name: string): unknown[] {
  return frame.column(name).map((value, row) => {
    if (isMissing(value)) throw new TypeError(`expected a category in column ${name}, got a missing value in row ${row}: impute it first`);
    if (typeof value === "object") throw new TypeError(`expected a category in column ${name}, got ${shown(value)} in row ${row}`);
    return value;
  });
}

function between(members: readonly number[], count: number, neighbours: number, numbers: readonly (readonly number[])[], words: readonly (readonly unknown[])[], draw: Random): { origin: { row: number; neighbour: number; share: number }; words: unknown[] }[] {
  const points = members.map((row) => numbers.map((values) => values[row]!));
  // Chawla et al., section 6.1: the penalty for a different word.
  const penalty = words.length ? median(numbers.map((values) => Math.sqrt(variance(members.map((row) => values[row]!), 0)))) ** 2 : 0;
  const near = nearest(points, neighbours, (a, b) => {
    let total = 0;
    for (let at = 0; at < numbers.length; at++) total += (points[a]![at]! - points[b]![at]!) ** 2;
    for (const values of words) if (values[members[a]!] !== values[members[b]!]) total += penalty;
    return total;
  });
  return Array.from({ length: count }, () => {
    const from = draw.integer(0, members.length - 1);
    const found = near[from]!;
    const to = found[draw.integer(0, found.length - 1)]!.index;
    return { origin: { row: members[from]!, neighbour: members[to]!, share: draw.uniform() }, words: words.map((values) => tally(found.map(({ index }) => values[members[index]!]))[0]![0]) };
  });
}
