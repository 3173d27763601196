import { fraction, known, oneOf, positive, shown, whole } from "../../../arguments.js";
import { accountant } from "../accountant.js";
import type { AccountantOptions } from "../contract.js";
import type { PrivacyEvent } from "../events/event.js";
import { gaussian, poissonSampled, repeated } from "../events/make.js";
import { checkTarget, narrow, type SearchOptions } from "./search.js";

export interface CalibrateOptions extends SearchOptions {
  /** What to find; the other two are given. */
  find: "noiseMultiplier" | "steps" | "rate";
  /** Target, > 0. */
  epsilon: number;
  /** From 0 to below 1. */
  delta: number;
  noiseMultiplier?: number;
  /** Number of steps; default 1. */
  steps?: number;
  /** Poisson sampling rate; default 1, no sampling. */
  rate?: number;
  /** Which accountant; default RDP with dp-accounting's rule. */
  accountant?: AccountantOptions;
}

export interface Calibration {
  /** The noise multiplier, the number of steps or the rate. */
  readonly value: number;
  /** What it spends: at most the target. */
  readonly epsilon: number;
  /** The whole training as an event. */
  readonly event: PrivacyEvent;
}

/**
 * The least noise, the most steps or the highest sampling rate of `steps` Poisson-sampled Gaussian releases that stay within (epsilon, delta).
 * Always on the safe side: the epsilon of the answer is at most the target.
 *
 * @returns the value, its epsilon, and the event to hand to an accountant. Steps may be 0: not even one step fits.
 * @throws where no value will do: `no noise multiplier up to 1e6 reaches epsilon 1e-9 at delta 0`.
 * @example
 * privacy.calibrate({ find: "noiseMultiplier", epsilon: 2, delta: 1e-5, rate: 0.01, steps: 1000 }).value // 1.02229
 * privacy.calibrate({ find: "steps", epsilon: 3, delta: 1e-5, rate: 0.01, noiseMultiplier: 1.1 }).value // 3132
 */
export function calibrate(options: CalibrateOptions): Calibration {
  known(options, ["find", "epsilon", "delta", "noiseMultiplier", "steps", "rate", "accountant", "tolerance", "epsilonTolerance"]);
  const { find, epsilon, delta, steps = 1, rate = 1 } = options;
  oneOf({ find }, ["noiseMultiplier", "steps", "rate"]);
  checkTarget(epsilon, delta);
  if (find !== "steps") whole({ steps }, 1);
  if (find !== "rate") fraction({ rate });
  if (find !== "noiseMultiplier") positive({ noiseMultiplier: options.noiseMultiplier });
  if (options[find] !== undefined) throw new TypeError(`expected no ${find}, because it is to be found, got ${shown(options[find])}`);
  const given = { noiseMultiplier: options.noiseMultiplier!, steps, rate };
  const start = accountant(options.accountant ?? {});
  const event = (value: number): PrivacyEvent => {
    const { noiseMultiplier, steps: times, rate: share }: typeof given = { ...given, ...{ [find]: value } };
    return repeated({ event: poissonSampled({ rate: share, event: gaussian({ noiseMultiplier }) }), times });
  };
  // From the same accountant each time: of many numbers of steps, the cost of one step is worked out once.
  const spend = (value: number) => {
    const all = event(value) as PrivacyEvent & { kind: "repeated" };
    return start.compose(all.event, all.times).epsilon(delta);
  };
  const { value, epsilon: spent } = find === "noiseMultiplier" ? leastNoise(spend, options) : find === "steps" ? mostSteps(spend, options) : highestRate(spend, options);
  return Object.freeze({ value, epsilon: spent, event: event(value) });
}

const mostNoise = 1e6;

function leastNoise(spend: (value: number) => number, options: CalibrateOptions) {
  let safe = 10;
  while (spend(safe) > options.epsilon) {
    safe *= 2;
    if (safe > mostNoise) throw new RangeError(`no noise multiplier up to 1e6 reaches epsilon ${options.epsilon} at delta ${options.delta}`);
  }
  return narrow(spend, options.epsilon, { safe, unsafe: 0 }, options);
}

function mostSteps(spend: (value: number) => number, options: CalibrateOptions) {
  let unsafe = 1;
  while (spend(unsafe) <= options.epsilon) {
    unsafe *= 2;
    if (unsafe > 2 ** 40) throw new RangeError(`more than ${2 ** 40} steps stay within epsilon ${options.epsilon}: expected a smaller epsilon or less noise`);
  }
  return narrow(spend, options.epsilon, { safe: unsafe === 1 ? 0 : unsafe / 2, unsafe, whole: true }, options);
}

function highestRate(spend: (value: number) => number, options: CalibrateOptions) {
  const everything = spend(1);
  return everything <= options.epsilon ? { value: 1, epsilon: everything } : narrow(spend, options.epsilon, { safe: 0, unsafe: 1 }, options);
}

/**
 * The same for any event with one number in it.
 *
 * @param event makes the event from the number; epsilon must grow or fall with it all the way.
 * @param options.epsilon target, > 0.
 * @param options.delta from 0 to below 1.
 * @param options.between two numbers, of which one keeps within the target and the other does not.
 * @param options.whole whole numbers only; default false.
 * @returns the number nearest to the other end that keeps within the target, its epsilon and the event.
 * @throws `expected one end of between within epsilon 1 and the other not, got 3.2 at 1 and 1.6 at 2`
 * @example
 * const laplaceTwenty = (scale) => privacy.events.repeated({ event: privacy.events.laplace({ noiseMultiplier: scale }), times: 20 });
 * privacy.calibrateEvent(laplaceTwenty, { epsilon: 1, delta: 1e-4, between: [1, 30], accountant: { kind: "pld", interval: 1e-3 } }).value // 13.547
 */
export function calibrateEvent(event: (value: number) => PrivacyEvent, options: {
  epsilon: number; delta: number; between: readonly [number, number]; whole?: boolean; accountant?: AccountantOptions;
} & SearchOptions): Calibration {
  known(options, ["epsilon", "delta", "between", "whole", "accountant", "tolerance", "epsilonTolerance"]);
  const { epsilon, delta, between } = options;
  checkTarget(epsilon, delta);
  const start = accountant(options.accountant ?? {});
  const spend = (value: number) => start.compose(event(value)).epsilon(delta);
  const [a, b] = between;
  const [atA, atB] = [spend(a), spend(b)];
  if (atA <= epsilon === atB <= epsilon) throw new RangeError(`expected one end of between within epsilon ${epsilon} and the other not, got ${atA} at ${a} and ${atB} at ${b}`);
  const ends = atA <= epsilon ? { safe: a, unsafe: b } : { safe: b, unsafe: a };
  const { value, epsilon: spent } = narrow(spend, epsilon, { ...ends, whole: options.whole ?? false }, options);
  return Object.freeze({ value, epsilon: spent, event: event(value) });
}
