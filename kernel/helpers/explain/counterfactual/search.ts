import { known, shown, whole } from "../../arguments.js";
import { random, type Random } from "../../data/random.js";
import { quantile } from "../importance/partial.js";
import type { Model, NamesOption, OutputOption } from "../model/contract.js";
import { predictor, type Predictor } from "../model/predictor.js";
import { columnIndex, columnNames, frozen, table, type Table } from "../table.js";

export interface CounterfactualOptions extends OutputOption, NamesOption {
  /** Rows of real data: they give ranges, scales and starting points. */
  background: readonly ArrayLike<number>[];
  /** Wanted predictions [from, to], both included. Default: the other side of 0.5. */
  desired?: readonly [number, number];
  /** By column name or index: [smallest, largest] that may be proposed. Default: the background's range. The row's own value is always allowed. */
  permitted?: Readonly<Record<string, readonly [number, number]>>;
  /** Columns that may change, by name or index. Default: all. Leave out what nobody can change: age, origin. */
  vary?: readonly (number | string)[];
  /** Columns that take whole numbers only. */
  integers?: readonly (number | string)[];
  /** Counterfactuals wanted, different from each other; default 3. */
  count?: number;
  /** Default 0. */
  seed?: number;
}

export interface Counterfactual {
  readonly x: readonly number[];
  readonly prediction: number;
  /** What changed, and from what to what. */
  readonly changes: readonly { readonly feature: number; readonly name: string; readonly from: number; readonly to: number }[];
  /** Sum over the columns of |change| / median absolute deviation in the background. */
  readonly distance: number;
}

/**
 * The nearest rows that the model answers as desired: "with this much less debt the answer would have been yes". Few columns change, each as little
 * as it takes, within what is permitted. Every result is asked of the model again: what is returned holds. A search, not a proof: an empty
 * list says that none was found. A counterfactual speaks of the model, not of the world: the change may not cause what the model links with it.
 *
 * @param x the row, finite
 * @returns the fewest changes first, then the nearest
 * @throws a row that already is as desired; `permitted` of an unknown column or with from > to
 * @see Wachter et al. (2017), "Counterfactual explanations without opening the black box"; Mothilal et al. (2020), DiCE (post-hoc sparsity)
 * @example
 * const model = (rows: number[][]) => rows.map(([income, debt]) => (income - debt > 10 ? 1 : 0));
 * const background = [[10, 0], [30, 0], [20, 10], [40, 20], [50, 5]];
 * const [nearest] = await explain.counterfactuals(model, [20, 12], { background, names: ["income", "debt"], vary: ["income"], integers: ["income"] });
 * nearest.changes // [{ feature: 0, name: "income", from: 20, to: 23 }]
 */
export async function counterfactuals(model: Model, x: ArrayLike<number>, options: CounterfactualOptions): Promise<readonly Counterfactual[]> {
  known(options, ["background", "desired", "permitted", "vary", "integers", "count", "seed", "output", "names"]);
  const background = table({ background: options.background });
  const { width } = background;
  const start = table({ x: [x] }, width).values;
  const names = columnNames(options.names, width);
  const count = whole({ count: options.count ?? 3 }, 1);
  const predict = predictor(model, width, options.output);
  const original = (await predict(start, 1))[0];
  const [from, to] = options.desired ?? (original > 0.5 ? [-Infinity, 0.5] : [0.5 + 1e-12, Infinity]);
  if (!(from <= to)) throw new RangeError(`expected desired as [from, to] with from <= to, got ${shown(options.desired)}`);
  if (original >= from && original <= to) throw new RangeError(`expected a row that is not yet as desired, got prediction ${original}`);
  const space = spaceOf(background, names, options);
  const found = await search(predict, start, space, background, (value) => value >= from && value <= to, random(options.seed ?? 0));
  const results: Counterfactual[] = [];
  for (const row of found) {
    const changes = names.flatMap((name, feature) => (row.x[feature] === start[feature] ? [] : [{ feature, name, from: start[feature], to: row.x[feature] }]));
    const alike = results.some((one) => one.changes.map(({ feature }) => feature).join() === changes.map(({ feature }) => feature).join());
    if (!alike || found.length <= count) results.push({ x: Array.from(row.x), prediction: row.prediction, changes, distance: row.distance });
  }
  return frozen(results.sort((a, b) => a.changes.length - b.changes.length || a.distance - b.distance).slice(0, count));
}

interface Space {
  low: Float64Array;
  high: Float64Array;
  /** Median absolute deviation; where it is 0 the standard deviation, else 1. */
  scale: Float64Array;
  vary: number[];
  whole: Uint8Array;
}

