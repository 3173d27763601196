import { fraction, known, nonNegative, oneOf, sameLength } from "../../arguments.js";
import { checkWeights, encodeGroups, type Groups } from "../measure/groups.js";
import { encodeLabels, needPositive, type Label, type Labels } from "../measure/labels.js";
import { checkRows, type Rows } from "../rows.js";

export const constraints = ["demographicParity", "equalizedOdds", "truePositiveRateParity", "falsePositiveRateParity", "errorRateParity"] as const;
export type Constraint = (typeof constraints)[number];

export interface ReductionInput {
  rows: Rows;
  labels: Labels;
  group: Groups;
  weights?: ArrayLike<number>;
  positive?: Label;
  /** What is to be alike in all groups. Default "demographicParity". */
  constraint?: Constraint;
  /** The most a group may differ from all rows together, |rate(group) - rate(all)|. Default 0.01. Two groups may differ by up to twice as much. */
  differenceBound?: number;
  /** Instead of `differenceBound`: rate(group) / rate(all) and its inverse are at least this, above 0 and at most 1. */
  ratioBound?: number;
}

export const reductionOptions = ["rows", "labels", "group", "weights", "positive", "constraint", "differenceBound", "ratioBound"];

/** Conditional moments of a classifier h (Agarwal et al. 2018): a row of gamma for each sign, event and group, which must not pass `bound`. */
export interface Moments {
  rows: number[][];
  y: Float64Array;
  /** Share of the weight of each row; their sum is 1. */
  share: Float64Array;
  /** Events times groups that have rows: `+` for each, then `-` for each. */
  count: number;
  names: readonly { event: string; group: string }[];
  bound: number;
  error(h: ArrayLike<number>): number;
  gamma(h: ArrayLike<number>): Float64Array;
  /** The labels and weights whose weighted error is the Lagrangian's, up to a constant. */
  relabel(lambda: Float64Array): { labels: number[]; weights: number[] };
  /** The same Lagrangian with as few multipliers as possible: of each pair of signs one is 0 (where both sides are symmetric). */
  project(lambda: Float64Array): Float64Array;
}

export function makeMoments(input: ReductionInput): Moments {
  const table = checkRows("rows", input.rows);
  const { codes, names } = encodeGroups("group", input.group);
  sameLength({ rows: table, labels: input.labels, group: codes, weights: input.weights });
  const weights = checkWeights(input.weights);
  const encoded = encodeLabels({ truth: input.labels }, input.positive);
  const positive = needPositive(encoded, "labels");
  if (input.differenceBound !== undefined && input.ratioBound !== undefined) throw new TypeError("expected differenceBound or ratioBound, got both");
  const ratio = input.ratioBound === undefined ? 1 : fraction({ ratioBound: input.ratioBound });
  if (ratio === 0) throw new RangeError("expected ratioBound > 0, got 0");
  const bound = input.ratioBound === undefined ? nonNegative({ differenceBound: input.differenceBound ?? 0.01 }) : 0;
  const constraint = oneOf({ constraint: input.constraint ?? "demographicParity" }, constraints);
  const n = table.length;
  const y = Float64Array.from({ length: n }, (_, i) => (encoded.truth![i] === positive ? 1 : 0));
  for (const one of [0, 1]) if (!y.includes(one)) throw new RangeError(`expected both classes in labels, got only ${1 - one}`);
  let total = 0;
  for (let i = 0; i < n; i++) total += weights?.[i] ?? 1;
  const share = Float64Array.from({ length: n }, (_, i) => (weights?.[i] ?? 1) / total);

  // Each row belongs to one event, or to none (-1).
  const events = { demographicParity: ["all"], errorRateParity: ["all"], equalizedOdds: ["label=0", "label=1"], truePositiveRateParity: ["label=1"], falsePositiveRateParity: ["label=0"] }[constraint];
  const eventOf = (i: number) => (events[0] === "all" ? 0 : constraint === "equalizedOdds" ? y[i] : Number(constraint === "truePositiveRateParity") === y[i] ? 0 : -1);
  const event = Int32Array.from(y, (_, i) => eventOf(i));
  // Utility of h: h itself, or for error rates 1 if h is wrong: u = slope h + offset.
  const slope = (i: number) => (constraint === "errorRateParity" ? 1 - 2 * y[i] : 1);
  const offset = (i: number) => (constraint === "errorRateParity" ? y[i] : 0);
  const [G, E] = [names.length, events.length];
  const [inEvent, inCell] = [new Float64Array(E), new Float64Array(E * G)];
  for (let i = 0; i < n; i++) if (event[i] >= 0) {
    inEvent[event[i]] += share[i];
    inCell[event[i] * G + codes[i]] += share[i];
  }
  const kept = Array.from(inCell.keys()).filter((cell) => inCell[cell] > 0);
  const place = new Int32Array(E * G).fill(-1);
  kept.forEach((cell, k) => (place[cell] = k));
  const K = kept.length;
  return {
    rows: table.map((row) => Array.from(row)), y, share, count: 2 * K, bound,
    names: kept.map((cell) => ({ event: events[Math.floor(cell / G)], group: names[cell % G] })),
    error: (h) => y.reduce((sum, label, i) => sum + share[i] * (label === 1 ? 1 - h[i] : h[i]), 0),
    gamma(h) {
      const [ofEvent, ofCell] = [new Float64Array(E), new Float64Array(K)];
      for (let i = 0; i < n; i++) {
        if (event[i] < 0) continue;
        const u = share[i] * (slope(i) * h[i] + offset(i));
        ofEvent[event[i]] += u / inEvent[event[i]];
        ofCell[place[event[i] * G + codes[i]]] += u / inCell[event[i] * G + codes[i]];
      }
      const gamma = new Float64Array(2 * K);
      kept.forEach((cell, k) => {
        const all = ofEvent[Math.floor(cell / G)];
        gamma[k] = ratio * ofCell[k] - all;
        gamma[K + k] = ratio * all - ofCell[k];
      });
      return gamma;
    },
    relabel(lambda) {
      const ofEvent = new Float64Array(E);
      kept.forEach((cell, k) => (ofEvent[Math.floor(cell / G)] += lambda[k] - ratio * lambda[K + k]));
      const signed = y.map((label, i) => {
        const e = event[i];
        if (e < 0) return 2 * label - 1;
        const k = place[e * G + codes[i]];
        return 2 * label - 1 + slope(i) * (ofEvent[e] / inEvent[e] - (ratio * lambda[k] - lambda[K + k]) / inCell[e * G + codes[i]]);
      });
      const weighed = signed.map((value, i) => Math.abs(value) * share[i]);
      const sum = weighed.reduce((a, b) => a + b, 0);
      return { labels: Array.from(signed, (value) => Number(value > 0)), weights: Array.from(weighed, (value) => (n * value) / sum) };
    },
    project(lambda) {
      if (ratio !== 1) return lambda;
      return Float64Array.from(lambda, (value, k) => Math.max(0, value - lambda[k < K ? K + k : k - K]));
    },
  };
}

export function checkReduction(input: ReductionInput, also: readonly string[]): Moments {
  known(input, [...reductionOptions, ...also]);
  return makeMoments(input);
}
