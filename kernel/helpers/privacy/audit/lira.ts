import { allFinite, known, oneOf, sameLength, shown } from "../../arguments.js";
import { normalCdf } from "../mechanisms/special.js";
import { attackRoc, type AttackRoc } from "./roc.js";

/**
 * ln(p / (1 - p)) of the probability that a model gives the true class: roughly normal over models, as the likelihood-ratio attack assumes. Taken from the loss, -ln p, so that p near 1 keeps its digits.
 *
 * @param losses cross-entropy of one example each, 0 or more
 * @throws `expected losses > 0, got 0 at index 1`: a loss of exactly 0 has no logit; compute it in higher precision or leave the example out
 * @example
 * privacy.logitOfLoss([Math.log(2), 1e-9]) // [0, 20.7233]
 */
export function logitOfLoss(losses: ArrayLike<number>): number[] {
  return Array.from(losses, (loss, index) => {
    if (!(loss > 0 && Number.isFinite(loss))) throw new RangeError(`expected losses > 0, got ${shown(loss)} at index ${index}`);
    return -loss - Math.log(-Math.expm1(-loss));
  });
}

export interface LiraData {
  /** Score (logit) of each example under the attacked model. */
  target: ArrayLike<number>;
  /** Was it in the attacked model's training data? Only to judge the attack. */
  members: ArrayLike<boolean | number>;
  /** Scores of the same examples under each shadow model: rows are models. */
  shadows: readonly ArrayLike<number>[];
  /** Was each example in that shadow model's training data? Same shape. */
  shadowMembers: readonly ArrayLike<boolean | number>[];
}

export interface LiraOptions {
  /** `online` (default): in and out models; `offline`: out models only, a one-sided test. */
  mode?: "online" | "offline";
  /** `fixed` (default): one variance for all examples, better with few shadow models; `perExample`. */
  variance?: "fixed" | "perExample";
}

/**
 * The likelihood-ratio attack (LiRA): per example, how much likelier its score is under models that saw it than under models that did not, both taken as normal.
 *
 * @returns `{ scores, roc }`: one score an example, higher for members
 * @throws `expected at least 2 shadow models without example 3, got 1`; wrong lengths by name
 * @see Carlini et al. 2022 (arXiv 2112.03570), algorithm 1
 * @example
 * const shadows = [[5, 0], [6, 1], [0, 5], [1, 6]];
 * const shadowMembers = [[1, 0], [1, 0], [0, 1], [0, 1]];
 * privacy.likelihoodRatioAttack({ target: [5, 1], members: [1, 0], shadows, shadowMembers }).roc.auc // 1
 */
export function likelihoodRatioAttack(data: LiraData, options: LiraOptions = {}): { readonly scores: readonly number[]; readonly roc: AttackRoc } {
  known(data, ["target", "members", "shadows", "shadowMembers"]);
  known(options, ["mode", "variance"]);
  const online = oneOf({ mode: options.mode ?? "online" }, ["online", "offline"]) === "online";
  const fixed = oneOf({ variance: options.variance ?? "fixed" }, ["fixed", "perExample"]) === "fixed";
  const { target, members, shadows, shadowMembers } = data;
  const n = sameLength({ target, members, shadows: shadows[0], shadowMembers: shadowMembers[0] });
  sameLength({ shadows, shadowMembers });
  for (const [model, scores] of shadows.entries()) sameLength({ target: allFinite({ target }), [`shadows[${model}]`]: allFinite({ [`shadows[${model}]`]: scores }), [`shadowMembers[${model}]`]: shadowMembers[model] });
  const seen = side(data, n, true, online ? 2 : 0);
  const unseen = side(data, n, false, 2);
  const [seenPooled, unseenPooled] = [pooled(seen), pooled(unseen)];
  const spread = (sides: Normal[], all: number, at: number): number => deviation(Math.sqrt(fixed ? all : sides[at]!.variance), at);
  const scores = Array.from({ length: n }, (_, at) => {
    const score = target[at]!;
    const without = spread(unseen, unseenPooled, at);
    const outside = (score - unseen[at]!.mean) / without;
    // One-sided: how surprisingly high among models that did not see it.
    if (!online) return normalCdf(outside);
    const within = spread(seen, seenPooled, at);
    const inside = (score - seen[at]!.mean) / within;
    return (outside * outside - inside * inside) / 2 + Math.log(without / within);
  });
  const pick = (member: boolean): number[] => scores.filter((_, at) => Boolean(members[at]) === member);
  return Object.freeze({ scores: Object.freeze(scores), roc: attackRoc({ in: pick(true), out: pick(false) }) });
}

function deviation(value: number, at: number): number {
  if (!(value > 0)) throw new RangeError(`expected shadow scores that vary, got variance 0 for example ${at}`);
  return value;
}

interface Normal {
  mean: number;
  variance: number;
  count: number;
}

function side({ shadows, shadowMembers }: LiraData, n: number, member: boolean, least: number): Normal[] {
  return Array.from({ length: n }, (_, at) => {
    const scores = shadows.filter((_, model) => Boolean(shadowMembers[model]![at]) === member).map((row) => row[at]!);
    if (scores.length < least) throw new RangeError(`expected at least ${least} shadow models ${member ? "with" : "without"} example ${at}, got ${scores.length}`);
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    return { mean, variance: scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length, count: scores.length };
  });
}

function pooled(sides: readonly Normal[]): number {
  const count = sides.reduce((sum, one) => sum + one.count, 0);
  return sides.reduce((sum, one) => sum + (one.count ? one.variance * one.count : 0), 0) / count;
}