function spaceOf({ values, rows, width }: Table, names: readonly string[], { permitted = {}, vary, integers = [] }: CounterfactualOptions): Space {
  const space: Space = { low: new Float64Array(width), high: new Float64Array(width), scale: new Float64Array(width), vary: (vary ?? names).map((one) => columnIndex(one, names)), whole: new Uint8Array(width) };
  for (const one of integers) space.whole[columnIndex(one, names)] = 1;
  for (let column = 0; column < width; column++) {
    const sorted = Array.from({ length: rows }, (_, row) => values[row * width + column]).sort((a, b) => a - b);
    [space.low[column], space.high[column]] = [sorted[0], sorted.at(-1)!];
    const median = quantile(sorted, 0.5);
    const mean = sorted.reduce((a, b) => a + b, 0) / rows;
    space.scale[column] = quantile(sorted.map((value) => Math.abs(value - median)).sort((a, b) => a - b), 0.5) || Math.sqrt(sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows) || 1;
  }
  for (const [key, [low, high]] of Object.entries(permitted)) {
    const column = columnIndex(names.includes(key) ? key : Number.isInteger(Number(key)) ? Number(key) : key, names);
    if (!(low <= high) || !Number.isFinite(low) || !Number.isFinite(high)) throw new RangeError(`expected permitted.${key} as [from, to] with from <= to, got [${low}, ${high}]`);
    [space.low[column], space.high[column]] = [low, high];
  }
  for (let column = 0; column < width; column++) if (space.whole[column]) [space.low[column], space.high[column]] = [Math.ceil(space.low[column]), Math.floor(space.high[column])];
  return space;
}

interface Found {
  x: Float64Array;
  prediction: number;
  distance: number;
}

const gridSteps = 33;

async function search(predict: Predictor, start: Float64Array, space: Space, background: Table, wanted: (value: number) => boolean, dice: Random): Promise<Found[]> {
  const width = start.length;
  const starts: Float64Array[] = [];
  const put = (row: Float64Array, column: number, value: number) => {
    const inside = Math.min(space.high[column], Math.max(space.low[column], space.whole[column] ? Math.round(value) : value));
    if (space.low[column] <= space.high[column]) row[column] = inside;
  };
  // One column at a time over its range, then real rows and draws in all columns that may change.
  for (const column of space.vary) for (let step = 0; step < gridSteps; step++) {
    const row = start.slice();
    put(row, column, space.low[column] + ((space.high[column] - space.low[column]) * step) / (gridSteps - 1));
    starts.push(row);
  }
  for (let draw = 0; draw < 400; draw++) {
    const row = start.slice();
    const source = draw < background.rows && draw < 200 ? draw : dice.integer(0, background.rows - 1);
    for (const column of space.vary) put(row, column, draw < 200 ? background.values[source * width + column] : space.low[column] + dice.uniform() * (space.high[column] - space.low[column]));
    starts.push(row);
  }
  const flat = new Float64Array(starts.length * width);
  starts.forEach((row, at) => flat.set(row, at * width));
  const answers = (await predict(flat, starts.length)).slice(0, starts.length);
  const hits = starts.filter((_, at) => wanted(answers[at])).sort((a, b) => away(a) - away(b));
  // The nearest of each set of changed columns first: variety before more of the same.
  const bySet = new Map<string, Float64Array[]>();
  for (const hit of hits) {
    const key = space.vary.filter((column) => hit[column] !== start[column]).join();
    bySet.set(key, [...(bySet.get(key) ?? []), hit]);
  }
  const chosen = [...bySet.values()].flatMap((rows) => rows.slice(0, 8)).sort((a, b) => away(a) - away(b)).slice(0, 24 + space.vary.length);
  const found = new Map<string, Found>();
  for (const row of chosen) {
    await undo(row);
    await approach(row);
    const prediction = (await predict(row, 1))[0];
    if (wanted(prediction)) found.set(row.join(), { x: row, prediction, distance: away(row) });
  }
  const changed = (one: Found) => space.vary.filter((column) => one.x[column] !== start[column]).length;
  return [...found.values()].sort((a, b) => changed(a) - changed(b) || a.distance - b.distance);

  function away(row: Float64Array): number {
    let sum = 0;
    for (let column = 0; column < width; column++) sum += Math.abs(row[column] - start[column]) / space.scale[column];
    return sum;
  }

  /** Takes back whole changes, the smallest first, as long as the answer stays. */
  async function undo(row: Float64Array): Promise<void> {
    const changes = space.vary.filter((column) => row[column] !== start[column]).sort((a, b) => Math.abs(row[a] - start[a]) / space.scale[a] - Math.abs(row[b] - start[b]) / space.scale[b]);
    for (const column of changes) {
      const kept = row[column];
      row[column] = start[column];
      if (!wanted((await predict(row, 1))[0])) row[column] = kept;
    }
  }

  /** Moves each change as near to the row's own value as the answer and the permitted range allow, by halving. */
  async function approach(row: Float64Array): Promise<void> {
    for (const column of space.vary) {
      if (row[column] === start[column]) continue;
      let [good, bad] = [row[column], Math.min(space.high[column], Math.max(space.low[column], start[column]))];
      row[column] = bad;
      if (wanted((await predict(row, 1))[0])) continue;
      for (let step = 0; step < 40 && Math.abs(good - bad) > (space.whole[column] ? 1 : 1e-9 * space.scale[column]); step++) {
        const middle = space.whole[column] ? Math.round((good + bad) / 2) : (good + bad) / 2;
        row[column] = middle;
        if (wanted((await predict(row, 1))[0])) good = middle;
        else bad = middle;
      }
      row[column] = good;
    }
  }
}
