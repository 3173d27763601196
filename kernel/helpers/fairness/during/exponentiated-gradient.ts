import { positive, whole } from "../../arguments.js";
import { random } from "../../data/random.js";
import { predictAll, type Model } from "../model.js";
import { checkRows, type Rows } from "../rows.js";
import { Lagrangian } from "./lagrangian.js";
import type { Learner } from "./learner.js";
import { logistic } from "./logistic.js";
import { checkReduction, type ReductionInput } from "./moments.js";

export interface ExponentiatedGradientInput extends ReductionInput {
  /** Default: `fairness.logistic()`. */
  learner?: Learner;
  /** The multipliers sum to at most 1/eps, so the bound may be passed by about eps. Above 0. Default 0.01. */
  eps?: number;
  /** Default 50. */
  iterations?: number;
  /** Duality gap at which it stops. Default: half the standard error of the first classifier's errors. */
  tolerance?: number;
  /** First step size, times 1/eps. Default 2. */
  stepSize?: number;
}

export interface RandomizedClassifier {
  /** The classifiers that are mixed, and how often each is asked (sum 1). */
  readonly predictors: readonly { readonly weight: number; readonly model: Model }[];
  /** On the training data: weighted error, and max over groups of |rate(group) - rate(all)|. */
  readonly error: number;
  readonly violation: number;
  /** Distance from the best possible for this learner. */
  readonly gap: number;
  readonly iterations: number;
  /** False: stopped by `iterations`, with a gap above the tolerance. */
  readonly converged: boolean;
  /** P(1) a row: the weighted share of classifiers that say 1. Not a calibrated probability: it is the chance of the random decision. */
  predictProba(rows: Rows): Promise<number[]>;
  /** 0 or 1 a row, drawn with that chance: two equal people may get different answers. `seed` makes the draw repeatable. */
  predict(rows: Rows, options: { seed: number }): Promise<number[]>;
  /** 0 or 1 a row, P(1) > 0.5: the same every time, without the guarantee on `violation`. */
  predictDeterministic(rows: Rows): Promise<number[]>;
}

const also = ["learner", "eps", "iterations", "tolerance", "stepSize"];

/**
 * Trains a randomised classifier under a fairness constraint, with any learner of weighted examples: a game between the learner and multipliers of the constraint, solved by exponentiated
 * gradient with a linear program after each step.
 *
 * Guarantee: with a learner that minimises weighted error, error and violation on the training data are within about `gap` of the best mixture that meets the bound (Theorem 1).
 * The bound is on the training data; new data add sampling error. `constraint`: "demographicParity", "equalizedOdds", "truePositiveRateParity" (equal opportunity),
 * "falsePositiveRateParity" or "errorRateParity". Two classes only.
 *
 * Source: Agarwal et al. 2018; fairlearn `ExponentiatedGradient`, whose numbers it gives.
 *
 * @throws `expected both classes in labels, got only 1`; `unknown constraint: equality (known: ...)`; `expected predictions of the learner from 0 to 1, got 2 in row 0`.
 * @example
 * const rows = [[0], [0], [1], [1], [0], [1], [1], [1]]
 * const found = await fairness.exponentiatedGradient({ rows, labels: [0, 0, 1, 1, 0, 1, 1, 0], group: ["a", "a", "a", "a", "b", "b", "b", "b"], differenceBound: 0.05 })
 * found.violation <= 0.05 + 1e-9 // true
 * found.predictors.length > 1 // true
 */
