import { say } from "../../../display/language.js";
import { allFinite, fraction, known, oneOf } from "../../arguments.js";
import { line } from "../../plot/line.js";
import type { Figure } from "../../plot/figure.js";

/** Attack scores: higher means "rather a member". */
export interface AttackScores {
  /** Of examples that were in the training data. */
  in: ArrayLike<number>;
  /** Of others from the same distribution. */
  out: ArrayLike<number>;
}

/** Guessing "member" from `threshold` on. */
export interface RocPoint {
  readonly threshold: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly tpr: number;
  readonly fpr: number;
}

export interface AttackRoc {
  /** From threshold Infinity, where nobody is called a member, down to the lowest score. */
  readonly points: readonly RocPoint[];
  readonly positives: number;
  readonly negatives: number;
  /** Chance that a member scores higher than another, ties half: 0.5 is guessing. */
  readonly auc: number;
  /** Largest share of right guesses over all thresholds. */
  readonly maxAccuracy: number;
  /** The points that no mixture of two others beats: vertices of the upper hull. */
  readonly hull: readonly RocPoint[];
  /** Area under the hull. */
  readonly hullAuc: number;
}

/**
 * The receiver operating characteristic of a membership attack. An average like the AUC hides what matters: see `tprAtFpr` at low rates.
 *
 * @param scores `{ in, out }`, higher for members
 * @returns plain data; `privacy.plotRoc` draws it
 * @throws `expected at least one score in out, got none`; `expected finite numbers in in, got NaN at index 0`
 * @see Carlini et al. 2022 (arXiv 2112.03570)
 * @example
 * privacy.attackRoc({ in: [3, 2, 1], out: [0, 2] }).auc // 0.75
 */
export function attackRoc(scores: AttackScores): AttackRoc {
  known(scores, ["in", "out"]);
  for (const name of ["in", "out"] as const) if (allFinite({ [name]: scores[name] }).length === 0) throw new RangeError(`expected at least one score in ${name}, got none`);
  const [members, others] = [Float64Array.from(scores.in).sort().reverse(), Float64Array.from(scores.out).sort().reverse()];
  const thresholds = [Number.POSITIVE_INFINITY, ...new Set([...members, ...others].sort((a, b) => b - a))];
  let truePositives = 0;
  let falsePositives = 0;
  const points = thresholds.map((threshold): RocPoint => {
    while (truePositives < members.length && members[truePositives]! >= threshold) truePositives++;
    while (falsePositives < others.length && others[falsePositives]! >= threshold) falsePositives++;
    return Object.freeze({ threshold, truePositives, falsePositives, tpr: truePositives / members.length, fpr: falsePositives / others.length });
  });
  const hull = upperHull(points);
  const right = points.reduce((most, point) => Math.max(most, point.truePositives + others.length - point.falsePositives), 0);
  return Object.freeze({
    points: Object.freeze(points), positives: members.length, negatives: others.length,
    auc: areaUnder(points), maxAccuracy: right / (members.length + others.length), hull: Object.freeze(hull), hullAuc: areaUnder(hull),
  });
}

function areaUnder(points: readonly RocPoint[]): number {
  let area = 0;
  for (let at = 1; at < points.length; at++) area += ((points[at]!.fpr - points[at - 1]!.fpr) * (points[at]!.tpr + points[at - 1]!.tpr)) / 2;
  return area;
}

function upperHull(points: readonly RocPoint[]): RocPoint[] {
  const hull: RocPoint[] = [];
  for (const point of points) {
    // Whole counts: the turn is exact, and points on a straight line are no vertices.
    const notAbove = (a: RocPoint, b: RocPoint): boolean =>
      (b.falsePositives - a.falsePositives) * (point.truePositives - a.truePositives) - (b.truePositives - a.truePositives) * (point.falsePositives - a.falsePositives) >= 0;
    while (hull.length >= 2 && notAbove(hull.at(-2)!, hull.at(-1)!)) hull.pop();
    hull.push(point);
  }
  return hull;
}

export interface TprOptions {
  /** From 0 to 1: usually 0.001 to 0.1. */
  fpr: number;
  /** `deterministic` (default): the best single threshold with a rate of at most `fpr`; `randomised`: a mixture of two thresholds, a point on the hull. */
  method?: "deterministic" | "randomised";
}

/**
 * How many members an attack finds when it may accuse only a fraction `fpr` of the others.
 *
 * @throws `expected fpr from 0 to 1, got 2`
 * @example
 * const roc = privacy.attackRoc({ in: [3, 2, 1], out: [0, 2] });
 * privacy.tprAtFpr(roc, { fpr: 0.1 }) // 0.33333
 * privacy.tprAtFpr(roc, { fpr: 0.25, method: "randomised" }) // 0.66667
 */
export function tprAtFpr(roc: AttackRoc, options: TprOptions): number {
  known(options, ["fpr", "method"]);
  const fpr = fraction({ fpr: options.fpr });
  if (oneOf({ method: options.method ?? "deterministic" }, ["deterministic", "randomised"]) === "deterministic")
    return roc.points.reduce((best, point) => (point.fpr <= fpr ? Math.max(best, point.tpr) : best), 0);
  const next = roc.hull.findIndex((point) => point.fpr > fpr);
  if (next < 0) return 1;
  const [before, after] = [roc.hull[next - 1]!, roc.hull[next]!];
  return before.tpr + ((after.tpr - before.tpr) * (fpr - before.fpr)) / (after.fpr - before.fpr);
}

/**
 * A figure of one or more attacks' curves, with the diagonal of guessing.
 *
 * @param curves a curve, or several by name
 * @param options `scale`: `linear` (default) or `log`, which shows the low rates that matter and leaves out rates of 0
 * @example
 * privacy.plotRoc(privacy.attackRoc({ in: [2, 1], out: [0, 1.5] })).data.length // 2
 */
export function plotRoc(curves: AttackRoc | Readonly<Record<string, AttackRoc>>, options: { scale?: "linear" | "log" } = {}): Figure {
  known(options, ["scale"]);
  const { scale = "linear" } = options;
  const named: Record<string, AttackRoc> = "points" in curves ? { attack: curves as AttackRoc } : { ...(curves as Record<string, AttackRoc>) };
  const rows = Object.entries(named).flatMap(([attack, { points }]) => points.map(({ fpr, tpr }) => ({ fpr, tpr, attack })));
  const guessing = [0, 0.0001, 1].map((rate) => ({ fpr: rate, tpr: rate, attack: say("guessing", "随机猜测") }));
  return line([...rows, ...guessing], { x: "fpr", y: "tpr", series: "attack", markers: false, title: say("Membership attack", "成员推断攻击"), xScale: scale, yScale: scale, xLabel: say("False positive rate", "假阳性率"), yLabel: say("True positive rate", "真阳性率") });
}
