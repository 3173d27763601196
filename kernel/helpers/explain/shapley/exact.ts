import { known } from "../../arguments.js";
import type { Model, NamesOption, OutputOption } from "../model/contract.js";
import { predictor } from "../model/predictor.js";
import { columnNames, table } from "../table.js";
import type { Attributions } from "./contract.js";
import { gameBuffer, playersOf, playGame } from "./game.js";
import { attributions } from "./results.js";

export interface ShapleyOptions extends OutputOption, NamesOption {
  /** Rows that stand for "not known": a column left out takes their values in turn. */
  background: readonly ArrayLike<number>[];
}

/**
 * Shapley values by their definition: the mean of what a column adds, over all orders in which the columns may become known.
 * The worth of a set of columns is the mean prediction over the background rows with these columns set to the row's (interventional).
 *
 * @param x rows to explain, n x columns, finite
 * @returns `baseValue + sum(values[i]) = predictions[i]` to rounding; a column the model does not use gets 0, columns that play the same part get the same
 * @throws beyond 16 columns that differ from the background: 2^columns x background predictions a row are needed; take `kernelShap`
 * @see Shapley (1953), "A value for n-person games"; Lundberg and Lee (2017); agrees with shap.KernelExplainer over all coalitions
 * @example
 * const model = (rows: number[][]) => rows.map(([a, b]) => a * b);
 * (await explain.shapley(model, [[2, 3]], { background: [[0, 0]] })).values // [[3, 3]]
 */
export async function shapley(model: Model, x: readonly ArrayLike<number>[], options: ShapleyOptions): Promise<Attributions> {
  known(options, ["background", "output", "names"]);
  const background = table({ background: options.background });
  const rows = table({ x }, background.width);
  const { width } = rows;
  const names = columnNames(options.names, width);
  const predict = predictor(model, width, options.output);
  const buffer = gameBuffer(background);
  const predictions = Float64Array.from((await predict(rows.values, rows.rows)).subarray(0, rows.rows));
  const baseValue = mean((await predict(background.values, background.rows)).subarray(0, background.rows));
  const values = new Float64Array(rows.rows * width);
  for (let row = 0; row < rows.rows; row++) {
    const one = rows.values.subarray(row * width, (row + 1) * width);
    const players = playersOf(one, background);
    const n = players.length;
    if (n > 16) throw new RangeError(`expected at most 16 columns that differ from the background, got ${n}: take kernelShap`);
    const count = 2 ** n;
    const coalitions = new Uint8Array(count * n);
    for (let set = 0; set < count; set++) for (let player = 0; player < n; player++) coalitions[set * n + player] = (set >> player) & 1;
    const worth = new Float64Array(count);
    await playGame(predict, one, background, players, coalitions, count, worth, buffer);
    const weight = orderWeights(n);
    for (let set = 0; set < count; set++) {
      const size = ones(set);
      for (let player = 0; player < n; player++) {
        if ((set >> player) & 1) continue;
        values[row * width + players[player]] += weight[size] * (worth[set | (1 << player)] - worth[set]);
      }
    }
  }
  return attributions(rows, values, baseValue, predictions, names);
}

/** Share of the orders of n players in which exactly the players of one set of size s come before a given player: s! (n - s - 1)! / n! */
function orderWeights(n: number): Float64Array {
  const weights = new Float64Array(n);
  let choose = 1;
  for (let size = 0; size < n; size++) {
    weights[size] = 1 / (n * choose);
    choose = (choose * (n - 1 - size)) / (size + 1);
  }
  return weights;
}

function ones(set: number): number {
  let count = 0;
  for (let rest = set; rest; rest &= rest - 1) count++;
  return count;
}

export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at];
  return sum / values.length;
}
