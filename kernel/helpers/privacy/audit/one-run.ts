import { known, nonNegative, whole } from "../../arguments.js";
import { bisect } from "../mechanisms/special.js";
import { binomialTail, logGamma } from "./beta.js";
import { auditOptions, type AuditOptions } from "./clopper-pearson.js";

/** One model trained on a random half of the canaries; the attacker guesses, for some of them, that they were in. */
export interface OneRunCounts {
  /** How many canaries there were, each in with probability 1/2. */
  canaries: number;
  /** For how many a guess was made; the others are abstained from. */
  guesses: number;
  /** How many guesses were right. */
  correct: number;
}

/**
 * The chance that an (epsilon, delta)-private training would let an attacker be right so often: at most
 * P[Bin(guesses, sigmoid(epsilon)) >= correct] + 2 canaries delta max over i of (P[Bin >= correct - i] - P[Bin >= correct]) / i.
 *
 * @returns from 0 to 1
 * @throws `expected correct <= guesses, got 5 of 4`; `expected guesses <= canaries, got 9 of 8`
 * @see Steinke, Nasr and Jagielski 2023 (arXiv 2305.08846), theorem 5.2
 * @example
 * privacy.oneRunPValue({ canaries: 1000, guesses: 100, correct: 95 }, { epsilon: 2, delta: 1e-5 }) // 0.0178246
 */
export function oneRunPValue(counts: OneRunCounts, options: { epsilon: number; delta?: number }): number {
  known(options, ["epsilon", "delta"]);
  const { delta } = auditOptions({ delta: options.delta ?? 0 });
  return pValue(checkedCounts(counts), nonNegative({ epsilon: options.epsilon }), delta);
}

function checkedCounts(counts: OneRunCounts): OneRunCounts {
  known(counts, ["canaries", "guesses", "correct"]);
  const canaries = whole({ canaries: counts.canaries }, 1);
  const guesses = whole({ guesses: counts.guesses });
  const correct = whole({ correct: counts.correct });
  if (guesses > canaries) throw new RangeError(`expected guesses <= canaries, got ${guesses} of ${canaries}`);
  if (correct > guesses) throw new RangeError(`expected correct <= guesses, got ${correct} of ${guesses}`);
  return { canaries, guesses, correct };
}

const logChoose = (n: number, k: number): number => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);

function pValue({ canaries, guesses, correct }: OneRunCounts, epsilon: number, delta: number): number {
  const chance = 1 / (1 + Math.exp(-epsilon));
  const tail = binomialTail(correct, guesses, chance);
  if (delta === 0) return Math.min(1, tail);
  let most = 0;
  let sum = 0;
  // P[Bin = k] for k = correct - 1 downward, in logarithms: the first ones may underflow.
  let logarithm = logChoose(guesses, correct - 1) + (correct - 1) * Math.log(chance) - (guesses - correct + 1) * Math.log1p(Math.exp(epsilon));
  for (let i = 1; i <= correct; i++) {
    const next = Math.exp(logarithm);
    sum += next;
    // The probabilities rise to their peak, then fall: once one is below the mean so far, all further ones are.
    if (sum / i < most && next < most) break;
    most = Math.max(most, sum / i);
    const k = correct - i;
    logarithm += Math.log(k / (guesses - k + 1)) - epsilon;
  }
  return Math.min(1, tail + 2 * canaries * delta * most);
}

/**
 * A lower bound on epsilon from one training run with many canaries: the largest epsilon whose p-value is still at most the significance. 0 where even epsilon 0 is not refuted.
 *
 * @param counts `{ canaries, guesses, correct }`
 * @returns `{ epsilon, pValueAtZero }`; Infinity cannot occur: with n right guesses the bound is at most about ln(n / significance)
 * @see Steinke, Nasr and Jagielski 2023 (arXiv 2305.08846)
 * @example
 * privacy.oneRunAudit({ canaries: 1000, guesses: 100, correct: 95 }, { delta: 1e-5 }).epsilon // 2.165176
 */
export function oneRunAudit(counts: OneRunCounts, options: AuditOptions = {}): { readonly epsilon: number; readonly pValueAtZero: number } {
  known(options, ["significance", "delta"]);
  const { significance, delta } = auditOptions(options);
  const checked = checkedCounts(counts);
  const pValueAtZero = pValue(checked, 0, delta);
  if (pValueAtZero > significance) return Object.freeze({ epsilon: 0, pValueAtZero });
  return Object.freeze({ epsilon: largestRefuted(checked, significance, delta, 0), pValueAtZero });
}

/** The largest epsilon that the counts refute, which is `below` or more. */
export function largestRefuted(counts: OneRunCounts, significance: number, delta: number, below: number): number {
  const refuted = (epsilon: number): boolean => pValue(counts, epsilon, delta) <= significance;
  let high = below + 1;
  while (refuted(high)) high += high - below;
  return bisect((epsilon) => !refuted(epsilon), below, high);
}

/** Do the counts refute this epsilon? One p-value instead of a search. */
export const refutes = (counts: OneRunCounts, epsilon: number, significance: number, delta: number): boolean => pValue(counts, epsilon, delta) <= significance;
