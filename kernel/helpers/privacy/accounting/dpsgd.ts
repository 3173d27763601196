import { inside, known, positive, shown, whole } from "../../arguments.js";
import { accountant } from "./accountant.js";
import type { AccountantOptions } from "./contract.js";
import type { PrivacyEvent } from "./events/event.js";
import { gaussian, poissonSampled, repeated } from "./events/make.js";

export interface DpsgdOptions {
  /** Number of training examples: a public number. */
  examples: number;
  /** Expected size of a batch, from 1 to `examples`. */
  batchSize: number;
  /** Passes over the data, > 0, or `steps`. */
  epochs?: number;
  /** Number of updates, or `epochs`. */
  steps?: number;
  /** Standard deviation of the noise on the sum of clipped gradients, divided by the clip norm. */
  noiseMultiplier: number;
  /** Above 0 and below 1; smaller than 1 / examples. */
  delta: number;
  /** Which accountant; default RDP with dp-accounting's rule, add-or-remove-one. */
  accountant?: AccountantOptions;
}

export interface DpsgdCost {
  /** Epsilon if each batch is drawn anew by Poisson sampling. */
  readonly epsilon: number;
  /** Epsilon if each example is used once in each pass in any order, as shuffling does: no help from sampling. */
  readonly epsilonWithoutSampling: number;
  readonly delta: number;
  /** Batch size over examples. */
  readonly rate: number;
  readonly steps: number;
  /** Passes over the data, rounded up. */
  readonly epochs: number;
  readonly event: PrivacyEvent;
}

/**
 * What DP-SGD (Abadi et al. 2016) costs: `steps` releases of a noisy sum of clipped gradients of a batch.
 * The first figure holds for Poisson-sampled batches only. A data loader that shuffles and cuts batches gets the second: how much shuffling helps
 * is not known well enough to promise (Chua et al. 2024).
 *
 * Steps are ceil(epochs * examples / batchSize).
 *
 * @throws `expected batchSize <= examples (100), got 200`; `expected epochs or steps, got both`
 * @example
 * privacy.dpsgd({ examples: 60000, batchSize: 150, epochs: 15, noiseMultiplier: 1.3, delta: 1e-5 }).epsilon // 0.7242234026
 */
export function dpsgd(options: DpsgdOptions): DpsgdCost {
  known(options, ["examples", "batchSize", "epochs", "steps", "noiseMultiplier", "delta", "accountant"]);
  const { examples, batchSize, noiseMultiplier, delta } = options;
  whole({ examples }, 1);
  whole({ batchSize }, 1);
  if (batchSize > examples) throw new RangeError(`expected batchSize <= examples (${examples}), got ${shown(batchSize)}`);
  if ((options.epochs === undefined) === (options.steps === undefined)) throw new TypeError(`expected epochs or steps, got ${options.epochs === undefined ? "neither" : "both"}`);
  inside({ delta });
  const steps = options.steps === undefined ? Math.ceil((positive({ epochs: options.epochs }) * examples) / batchSize) : whole({ steps: options.steps }, 1);
  const epochs = Math.ceil(options.epochs ?? (steps * batchSize) / examples);
  const rate = batchSize / examples;
  const noise = gaussian({ noiseMultiplier });
  const event = repeated({ event: poissonSampled({ rate, event: noise }), times: steps });
  const start = accountant(options.accountant ?? {});
  return Object.freeze({
    epsilon: start.compose(event).epsilon(delta), epsilonWithoutSampling: start.compose(noise, epochs).epsilon(delta), delta, rate, steps, epochs, event,
  });
}
