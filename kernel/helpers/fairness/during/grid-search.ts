import { fraction, positive, whole } from "../../arguments.js";
import { predictAll, type Model } from "../model.js";
import { checkRows, type Rows } from "../rows.js";
import { Lagrangian } from "./lagrangian.js";
import type { Learner } from "./learner.js";
import { logistic } from "./logistic.js";
import { checkReduction, type ReductionInput } from "./moments.js";

export interface GridSearchInput extends Omit<ReductionInput, "differenceBound" | "ratioBound"> {
  learner?: Learner;
  /** Classifiers to train, at least. Default 11. */
  gridSize?: number;
  /** Greatest sum of |multipliers|. Default 2. */
  gridLimit?: number;
  /** Weight of the violation against the error when the best is chosen, from 0 to 1. Default 0.5. */
  constraintWeight?: number;
}

export interface GridPoint {
  /** A multiplier for each event and group but the last group: what is positive punishes high rates of the group. */
  readonly multipliers: readonly number[];
  readonly error: number;
  readonly violation: number;
  readonly model: Model;
}

export interface GridSearch {
  /** All points tried, in order: plot `error` against `violation` to see the trade. */
  readonly points: readonly GridPoint[];
  readonly best: GridPoint;
  /** 0 or 1 (or the learner's probability) a row, by the best: deterministic. */
  predict(rows: Rows): Promise<number[]>;
}

/**
 * Tries a grid of multipliers instead of playing the game: one deterministic classifier for each point, and the one with the least (1 - w) error + w violation is `best`.
 * Practical for two or three groups: the grid has a direction for each event and group but one. Source: Agarwal et al. 2018, section 3.4; the idea of fairlearn's `GridSearch`, with a lattice of our own.
 *
 * @throws `expected at least 2 groups with rows, got 1`.
 * @example
 * const rows = [[0], [0], [1], [1], [0], [1], [1], [1]]
 * const found = await fairness.gridSearch({ rows, labels: [0, 0, 1, 1, 0, 1, 1, 0], group: ["a", "a", "a", "a", "b", "b", "b", "b"], gridSize: 5 })
 * found.points.length // 5
 * found.points[2].multipliers // [0]
 */
export async function gridSearch(input: GridSearchInput): Promise<GridSearch> {
  const moments = checkReduction(input, ["learner", "gridSize", "gridLimit", "constraintWeight"]);
  const size = whole({ gridSize: input.gridSize ?? 11 }, 1);
  const limit = positive({ gridLimit: input.gridLimit ?? 2 });
  const weight = fraction({ constraintWeight: input.constraintWeight ?? 0.5 });
  const K = moments.count / 2;
  // The last group of each event follows from the others.
  const free = moments.names.flatMap(({ event }, k) => (moments.names.slice(k + 1).some((later) => later.event === event) ? [k] : []));
  if (free.length === 0) throw new RangeError("expected at least 2 groups with rows, got 1");
  const game = new Lagrangian(moments, input.learner ?? logistic(), 1);
  const points: GridPoint[] = [];
  for (const multipliers of lattice(free.length, size, limit)) {
    const lambda = new Float64Array(2 * K);
    free.forEach((k, j) => (lambda[multipliers[j] >= 0 ? k : K + k] = Math.abs(multipliers[j])));
    game.answers.length = 0; // every point has its own classifier
    await game.bestAnswer(lambda);
    const [{ model }] = game.answers;
    const { error, violation } = game.judge([1]);
    points.push(Object.freeze({ multipliers, error, violation, model }));
  }
  const cost = ({ error, violation }: GridPoint) => (1 - weight) * error + weight * violation;
  const best = points.reduce((a, b) => (cost(b) < cost(a) ? b : a));
  return Object.freeze({ points, best, predict: async (rows: Rows) => Array.from(await predictAll(best.model, checkRows("rows", rows))) });
}

/** Points of a regular lattice with sum of |coordinates| up to `limit`: the coarsest with at least `size` points. In one dimension exactly `size`. */
function lattice(dimensions: number, size: number, limit: number): number[][] {
  if (dimensions === 1) return Array.from({ length: size }, (_, i) => [size === 1 ? 0 : -limit + (2 * limit * i) / (size - 1) || 0]);
  for (let steps = 1; ; steps++) {
    const points = withSum(dimensions, steps);
    if (points.length >= size) return points.map((point) => point.map((value) => (value * limit) / steps || 0));
  }
}

function withSum(dimensions: number, most: number): number[][] {
  if (dimensions === 0) return [[]];
  return Array.from({ length: 2 * most + 1 }, (_, i) => i - most).flatMap((value) => withSum(dimensions - 1, most - Math.abs(value)).map((rest) => [value, ...rest]));
}