export async function exponentiatedGradient(input: ExponentiatedGradientInput): Promise<RandomizedClassifier> {
  const moments = checkReduction(input, also);
  const budget = 1 / positive({ eps: input.eps ?? 0.01 });
  const most = whole({ iterations: input.iterations ?? 50 }, 1);
  let eta = positive({ stepSize: input.stepSize ?? 2 }) / budget;
  const game = new Lagrangian(moments, input.learner ?? logistic(), budget);
  const K = moments.count;
  const theta = new Float64Array(K);
  const sumLambda = new Float64Array(K);
  const asked: number[] = [];
  const kept: { mixture: number[]; gap: number }[] = [];
  let tolerance = input.tolerance === undefined ? Number.NaN : positive({ tolerance: input.tolerance });
  let saddle: { answers: number; mixture: number[]; gap: number } | undefined;
  let [checked, lastGap, leastGap] = [5, Infinity, Infinity];
  for (let t = 0; t < most; t++) {
    const lambda = multipliers(theta, budget);
    for (let k = 0; k < K; k++) sumLambda[k] += lambda[k];
    const at = await game.bestAnswer(lambda);
    if (Number.isNaN(tolerance)) tolerance = 0.5 * (await standardError(game.answers[at].model, moments));
    asked[at] = (asked[at] ?? 0) + 1;
    const averaged = Array.from({ length: game.answers.length }, (_, k) => (asked[k] ?? 0) / (t + 1));
    const gap = await game.gap(averaged, sumLambda.map((sum) => sum / (t + 1)), tolerance);
    leastGap = Math.min(leastGap, gap);
    if (t > 0 && saddle?.answers !== game.answers.length) {
      const answers = game.answers.length;
      const { mixture, lambda: dual } = await game.saddle();
      saddle = { answers, mixture, gap: await game.gap(mixture, dual, tolerance) };
    }
    kept.push(saddle && !(gap < saddle.gap) ? saddle : { mixture: averaged, gap });
    if (kept[t].gap < tolerance && t >= 5) break;
    if (t >= checked * 1.6) {
      if (leastGap > lastGap * 0.8) eta *= 0.8;
      [checked, lastGap] = [t, leastGap];
    }
    const { gamma } = game.answers[at];
    for (let k = 0; k < K; k++) theta[k] += eta * (gamma[k] - moments.bound);
  }
  const least = Math.min(...kept.map(({ gap }) => gap));
  const best = kept.filter(({ gap }) => gap <= least + 1e-8).at(-1)!;
  return randomized(game, best.mixture, { gap: best.gap, iterations: kept.length, converged: best.gap < tolerance });
}

/** B exp(theta) / (1 + sum exp(theta)), shifted so that nothing overflows. */
function multipliers(theta: Float64Array, budget: number): Float64Array {
  const top = Math.max(0, ...theta);
  const powers = theta.map((value) => Math.exp(value - top));
  const sum = Math.exp(-top) + powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => (budget * power) / sum);
}

async function standardError(model: Model, { rows, y }: { rows: number[][]; y: Float64Array }): Promise<number> {
  const h = await predictAll(model, rows);
  const wrong = h.map((value, i) => Math.abs(value - y[i]));
  const mean = wrong.reduce((a, b) => a + b, 0) / wrong.length;
  const deviation = Math.sqrt(wrong.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (wrong.length - 1));
  return deviation / Math.sqrt(wrong.length);
}

/** A mixture as something that predicts. */
export function randomized(game: Lagrangian, mixture: readonly number[], facts: { gap: number; iterations: number; converged: boolean }): RandomizedClassifier {
  const predictors = game.answers.flatMap(({ model }, at) => ((mixture[at] ?? 0) > 0 ? [{ weight: mixture[at], model }] : []));
  const predictProba = async (table: Rows): Promise<number[]> => {
    const rows = checkRows("rows", table);
    const chance = new Float64Array(rows.length);
    for (const { weight, model } of predictors) (await predictAll(model, rows)).forEach((value, i) => (chance[i] += weight * value));
    return Array.from(chance, (value) => Math.min(1, value)); // weights sum to 1 but for rounding
  };
  const { error, violation } = game.judge(mixture);
  return Object.freeze({
    predictors, error, violation, ...facts, predictProba,
    predict: async (rows: Rows, { seed }: { seed: number }) => {
      const generator = random(seed);
      return (await predictProba(rows)).map((chance) => Number(generator.uniform() < chance));
    },
    predictDeterministic: async (rows: Rows) => (await predictProba(rows)).map((chance) => Number(chance > 0.5)),
  });
}
