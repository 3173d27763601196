import type { PrivacyEvent } from "./events/event.js";
import type { Neighbours } from "./events/refuse.js";
import type { Estimate } from "./pld/pmf.js";
import type { RdpRule } from "./rdp/orders.js";

/** An event and how often it happened. */
export interface Spent {
  readonly event: PrivacyEvent;
  readonly times: number;
}

/** What all accountants answer. They never change: `compose` gives a new one. */
export interface Accountant {
  readonly kind: "rdp" | "pld" | "gdp";
  readonly neighbours: Neighbours;
  /** What was composed so far, equal events together. */
  readonly spent: readonly Spent[];
  /** A new accountant, after this event happened `times` times more. Microseconds where the event was met before. Refuses an unsupported event. */
  compose(event: PrivacyEvent, times?: number): this;
  /** Has it a proven answer for the event, with its neighbouring relation? */
  supports(event: PrivacyEvent): boolean;
  /** The epsilon at a delta from 0 to below 1: never below the true one (except for an optimistic estimate). Infinity where there is none. */
  epsilon(delta: number): number;
  /** The delta at an epsilon >= 0: never below the true one (except for an optimistic estimate). */
  delta(epsilon: number): number;
  /** Everything, as plain data: `privacy.restoreAccountant` gives it back. */
  toJSON(): AccountantState;
}

export interface RdpOptions {
  kind?: "rdp";
  /** Default "add-or-remove-one". */
  neighbours?: Neighbours;
  /** Default "dp-accounting". */
  rule?: RdpRule;
  /** Orders > 1 to try; default those of the rule's package. */
  orders?: readonly number[];
}

export interface PldOptions {
  kind: "pld";
  neighbours?: Neighbours;
  /** Width of the loss grid, default 1e-4: smaller is tighter and slower. */
  interval?: number;
  /** Default "pessimistic", an upper bound; "optimistic" is a lower bound, to see how much the grid costs. */
  estimate?: Estimate;
}

export interface GdpOptions {
  kind: "gdp";
  neighbours?: Neighbours;
}

export type AccountantOptions = RdpOptions | PldOptions | GdpOptions;

/** An accountant as plain data (JSON). */
export interface AccountantState {
  readonly format: "lyceum-privacy-accountant-1";
  readonly options: AccountantOptions;
  readonly spent: readonly Spent[];
}
