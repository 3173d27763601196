import { say } from "../../../display/language.js";
import { known, positive, inside, shown } from "../../arguments.js";
import { normalQuantile } from "../../privacy/accounting/normal.js";
import { showLine } from "../show.js";

/** One thing that was shown: the chance with which the shop showed it, the chance with which the policy to judge would, and what came of it. */
export interface LoggedAction {
  readonly propensity: number;
  readonly target: number;
  readonly reward: number;
}

export interface PolicyValue {
  /** Mean reward that the policy would have had. */
  readonly value: number;
  readonly standardError: number;
  readonly interval: readonly [number, number];
  /** (Sum of weights)² / sum of squares: how many rows it rests on. */
  readonly effectiveSize: number;
  /** Mean reward of the shop's own policy. */
  readonly logged: number;
  readonly warnings: readonly string[];
}

/**
 * What would another policy have earned, told from the log of the one that ran: each reward counts target / propensity times.
 * Right only where everything that the policy might show had a chance of being shown.
 *
 * @param options `normalize`: divide by the sum of weights instead of the count (SNIPS: a little bias, less variance), default false; `clip`: largest weight, default
 * none; `level` of the interval: default 0.95.
 * @throws `expected propensity of row 3 above 0 and at most 1, got 0`; `expected at least 2 rows, got 1`.
 * Source: Horvitz and Thompson 1952; Swaminathan and Joachims 2015.
 * @example
 * const log = [{ propensity: 0.5, target: 1, reward: 1 }, { propensity: 0.5, target: 0, reward: 0 }];
 * recommend.inversePropensity(log).value // 1
 */
export function inversePropensity(log: readonly LoggedAction[], options: { normalize?: boolean; clip?: number; level?: number } = {}): PolicyValue {
  known(options, ["normalize", "clip", "level"]);
  const clip = options.clip === undefined ? Number.POSITIVE_INFINITY : positive({ clip: options.clip });
  const level = inside({ level: options.level ?? 0.95 });
  const n = log.length;
  if (n < 2) throw new RangeError(`expected at least 2 rows, got ${n}`);
  let clipped = 0;
  const weights = log.map(({ propensity, target, reward }, at) => {
    if (!(propensity > 0 && propensity <= 1)) throw new RangeError(`expected propensity of row ${at} above 0 and at most 1, got ${shown(propensity)}`);
    if (!(target >= 0 && target <= 1)) throw new RangeError(`expected target of row ${at} from 0 to 1, got ${shown(target)}`);
    if (!Number.isFinite(reward)) throw new RangeError(`expected reward of row ${at} to be a finite number, got ${shown(reward)}`);
    const weight = target / propensity;
    if (weight > clip) clipped += 1;
    return Math.min(weight, clip);
  });
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum === 0) throw new RangeError("expected a row that the policy to judge would show, got none");
  const gained = weights.map((weight, at) => weight * log[at].reward);
  const total = gained.reduce((a, b) => a + b, 0);
  const value = total / (options.normalize ? sum : n);
  const scale = options.normalize ? sum / n : 1;
  const centred = gained.map((gain, at) => (options.normalize ? gain - value * weights[at] : gain - value) / scale);
  const standardError = Math.sqrt(centred.reduce((a, b) => a + b * b, 0) / (n * (n - 1)));
  const effectiveSize = sum ** 2 / weights.reduce((a, b) => a + b * b, 0);
  const reach = normalQuantile(0.5 + level / 2) * standardError;
  const warnings = [
    ...(clipped > 0 ? [`${clipped} of ${n} weights were clipped to ${clip}: the value is biased towards 0 for what they stand for`] : []),
    ...(effectiveSize < 0.05 * n ? [`the estimate rests on about ${effectiveSize.toFixed(0)} of ${n} rows: the policies differ too much`] : []),
  ];
  const result = { value, standardError, interval: [value - reach, value + reach] as const, effectiveSize, logged: log.reduce((a, { reward }) => a + reward, 0) / n, warnings };
  return showLine(result, () => [say(`The policy would have earned ${value.toFixed(4)} [${result.interval.map((end) => end.toFixed(4)).join(", ")}]; the log earned ${result.logged.toFixed(4)}.`, `该策略本可得到 ${value.toFixed(4)} [${result.interval.map((end) => end.toFixed(4)).join(", ")}]；日志中得到 ${result.logged.toFixed(4)}。`), ...warnings].join("\n"));
}
