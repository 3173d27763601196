import { coordinateMedian, trimmedMean, type TrimmedMeanOptions } from "../aggregate/coordinate.js";
import { krum, type KrumOptions } from "../aggregate/krum.js";
import type { Update, Weights } from "../weights.js";
import type { Strategy } from "./contract.js";

/**
 * The next model is the median of each coordinate: see `coordinateMedian`. The server must see single updates, so that it cannot be joined with
 * secure aggregation, which hides them.
 *
 * @example federated.fedMedian().name // "FedMedian"
 */
export const fedMedian = (): Strategy<undefined> => robust("FedMedian", coordinateMedian);

/**
 * The next model is the trimmed mean of each coordinate: see `trimmedMean`.
 *
 * @throws as `trimmedMean`, in the first round.
 * @example federated.fedTrimmedMean({ trim: 0.2 }).name // "FedTrimmedMean"
 */
export const fedTrimmedMean = (options: TrimmedMeanOptions): Strategy<undefined> => robust("FedTrimmedMean", (updates) => trimmedMean(updates, options));

/**
 * The next model is the update that Krum keeps (or, with `keep`, the mean of those that multi-Krum keeps): see `krum`.
 *
 * @throws as `krum`, in the first round.
 * @example federated.fedKrum({ byzantine: 1 }).name // "FedKrum"
 */
export const fedKrum = (options: KrumOptions): Strategy<undefined> => robust("FedKrum", (updates) => krum(updates, options).weights);

const robust = (name: string, aggregate: (updates: readonly Update[]) => Weights): Strategy<undefined> => ({
  name,
  init: () => undefined,
  next: (_, updates, state) => ({ weights: aggregate(updates), state }),
});
