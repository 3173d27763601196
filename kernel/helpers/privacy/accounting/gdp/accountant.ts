import { known, nonNegative, oneOf } from "../../../arguments.js";
import type { GdpOptions, Spent } from "../contract.js";
import type { PrivacyEvent } from "../events/event.js";
import { leaves } from "../events/fold.js";
import { checkDelta, neighbourings, reach, UnsupportedEventError } from "../events/refuse.js";
import { muDelta, muEpsilon, pureMu } from "../gaussian.js";
import { Ledger } from "../ledger.js";

/**
 * Gaussian differential privacy (Dong, Roth, Su 2022), only where it is a guarantee: exact for Gaussian noise, and an upper bound for
 * mechanisms that are epsilon-private. The central-limit formula for sampled noise understates the cost, so sampled events are refused.
 */
export class GdpAccountant extends Ledger<number> {
  readonly kind = "gdp";
  declare protected readonly options: Required<GdpOptions>;

  static start(given: GdpOptions): GdpAccountant {
    known(given, ["kind", "neighbours"]);
    const { neighbours = "add-or-remove-one" } = given;
    oneOf({ neighbours }, neighbourings);
    return new GdpAccountant(Object.freeze({ kind: "gdp", neighbours }), Object.freeze([]), new Map());
  }

  protected with(spent: readonly Spent[]): this {
    return new GdpAccountant(this.options, spent, this.costs) as this;
  }

  /** mu squared: those of composed events add up. */
  protected cost(event: PrivacyEvent): number {
    const far = reach(this.neighbours);
    return leaves(event).reduce((sum, { event: part, times, path }) => {
      switch (part.kind) {
        case "gaussian":
          return sum + times * (far / part.noiseMultiplier) ** 2;
        case "laplace":
          return sum + times * (part.noiseMultiplier === 0 ? Number.POSITIVE_INFINITY : pureMu(far / part.noiseMultiplier) ** 2);
        case "discreteLaplace":
          return sum + times * pureMu((far * part.sensitivity) / part.scale) ** 2;
        case "exponentialMechanism":
          return sum + times * pureMu(part.epsilon) ** 2;
        case "epsilonDelta":
          if (part.delta === 0) return sum + times * pureMu(part.epsilon) ** 2;
      }
      throw new UnsupportedEventError(path, "GDP", "knows Gaussian noise and epsilon-private mechanisms only: for sampled events its central-limit formula is an approximation from below, not a bound");
    }, 0);
  }

  /** The mu of everything so far: as hard to tell apart as N(0, 1) and N(mu, 1). */
  get mu(): number {
    return Math.sqrt(this.spent.reduce((sum, { event, times }) => (times === 0 ? sum : sum + times * this.costOf(event)), 0));
  }

  epsilon(delta: number): number {
    return muEpsilon(this.mu, checkDelta(delta));
  }

  delta(epsilon: number): number {
    return muDelta(this.mu, nonNegative({ epsilon }));
  }
}
