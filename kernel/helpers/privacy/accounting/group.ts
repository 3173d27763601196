import { inside, known, whole } from "../../arguments.js";
import { accountant as start } from "./accountant.js";
import type { Accountant } from "./contract.js";
import type { PrivacyEvent } from "./events/event.js";
import { leaves } from "./events/fold.js";
import { readEvent } from "./events/read.js";

/** ln((e^(k e) - 1) / (e^e - 1)) */
const logGrowth = (k: number, epsilon: number) => (k - 1) * epsilon + Math.log(-Math.expm1(-k * epsilon)) - Math.log(-Math.expm1(-epsilon));

/** Added noise that several records move together: as the noise of one record, that many times smaller. Undefined for anything else. */
function movedBy(records: number, event: PrivacyEvent): PrivacyEvent | undefined {
  switch (event.kind) {
    case "gaussian":
    case "laplace":
      return readEvent({ ...event, noiseMultiplier: event.noiseMultiplier / records });
    case "discreteGaussian":
    case "discreteLaplace":
      return readEvent({ ...event, sensitivity: event.sensitivity * records });
    default:
      return undefined;
  }
}

/**
 * Epsilon for all the records of one person at once. Where everything was noise added to a sum of all records, they simply move it
 * `records` times as far. Else (sampling, choices) by group privacy: if one record is (e, d)-private, `records` of them are
 * (records * e, d (e^(records e) - 1) / (e^e - 1))-private (Vadhan 2017, Lemma 2.2), with the best e for this accountant.
 *
 * @param accountant what was done.
 * @param options.records the most records of one person, >= 1.
 * @param options.delta above 0 and below 1.
 * @returns Infinity where no finite epsilon holds.
 * @example
 * const spent = privacy.accountant().compose(privacy.events.gaussian({ noiseMultiplier: 1 }), 5);
 * privacy.userEpsilon(spent, { records: 3, delta: 1e-6 }) // 56.224
 */
export function userEpsilon(accountant: Accountant, options: { records: number; delta: number }): number {
  known(options, ["records", "delta"]);
  const { records, delta } = options;
  whole({ records }, 1);
  inside({ delta });
  if (records === 1) return accountant.epsilon(delta);
  const moved = accountant.spent.flatMap(({ event, times }) => leaves(event, times)).map(({ event, times }) => ({ event: movedBy(records, event), times }));
  if (moved.every(({ event }) => event)) return moved.reduce((sum, { event, times }) => sum.compose(event!, times), start(accountant.toJSON().options) as Accountant).epsilon(delta);
  const within = (epsilon: number) => Math.log(accountant.delta(epsilon)) + logGrowth(records, epsilon) <= Math.log(delta);
  let high = 1 / 1024;
  while (!within(high)) {
    high *= 2;
    if (high > 1e7) return Number.POSITIVE_INFINITY;
  }
  let low = high === 1 / 1024 ? 0 : high / 2;
  for (let step = 0; step < 60 && high - low > 1e-9 * high; step++) {
    const middle = (low + high) / 2;
    if (within(middle)) high = middle;
    else low = middle;
  }
  return records * high;
}
