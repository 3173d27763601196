import type { Update, Weights } from "../weights.js";

/** How a server turns the clients' updates into the next model: two pure functions, so that a run can be replayed. */
export interface Strategy<State = unknown> {
  readonly name: string;
  /** Strength of the clients' proximal term (FedProx); they read it from their context. */
  readonly proximal?: number;
  init(weights: Weights): State;
  /** `global` is what the clients started from. */
  next(global: Weights, updates: readonly Update[], state: State): { weights: Weights; state: State };
  /** The same from the mean change alone, where the server may not see single updates (privacy, secure aggregation). Absent where the strategy must see them. */
  nextFromMean?(global: Weights, mean: Float64Array, state: State): { weights: Weights; state: State };
}
