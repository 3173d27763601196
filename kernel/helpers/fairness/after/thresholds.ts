import { allFinite, known, oneOf, sameLength, shown, whole } from "../../arguments.js";
import { random } from "../../data/random.js";
import { encodeGroups, type Groups } from "../measure/groups.js";
import { encodeLabels, needPositive, type Label, type Labels } from "../measure/labels.js";
import { interpolate, rates, tradeoff, upperHull, type Mixed, type Operation, type Point, type Rate } from "./curve.js";

const axes = {
  demographicParity: "selectionRate", truePositiveRateParity: "truePositiveRate", falsePositiveRateParity: "falsePositiveRate",
  trueNegativeRateParity: "trueNegativeRate", falseNegativeRateParity: "falseNegativeRate", equalizedOdds: "falsePositiveRate",
} as const satisfies Record<string, Rate>;
export type ThresholdConstraint = keyof typeof axes;
const objectives = ["accuracy", "balancedAccuracy", "selectionRate", "truePositiveRate", "trueNegativeRate"] as const;

export interface ThresholdInput {
  /** Scores of a trained model, any finite numbers: the higher, the more positive. */
  scores: ArrayLike<number>;
  truth: Labels;
  group: Groups;
  positive?: Label;
  /** The rate that is made equal; "equalizedOdds": true- and false-positive rate. Default "demographicParity". */
  constraint?: ThresholdConstraint;
  /** What is as great as possible under it. Default "accuracy"; of equalizedOdds "accuracy" or "balancedAccuracy". */
  objective?: (typeof objectives)[number];
  /** Values of the constrained rate that are tried. Default 1000. */
  gridSize?: number;
  /** Also try the rule `score < threshold`. Default false. */
  flip?: boolean;
  /** false: one threshold a group, no chance; then rates are as near to equal as the scores allow, and `gap` says how near. Default true. */
  randomized?: boolean;
  /** Without randomness: among thresholds with a gap up to this, the best objective wins. Default 0.05. */
  tolerance?: number;
}

/** P(1) = pIgnore * predictionConstant + (1 - pIgnore) (p0 [operation0] + p1 [operation1]). */
export interface GroupRule {
  readonly p0: number;
  readonly operation0: Operation;
  readonly p1: number;
  readonly operation1: Operation;
  readonly pIgnore: number;
  readonly predictionConstant: number;
}

export interface ThresholdPolicy {
  readonly groups: Readonly<Record<string, GroupRule>>;
  /** Expected on the data it was fitted on: the objective, and the greatest difference of the constrained rates between groups. */
  readonly objective: number;
  readonly gap: number;
  /** P(1) a row: the chance of the decision, not of the outcome. Exactly 0 or 1 without randomness. */
  predictProba(data: { scores: ArrayLike<number>; group: Groups }): number[];
  /** 0 or 1 a row. A random policy needs a `seed`: two people with the same score and group may get different answers. */
  predict(data: { scores: ArrayLike<number>; group: Groups; seed?: number }): number[];
}

/**
 * A threshold for each group, so that a rate is equal in all groups and the objective is greatest; the model stays as it is, and the group must be known when deciding.
 *
 * Randomised (default): mixes two thresholds a group, which reaches any point on the convex hull of its curve, so the rate is exactly equal on these data (Hardt et al. 2016;
 * fairlearn `ThresholdOptimizer`, whose grid and ties it follows). Deterministic: `randomized: false`.
 *
 * @throws `expected both classes in group a, got only 1`; of `predict`: `expected group to be one of a, b, got c`; `expected a seed: this policy decides by chance`.
 * @example
 * const people = { scores: [0.1, 0.4, 0.6, 0.9, 0.2, 0.3, 0.5, 0.8], truth: [0, 0, 1, 1, 0, 0, 1, 1], group: ["a", "a", "a", "a", "b", "b", "b", "b"] }
 * const policy = fairness.thresholdOptimizer({ ...people, constraint: "demographicParity", randomized: false })
 * policy.predict({ scores: [0.45, 0.7], group: ["b", "a"] }) // [1, 1]
 * policy.gap // 0
 */
