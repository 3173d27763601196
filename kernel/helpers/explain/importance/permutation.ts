import { allFinite, finite, known, sameLength, whole } from "../../arguments.js";
import { random } from "../../data/random.js";
import type { Model, NamesOption, OutputOption } from "../model/contract.js";
import { predictor } from "../model/predictor.js";
import { columnNames, frozen, table } from "../table.js";
import { scorer, type Score } from "./score.js";

export interface PermutationOptions extends OutputOption, NamesOption {
  /** Default "r2". */
  metric?: Score;
  /** Predictions above it are class 1, for accuracy; default 0.5. */
  threshold?: number;
  /** Shuffles a column; default 5. */
  repeats?: number;
  /** Of the shuffles; default 0. */
  seed?: number;
  /** The row orders themselves instead of drawn ones: [column][repeat][row], row i takes its value from row order[i]. */
  permutations?: readonly (readonly (readonly number[])[])[];
}

export interface PermutationImportance {
  readonly names: readonly string[];
  readonly baseScore: number;
  /** How much the score drops when a column is shuffled: [column][repeat]. */
  readonly importances: readonly (readonly number[])[];
  readonly mean: readonly number[];
  /** Population standard deviation over the repeats. */
  readonly std: readonly number[];
}

/**
 * How much worse the model does when one column is shuffled, column by column. 0 for a column the model does not use, and for a constant one.
 * Columns that say the same share their importance: each alone may look useless.
 *
 * @param data `x` n x columns, `y` n true values (0 or 1 for accuracy)
 * @throws r2 of a `y` that does not vary; permutations that are none
 * @see Breiman (2001), "Random forests"; as sklearn.inspection.permutation_importance
 * @example
 * const model = (rows: number[][]) => rows.map(([a]) => a);
 * (await explain.permutationImportance(model, { x: [[0, 5], [1, 6], [2, 7]], y: [0, 1, 2] }, { permutations: [[[2, 1, 0]], [[2, 1, 0]]] })).mean // [4, 0]
 */
export async function permutationImportance(model: Model, data: { x: readonly ArrayLike<number>[]; y: ArrayLike<number> }, options: PermutationOptions = {}): Promise<PermutationImportance> {
  known(options, ["metric", "threshold", "repeats", "seed", "permutations", "output", "names"]);
  const x = table({ x: data.x });
  sameLength({ x: data.x, y: data.y });
  const score = scorer(options.metric ?? "r2", allFinite({ y: data.y }), finite({ threshold: options.threshold ?? 0.5 }));
  const { width, rows } = x;
  const names = columnNames(options.names, width);
  const orders = options.permutations ?? drawOrders(width, whole({ repeats: options.repeats ?? 5 }, 1), rows, options.seed ?? 0);
  if (orders.length !== width) throw new RangeError(`expected permutations for ${width} columns, got ${orders.length}`);
  const predict = predictor(model, width, options.output);
  const baseScore = score(await predict(x.values, rows));
  const shuffled = x.values.slice();
  const importances: number[][] = [];
  for (let column = 0; column < width; column++) {
    const drops: number[] = [];
    for (const order of orders[column]) {
      if (order.length !== rows || new Set(order).size !== rows || order.some((from) => !(from >= 0 && from < rows))) throw new RangeError(`expected permutations of 0 to ${rows - 1}, got ${order.length} values for column ${column}`);
      for (let row = 0; row < rows; row++) shuffled[row * width + column] = x.values[order[row] * width + column];
      drops.push(baseScore - score(await predict(shuffled, rows)));
    }
    for (let row = 0; row < rows; row++) shuffled[row * width + column] = x.values[row * width + column];
    importances.push(drops);
  }
  const mean = importances.map((drops) => drops.reduce((a, b) => a + b, 0) / drops.length);
  const std = importances.map((drops, at) => Math.sqrt(drops.reduce((sum, drop) => sum + (drop - mean[at]) ** 2, 0) / drops.length));
  return frozen({ names, baseScore, importances, mean, std });
}

function drawOrders(width: number, repeats: number, rows: number, seed: number): number[][][] {
  const dice = random(seed);
  const inOrder = Array.from({ length: rows }, (_, row) => row);
  return Array.from({ length: width }, () => Array.from({ length: repeats }, () => dice.shuffle(inOrder)));
}
