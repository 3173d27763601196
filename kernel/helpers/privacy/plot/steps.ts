import { say } from "../../../display/language.js";
import { inside, whole } from "../../arguments.js";
import { line } from "../../plot/line.js";
import type { CommonOptions, Figure } from "../../plot/figure.js";
import { accountant } from "../accounting/accountant.js";
import type { AccountantOptions } from "../accounting/contract.js";
import type { PrivacyEvent } from "../accounting/events/event.js";

export interface EpsilonOverStepsOptions extends CommonOptions {
  /** Up to how many steps, >= 1. */
  steps: number;
  /** Above 0 and below 1. */
  delta: number;
  /** Number of points, default 40. */
  points?: number;
  /** One line for each, by name; default RDP. */
  accountants?: Readonly<Record<string, AccountantOptions>>;
}

/**
 * Epsilon against the number of steps of one kind.
 *
 * @param step one step.
 * @example
 * const step = privacy.events.poissonSampled({ rate: 0.01, event: privacy.events.gaussian({ noiseMultiplier: 1 }) });
 * privacy.plot.epsilonOverSteps(step, { steps: 1000, delta: 1e-5, points: 3 }).data[0].x // [1, 500, 1000]
 */
export function epsilonOverSteps(step: PrivacyEvent, options: EpsilonOverStepsOptions): Figure {
  const { steps, delta, points = 40, accountants = { epsilon: {} }, ...rest } = options;
  whole({ steps }, 1);
  inside({ delta });
  whole({ points }, 2);
  const at = [...new Set(Array.from({ length: points }, (_, k) => Math.max(1, Math.floor((steps * k) / (points - 1)))))];
  const columns: Record<string, number[]> = { steps: at };
  for (const [name, which] of Object.entries(accountants)) {
    const start = accountant(which).compose(step, 0);
    columns[name] = at.map((times) => start.compose(step, times).epsilon(delta));
  }
  return line(columns, { x: "steps", y: Object.keys(accountants), xLabel: say("steps", "步数"), yLabel: say(`epsilon at delta ${delta < 0.001 ? delta.toExponential() : delta}`, `delta 为 ${delta < 0.001 ? delta.toExponential() : delta} 时的 epsilon`), ...rest });
}
