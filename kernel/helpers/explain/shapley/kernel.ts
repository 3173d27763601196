import { known, oneOf, whole } from "../../arguments.js";
import { random } from "../../data/random.js";
import { solveSymmetric } from "../linear/solve.js";
import { predictor } from "../model/predictor.js";
import type { Model } from "../model/contract.js";
import { columnNames, table } from "../table.js";
import { coalitions, type Coalitions } from "./coalitions.js";
import type { Attributions } from "./contract.js";
import { mean, type ShapleyOptions } from "./exact.js";
import { gameBuffer, playersOf, playGame } from "./game.js";
import { attributions } from "./results.js";

export interface KernelShapOptions extends ShapleyOptions {
  /** Coalitions asked about, at most; default 2 x columns + 2048. From 2^columns - 2 on the answer is exact. */
  samples?: number;
  /** "logit": attributions in log-odds of a probability. Default "identity". */
  link?: "identity" | "logit";
  /** Of the coalitions that are drawn; default 0. */
  seed?: number;
}

/**
 * Shapley values by weighted regression over coalitions (KernelSHAP), for many columns and any model.
 * Exact where all coalitions fit into `samples`, else an estimate; the sum is always exact.
 * Every column is kept: there is no l1 regularisation, where shap's default keeps only ten columns.
 *
 * @param x rows to explain, n x columns, finite
 * @returns as `shapley`; with link "logit", `baseValue`, `values` and `predictions` are log-odds
 * @throws `expected samples to be a whole number >= N`: below 2 x columns the regression has no single answer
 * @throws link "logit" with a mean prediction outside (0, 1)
 * @see Lundberg and Lee (2017), "A unified approach to interpreting model predictions"; agrees with shap.KernelExplainer(l1_reg=0)
 * @example
 * const model = (rows: number[][]) => rows.map(([a, b, c]) => 2 * a + b * c);
 * (await explain.kernelShap(model, [[1, 2, 3]], { background: [[0, 0, 0]] })).values // [[2.000, 3.000, 3.000]]
 */
export async function kernelShap(model: Model, x: readonly ArrayLike<number>[], options: KernelShapOptions): Promise<Attributions> {
  known(options, ["background", "output", "names", "samples", "link", "seed"]);
  const background = table({ background: options.background });
  const rows = table({ x }, background.width);
  const { width } = rows;
  const names = columnNames(options.names, width);
  const samples = whole({ samples: options.samples ?? 2 * width + 2048 }, Math.min(2 * width, 2 ** width - 2));
  const link = oneOf({ link: options.link ?? "identity" }, ["identity", "logit"]) === "logit" ? logit : (value: number) => value;
  const predict = predictor(model, width, options.output);
  const buffer = gameBuffer(background);
  const predictions = Float64Array.from((await predict(rows.values, rows.rows)).subarray(0, rows.rows), link);
  const baseValue = link(mean((await predict(background.values, background.rows)).subarray(0, background.rows)));
  const values = new Float64Array(rows.rows * width);
  // Rows whose players are the same share the coalitions and the regression: only the right-hand side is theirs.
  const plans = new Map<number, Plan>();
  for (let row = 0; row < rows.rows; row++) {
    const one = rows.values.subarray(row * width, (row + 1) * width);
    const players = playersOf(one, background);
    const n = players.length;
    if (n === 0) continue;
    const gain = predictions[row] - baseValue;
    if (n === 1) {
      values[row * width + players[0]] = gain;
      continue;
    }
    let plan = plans.get(n);
    if (!plan) plans.set(n, (plan = makePlan(coalitions(n, samples, random(options.seed ?? 0)), n)));
    const { sets, projection, worth } = plan;
    await playGame(predict, one, background, players, sets.members, sets.count, worth, buffer);
    for (let c = 0; c < sets.count; c++) worth[c] = link(worth[c]) - baseValue - (sets.members[c * n + n - 1] ? gain : 0);
    let last = gain;
    for (let player = 0; player < n - 1; player++) {
      let sum = 0;
      const at = player * sets.count;
      for (let c = 0; c < sets.count; c++) sum += projection[at + c] * worth[c];
      values[row * width + players[player]] = sum;
      last -= sum;
    }
    values[row * width + players[n - 1]] = last;
  }
  return attributions(rows, values, baseValue, predictions, names);
}

interface Plan {
  sets: Coalitions;
  /** (players - 1) x coalitions: from worths to values. */
  projection: Float64Array;
  worth: Float64Array;
}

/** Least squares under "the values sum to the gain": the last player is eliminated, so that the constraint holds exactly. */
function makePlan(sets: Coalitions, players: number): Plan {
  const { members, weights, count } = sets;
  const n = players - 1;
  const reduced = new Int8Array(count * n);
  for (let c = 0; c < count; c++) for (let i = 0; i < n; i++) reduced[c * n + i] = members[c * players + i] - members[c * players + n];
  const a = new Float64Array(n * n);
  const projection = new Float64Array(n * count);
  for (let c = 0; c < count; c++) {
    for (let i = 0; i < n; i++) {
      const weighted = weights[c] * reduced[c * n + i];
      projection[i * count + c] = weighted;
      if (weighted !== 0) for (let j = 0; j < n; j++) a[i * n + j] += weighted * reduced[c * n + j];
    }
  }
  solveSymmetric(a, projection, n, count);
  return { sets, projection, worth: new Float64Array(count) };
}

function logit(probability: number): number {
  if (!(probability > 0 && probability < 1)) throw new RangeError(`expected predictions above 0 and below 1 for link "logit", got ${probability}`);
  return Math.log(probability / (1 - probability));
}
