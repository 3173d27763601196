import { oneOf, shown } from "../../arguments.js";
import type { Accountant, AccountantOptions, AccountantState, GdpOptions, PldOptions, RdpOptions } from "./contract.js";
import type { PrivacyEvent } from "./events/event.js";
import { readEvent } from "./events/read.js";
import { GdpAccountant } from "./gdp/accountant.js";
import { PldAccountant } from "./pld/accountant.js";
import { RdpAccountant } from "./rdp/accountant.js";

/**
 * An accountant that has seen nothing yet. It never changes: `compose` gives a new one, so that an earlier one can still be asked.
 * - "rdp" (default): Renyi accounting; cheap enough to ask after every training step.
 * - "pld": privacy loss distributions; the tightest, for the final figure.
 * - "gdp": Gaussian DP, only where it is a guarantee.
 *
 * The neighbouring relation says what one record may change: "add-or-remove-one" (default), "replace-one" (moves a sum twice as far: an event's
 * noise counts half) or "replace-special" (by the zero record, or an answer at random).
 *
 * @param options kind, neighbours; `rule` and `orders` of "rdp"; `interval` and `estimate` of "pld".
 * @throws `unknown kind: prv (known: rdp, pld, gdp)`; composing an event without a proven answer throws an `UnsupportedEventError` that names the sub-event.
 * @example
 * const step = privacy.events.poissonSampled({ rate: 0.04, event: privacy.events.gaussian({ noiseMultiplier: 1.5 }) });
 * privacy.accountant({ kind: "rdp", rule: "opacus" }).compose(step, 2250).epsilon(1e-5) // 7.3291111714
 * privacy.accountant({ kind: "rdp" }).compose(step, 2250).bestOrder(1e-5) // 3.9
 * privacy.accountant({ kind: "pld", interval: 1e-3 }).compose(step, 2250).epsilon(1e-5) // 6.769
 */
export function accountant(options?: RdpOptions): RdpAccountant;
export function accountant(options: PldOptions): PldAccountant;
export function accountant(options: GdpOptions): GdpAccountant;
export function accountant(options: AccountantOptions): RdpAccountant | PldAccountant | GdpAccountant;
export function accountant(options: AccountantOptions = {}): RdpAccountant | PldAccountant | GdpAccountant {
  const { kind = "rdp" } = options;
  oneOf({ kind }, ["rdp", "pld", "gdp"]);
  if (options.kind === "pld") return PldAccountant.start(options);
  return options.kind === "gdp" ? GdpAccountant.start(options) : RdpAccountant.start(options);
}

/**
 * An accountant from its saved state: what `JSON.stringify(accountant)` gave, as text or parsed. Every event is checked again.
 *
 * @throws `expected a saved accountant, got ...`
 * @example
 * const before = privacy.accountant().compose(privacy.events.gaussian({ noiseMultiplier: 4 }), 3);
 * privacy.restoreAccountant(JSON.stringify(before)).spent[0].times // 3
 */
export function restoreAccountant(state: AccountantState | string): Accountant {
  const read = (typeof state === "string" ? JSON.parse(state) : state) as AccountantState | null;
  if (read?.format !== "lyceum-privacy-accountant-1" || !Array.isArray(read.spent)) throw new TypeError(`expected a saved accountant, got ${shown(read)}`);
  let restored: Accountant = accountant(read.options);
  for (const { event, times } of read.spent) restored = restored.compose(readEvent(event), times);
  return restored;
}

/**
 * The epsilon of an event at a delta, in one call.
 *
 * @param event what was done.
 * @param options.delta from 0 to below 1: smaller than one over the number of records.
 * @param options other options are those of `privacy.accountant`.
 * @example
 * const step = privacy.events.poissonSampled({ rate: 0.01, event: privacy.events.gaussian({ noiseMultiplier: 1 }) });
 * privacy.epsilon(privacy.events.repeated({ event: step, times: 1000 }), { delta: 1e-5, kind: "pld" }) // 1.8282
 */
export function epsilon(event: PrivacyEvent, options: { delta: number } & AccountantOptions): number {
  const { delta, ...rest } = options;
  return accountant(rest).compose(event).epsilon(delta);
}

/**
 * The delta of an event at an epsilon, in one call.
 *
 * @param event what was done.
 * @param options.epsilon >= 0.
 * @param options other options are those of `privacy.accountant`.
 * @example
 * privacy.delta(privacy.events.gaussian({ noiseMultiplier: 2 }), { epsilon: 1, kind: "gdp" }) // 0.00682959
 */
export function delta(event: PrivacyEvent, options: { epsilon: number } & AccountantOptions): number {
  const { epsilon: at, ...rest } = options;
  return accountant(rest).compose(event).delta(at);
}