export function thresholdOptimizer(input: ThresholdInput): ThresholdPolicy {
  known(input, ["scores", "truth", "group", "positive", "constraint", "objective", "gridSize", "flip", "randomized", "tolerance"]);
  const constraint = oneOf({ constraint: input.constraint ?? "demographicParity" }, Object.keys(axes) as ThresholdConstraint[]);
  const objective = oneOf({ objective: input.objective ?? "accuracy" }, objectives);
  if (constraint === "equalizedOdds" && objective !== "accuracy" && objective !== "balancedAccuracy") throw new RangeError(`expected objective accuracy or balancedAccuracy for equalizedOdds, got ${objective}`);
  const size = whole({ gridSize: input.gridSize ?? 1000 }, 1);
  const { codes, names } = encodeGroups("group", input.group);
  sameLength({ scores: input.scores, truth: input.truth, group: codes });
  allFinite({ scores: input.scores });
  const encoded = encodeLabels({ truth: input.truth }, input.positive);
  const positive = needPositive(encoded, "thresholds");
  const groups = names.map((name, g) => {
    const rows = Array.from(codes.keys()).filter((i) => codes[i] === g);
    const truth = rows.map((i) => Number(encoded.truth![i] === positive));
    for (const one of [0, 1]) if (!truth.includes(one)) throw new RangeError(`expected both classes in group ${name}, got ${truth.length === 0 ? "no rows" : `only ${1 - one}`}`);
    return { name, share: rows.length / codes.length, scores: rows.map((i) => input.scores[i]), truth };
  });
  const [x, y] = constraint === "equalizedOdds" ? (["falsePositiveRate", "truePositiveRate"] as const) : ([axes[constraint], objective] as const);
  const curves = groups.map(({ scores, truth }) => tradeoff(scores, truth, x, y, input.flip ?? false));
  const grid = Array.from({ length: size + 1 }, (_, i) => (i === size ? 1 : i * (1 / size)));
  const mixed = curves.map((points) => interpolate(upperHull(points), grid));
  const positives = groups.reduce((sum, { truth }) => sum + truth.reduce((a, b) => a + b, 0), 0);
  const negatives = codes.length - positives;
  const overall = (falsePositive: number, truePositive: number) => rates[objective as "accuracy"]({ positives, negatives, truePositives: positives * truePositive, falsePositives: negatives * falsePositive });
  if (input.randomized === false) return separate(groups, curves, mixed, grid, constraint === "equalizedOdds", overall, input.tolerance ?? 0.05);

  const lowest = grid.map((_, i) => Math.min(...mixed.map((curve) => curve[i].y)));
  const reached = constraint === "equalizedOdds"
    ? grid.map((value, i) => Number(overall(value, lowest[i]).toFixed(15)))
    : grid.map((_, i) => groups.reduce((sum, { share }, g) => sum + share * mixed[g][i].y, 0));
  const best = reached.indexOf(Math.max(...reached));
  const rules = mixed.map((curve): GroupRule => {
    const { y: height, p0, operation0, p1, operation1 } = curve[best];
    const above = height - grid[best];
    const pIgnore = constraint === "equalizedOdds" && above !== 0 ? (height - lowest[best]) / above : 0;
    return { p0, operation0, p1, operation1, pIgnore, predictionConstant: constraint === "equalizedOdds" ? grid[best] : 0 };
  });
  return policy(names, rules, reached[best], 0);
}

/** One threshold a group: for each target on the grid the nearest point of every group's curve; of the combinations within the tolerance the best, else the one with the least gap. */
function separate(groups: readonly { name: string; share: number }[], curves: readonly Point[][], mixed: readonly Mixed[][], grid: readonly number[], odds: boolean, overall: (x: number, y: number) => number, tolerance: number): ThresholdPolicy {
  if (!(tolerance >= 0)) throw new RangeError(`expected tolerance >= 0, got ${shown(tolerance)}`);
  let best: { points: Point[]; gap: number; value: number } | undefined;
  const range = (values: number[]) => Math.max(...values) - Math.min(...values);
  grid.forEach((x, i) => {
    const height = Math.min(...mixed.map((curve) => curve[i].y));
    const distance = (point: Point) => (odds ? Math.max(Math.abs(point.x - x), Math.abs(point.y - height)) : Math.abs(point.x - x));
    const points = curves.map((curve) => curve.reduce((a, b) => (distance(b) < distance(a) || (distance(b) === distance(a) && b.y > a.y) ? b : a)));
    const gap = Math.max(range(points.map((point) => point.x)), odds ? range(points.map((point) => point.y)) : 0);
    const mean = (of: (point: Point) => number) => points.reduce((sum, point, g) => sum + groups[g].share * of(point), 0);
    const value = odds ? overall(mean((point) => point.x), mean((point) => point.y)) : mean((point) => point.y);
    const better = best === undefined || (gap <= tolerance ? best.gap > tolerance || value > best.value || (value === best.value && gap < best.gap) : best.gap > tolerance && gap < best.gap);
    if (better) best = { points, gap, value };
  });
  const rules = best!.points.map(({ operation }): GroupRule => ({ p0: 1, operation0: operation, p1: 0, operation1: operation, pIgnore: 0, predictionConstant: 0 }));
  return policy(groups.map(({ name }) => name), rules, best!.value, best!.gap);
}

const applies = ({ operator, threshold }: Operation, score: number): number => Number(operator === ">" ? score > threshold : score < threshold);

function policy(names: readonly string[], rules: readonly GroupRule[], objective: number, gap: number): ThresholdPolicy {
  const groups = Object.freeze(Object.fromEntries(names.map((name, g) => [name, Object.freeze(rules[g])])));
  const predictProba = ({ scores, group }: { scores: ArrayLike<number>; group: Groups }): number[] => {
    const given = encodeGroups("group", group);
    sameLength({ scores, group: given.codes });
    allFinite({ scores });
    const byCode = given.names.map((name) => {
      if (!Object.hasOwn(groups, name)) throw new RangeError(`expected group to be one of ${names.join(", ")}, got ${name}`);
      return groups[name];
    });
    return Array.from(scores, (score, i) => {
      const { p0, operation0, p1, operation1, pIgnore, predictionConstant } = byCode[given.codes[i]];
      return pIgnore * predictionConstant + (1 - pIgnore) * (p0 * applies(operation0, score) + p1 * applies(operation1, score));
    });
  };
  return Object.freeze({
    groups, objective, gap, predictProba,
    predict: ({ seed, ...data }: { scores: ArrayLike<number>; group: Groups; seed?: number }) => {
      const chances = predictProba(data);
      if (chances.every((chance) => chance === 0 || chance === 1)) return chances;
      if (seed === undefined) throw new TypeError("expected a seed: this policy decides by chance");
      const generator = random(seed);
      return chances.map((chance) => Number(generator.uniform() < chance));
    },
  });
}
