import { known, oneOf, shown } from "../../../arguments.js";
import type { RdpOptions, Spent } from "../contract.js";
import type { PrivacyEvent } from "../events/event.js";
import { checkDelta, neighbourings } from "../events/refuse.js";
import { Ledger } from "../ledger.js";
import { renyiDelta, renyiEpsilon } from "./convert.js";
import { eventRdp } from "./event.js";
import { defaultOrders } from "./orders.js";

/** Renyi differential privacy (Mironov 2017): cheap to add to, a little loose. Adds the divergences of each order and takes the best order at the end. */
export class RdpAccountant extends Ledger<Float64Array> {
  readonly kind = "rdp";
  declare protected readonly options: Required<RdpOptions>;
  #curve: Float64Array | undefined;

  static start(given: RdpOptions): RdpAccountant {
    known(given, ["kind", "neighbours", "rule", "orders"]);
    const { neighbours = "add-or-remove-one", rule = "dp-accounting" } = given;
    oneOf({ neighbours }, neighbourings);
    oneOf({ rule }, ["dp-accounting", "opacus"]);
    const orders = given.orders ?? defaultOrders[rule];
    if (orders.length === 0) throw new RangeError("expected at least one order, got none");
    for (const order of orders) if (!(order > 1 && Number.isFinite(order))) throw new RangeError(`expected orders > 1, got ${shown(order)}`);
    return new RdpAccountant(Object.freeze({ kind: "rdp", neighbours, rule, orders: Object.freeze([...orders]) }), Object.freeze([]), new Map());
  }

  get orders(): readonly number[] {
    return this.options.orders;
  }

  protected with(spent: readonly Spent[]): this {
    return new RdpAccountant(this.options, spent, this.costs) as this;
  }

  protected cost(event: PrivacyEvent): Float64Array {
    return eventRdp(event, this.options);
  }

  #total(): Float64Array {
    if (this.#curve) return this.#curve;
    const total = new Float64Array(this.orders.length);
    for (const { event, times } of this.spent) {
      if (times === 0) continue;
      const one = this.costOf(event);
      for (let k = 0; k < total.length; k++) total[k]! += times * one[k]!;
    }
    return (this.#curve = total);
  }

  /** The Renyi divergence bound at each of the orders. */
  rdp(): readonly number[] {
    return Object.freeze(Array.from(this.#total()));
  }

  epsilon(delta: number): number {
    return Math.max(0, renyiEpsilon({ orders: this.orders, rdp: this.#total(), delta, rule: this.options.rule }).epsilon);
  }

  /** The order that gives `epsilon(delta)`. At the end of the list, other orders may do better. */
  bestOrder(delta: number): number {
    return renyiEpsilon({ orders: this.orders, rdp: this.#total(), delta: checkDelta(delta), rule: this.options.rule }).order;
  }

  delta(epsilon: number): number {
    return renyiDelta({ orders: this.orders, rdp: this.#total(), epsilon }).delta;
  }
}
