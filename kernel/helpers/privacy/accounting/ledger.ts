import { whole } from "../../arguments.js";
import type { Accountant, AccountantOptions, AccountantState, Spent } from "./contract.js";
import type { PrivacyEvent } from "./events/event.js";
import { eventKey, readEvent } from "./events/read.js";
import { UnsupportedEventError, type Neighbours } from "./events/refuse.js";

/** The part that all accountants share: the list of what happened. */
export abstract class Ledger<Cost> implements Accountant {
  abstract readonly kind: Accountant["kind"];

  protected constructor(
    protected readonly options: AccountantOptions & { readonly neighbours: Neighbours },
    readonly spent: readonly Spent[],
    /** What one event costs, by its key: worked out once for all accountants that came from one. */
    protected readonly costs: Map<string, Cost>,
  ) {}

  get neighbours(): Neighbours {
    return this.options.neighbours;
  }

  protected abstract with(spent: readonly Spent[]): this;
  /** Throws UnsupportedEventError. */
  protected abstract cost(event: PrivacyEvent): Cost;
  abstract epsilon(delta: number): number;
  abstract delta(epsilon: number): number;

  protected costOf(event: PrivacyEvent): Cost {
    const key = eventKey(event);
    let cost = this.costs.get(key);
    if (cost === undefined) this.costs.set(key, (cost = this.cost(event)));
    return cost;
  }

  compose(given: PrivacyEvent, times = 1): this {
    const event = readEvent(given);
    whole({ times });
    this.costOf(event);
    const key = eventKey(event);
    const { spent } = this;
    // The newest events first: training repeats them.
    for (let at = spent.length - 1; at >= 0; at--) {
      const one = spent[at]!;
      if (one.event !== event && eventKey(one.event) !== key) continue;
      const next = spent.slice();
      next[at] = Object.freeze({ event: one.event, times: whole({ times: one.times + times }) });
      return this.with(Object.freeze(next));
    }
    return this.with(Object.freeze([...spent, Object.freeze({ event, times })]));
  }

  supports(given: PrivacyEvent): boolean {
    try {
      this.costOf(readEvent(given));
      return true;
    } catch (error) {
      if (error instanceof UnsupportedEventError) return false;
      throw error;
    }
  }

  toJSON(): AccountantState {
    return Object.freeze({ format: "lyceum-privacy-accountant-1", options: this.options, spent: this.spent });
  }
}
