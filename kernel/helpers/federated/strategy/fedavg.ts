import { known, nonNegative } from "../../arguments.js";
import { weightedMean } from "../aggregate/mean.js";
import { flatten, unflatten } from "../weights.js";
import type { Strategy } from "./contract.js";

const average: Pick<Strategy<undefined>, "init" | "next" | "nextFromMean"> = {
  init: () => undefined,
  next: (_, updates, state) => ({ weights: weightedMean(updates), state }),
  nextFromMean: (global, mean, state) => ({ weights: unflatten(flatten(global).map((value, at) => value + mean[at]!), global), state }),
};

/**
 * FedAvg: the next model is the mean of the clients' models, by examples.
 * Source: McMahan et al. 2017, "Communication-Efficient Learning of Deep Networks from Decentralized Data".
 *
 * @example federated.fedAvg().name // "FedAvg"
 */
export function fedAvg(): Strategy<undefined> {
  return { name: "FedAvg", ...average };
}

export interface FedProxOptions {
  /** Strength mu of the proximal term, >= 0; 0 is FedAvg. The paper tries 0.001 to 1. */
  mu: number;
}

/**
 * FedProx: the mean of FedAvg, and each client adds `mu / 2 * ||w - w_global||^2` to its loss, so that it does not
 * drift far on data of its own kind. The clients read `mu` as `context.proximal`; `modelClient` and `variablesClient` obey it, a hand-written
 * client must add `mu * (w - w_global)` to its gradient itself.
 * Source: Li et al. 2020, "Federated Optimization in Heterogeneous Networks".
 *
 * @throws `expected mu >= 0, got -1`.
 * @example federated.fedProx({ mu: 0.1 }).proximal // 0.1
 */
export function fedProx(options: FedProxOptions): Strategy<undefined> {
  known(options, ["mu"]);
  return { name: "FedProx", proximal: nonNegative({ mu: options.mu }), ...average };
}
