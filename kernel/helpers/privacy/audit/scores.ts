import { known, finite, oneOf } from "../../arguments.js";
import { auditOptions, epsilonLowerBound, type AuditOptions } from "./clopper-pearson.js";
import { largestRefuted, refutes, type OneRunCounts } from "./one-run.js";
import { attackRoc, type AttackScores, type RocPoint } from "./roc.js";

export interface ScoreAuditOptions extends AuditOptions {
  /** `clopperPearson` (default) for independent trials, a model each; `oneRun` for canaries of one training run. */
  method?: "clopperPearson" | "oneRun";
  /** A threshold fixed before the scores were seen, or `bonferroni` (default): the best vertex of the hull, each tested at significance / (number of vertices). */
  threshold?: number | "bonferroni";
}

export interface ScoreAudit {
  readonly epsilon: number;
  readonly threshold: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  /** How many thresholds were tried. */
  readonly tried: number;
}

/**
 * A lower bound on epsilon from attack scores. The threshold that happens to look best cannot be tested as if it were the only one: give one, or let the significance be shared (Bonferroni).
 *
 * @param scores `{ in, out }`, higher for members
 * @throws `unknown method: x (known: clopperPearson, oneRun)`; as `attackRoc`
 * @see jax_privacy's CanaryScoreAuditor, whose rule for the hull this is
 * @example
 * privacy.auditScores({ in: [5, 6, 7, 8, 9, 9], out: [1, 2, 0, 1, 1, 2] }, { threshold: 4 }).truePositives // 6
 */
export function auditScores(scores: AttackScores, options: ScoreAuditOptions = {}): ScoreAudit {
  known(options, ["significance", "delta", "method", "threshold"]);
  const { significance, delta } = auditOptions(options);
  const oneRun = oneOf({ method: options.method ?? "clopperPearson" }, ["clopperPearson", "oneRun"]) === "oneRun";
  const { hull, points, positives, negatives } = attackRoc(scores);
  const { threshold = "bonferroni" } = options;
  const tried: readonly RocPoint[] = threshold === "bonferroni" ? hull : [{ ...lastAtLeast(points, finite({ threshold })), threshold }];
  const each = { significance: significance / tried.length, delta };
  let best: ScoreAudit | undefined;
  for (const { threshold: from, truePositives, falsePositives } of tried) {
    const least = best?.epsilon ?? 0;
    const epsilon = oneRun
      ? atLeast({ canaries: positives + negatives, guesses: truePositives + falsePositives, correct: truePositives }, each, least)
      : epsilonLowerBound({ truePositives, positives, falsePositives, negatives }, each).epsilon;
    if (!best || epsilon > least) best = Object.freeze({ epsilon, threshold: from, truePositives, falsePositives, tried: tried.length });
  }
  return best!;
}

/** The bound where it is better than the best so far, else 0: most thresholds are dismissed by one p-value. */
function atLeast(counts: OneRunCounts, each: { significance: number; delta: number }, best: number): number {
  return refutes(counts, best, each.significance, each.delta) ? largestRefuted(counts, each.significance, each.delta, best) : 0;
}

/** The lowest score that is not below the threshold: guesses are the same. */
const lastAtLeast = (points: readonly RocPoint[], threshold: number): RocPoint => points.findLast((point) => point.threshold >= threshold)!;
