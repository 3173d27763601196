import { nonNegative, known } from "../../../arguments.js";
import type {
  ComposedEvent, DiscreteGaussianEvent, DiscreteLaplaceEvent, EpsilonDeltaEvent, ExponentialMechanismEvent, GaussianEvent, LaplaceEvent, PoissonSampledEvent, PrivacyEvent,
  RandomizedResponseEvent, RepeatAndSelectEvent, RepeatedEvent, SampledWithoutReplacementEvent, ZcdpEvent,
} from "./event.js";
import { readEvent } from "./read.js";

const make = <E extends PrivacyEvent>(kind: E["kind"], options: object): E => readEvent({ ...options, kind }) as E;

/**
 * A sum (or mean with a public divisor) released with normal noise.
 *
 * @param options.noiseMultiplier standard deviation of the noise divided by C, the largest L2 norm of one record's contribution; >= 0, and 0 is no privacy.
 * @throws `expected noiseMultiplier >= 0, got -1`
 * @example
 * privacy.epsilon(privacy.events.gaussian({ noiseMultiplier: 4 }), { delta: 1e-5, kind: "gdp" }) // 0.9263
 */
export const gaussian = (options: { noiseMultiplier: number }): GaussianEvent => make("gaussian", options);

/**
 * A sum released with Laplace noise.
 *
 * @param options.noiseMultiplier scale of the noise divided by C, the largest L1 norm of one record's contribution; >= 0.
 * @example
 * privacy.epsilon(privacy.events.laplace({ noiseMultiplier: 2 }), { delta: 0, kind: "pld" }) // 0.5
 */
export const laplace = (options: { noiseMultiplier: number }): LaplaceEvent => make("laplace", options);

/**
 * A whole number released with discrete Gaussian noise (Canonne, Kamath, Steinke 2020).
 *
 * @param options.sigma parameter of the noise, > 0 (its standard deviation is a little smaller).
 * @param options.sensitivity the most one record contributes, a whole number; default 1.
 * @example
 * privacy.epsilon(privacy.events.discreteGaussian({ sigma: 2 }), { delta: 0.007248776845952578, kind: "pld" }) // 1.000
 */
export const discreteGaussian = (options: { sigma: number; sensitivity?: number }): DiscreteGaussianEvent => make("discreteGaussian", options);

/**
 * A whole number released with discrete Laplace noise, P(k) proportional to exp(-|k| / scale).
 *
 * @param options.scale > 0.
 * @param options.sensitivity the most one record contributes, a whole number; default 1.
 * @example
 * privacy.epsilon(privacy.events.discreteLaplace({ scale: 2 }), { delta: 0, kind: "pld" }) // 0.5
 */
export const discreteLaplace = (options: { scale: number; sensitivity?: number }): DiscreteLaplaceEvent => make("discreteLaplace", options);

/**
 * Randomised response (Warner 1965): the true answer with probability 1 - noiseParameter, else one of the categories at random.
 * Accounted for "replace-one" (another answer) and "replace-special" (no information: an answer at random).
 *
 * @param options.noiseParameter from 0 (always true) to 1 (always at random).
 * @param options.categories number of possible answers; default 2.
 * @example
 * const event = privacy.events.randomizedResponse({ noiseParameter: 0.5 });
 * privacy.epsilon(event, { delta: 0, kind: "pld", neighbours: "replace-one" }) // 1.099
 */
export const randomizedResponse = (options: { noiseParameter: number; categories?: number }): RandomizedResponseEvent => make("randomizedResponse", options);

/**
 * One choice by the exponential mechanism, weights exp(epsilon * utility / (2 * sensitivity)): epsilon-private, and a little better
 * than that when composed, because its losses span at most epsilon (Dong, Durfee, Rogers 2020).
 * epsilon and the sensitivity are those of the accountant's neighbouring relation.
 *
 * @param options.epsilon >= 0.
 * @example
 * privacy.epsilon(privacy.events.exponentialMechanism({ epsilon: 1 }), { delta: 0, kind: "pld" }) // 1
 */
export const exponentialMechanism = (options: { epsilon: number }): ExponentialMechanismEvent => make("exponentialMechanism", options);

/**
 * Something known to be (epsilon, delta)-private, whatever it is. RDP knows it with delta 0 only.
 *
 * @param options.epsilon >= 0.
 * @param options.delta from 0 to 1; default 0.
 * @example
 * privacy.epsilon(privacy.events.epsilonDelta({ epsilon: 1, delta: 1e-6 }), { delta: 1e-6, kind: "pld" }) // 1
 */
export const epsilonDelta = (options: { epsilon: number; delta?: number }): EpsilonDeltaEvent => make("epsilonDelta", options);

/**
 * Something known to be (xi, rho)-zCDP (Bun, Steinke 2016). For the RDP accountant.
 *
 * @param options.rho >= 0.
 * @param options.xi >= 0; default 0.
 * @example
 * privacy.accountant({ kind: "rdp", orders: [2] }).compose(privacy.events.zcdp({ rho: 0.5 })).rdp() // [1]
 */
export const zcdp = (options: { rho: number; xi?: number }): ZcdpEvent => make("zcdp", options);

/**
 * Poisson sampling: each record takes part on its own with probability `rate`. Shuffling and fixed batches are NOT Poisson sampling.
 *
 * @param options.rate from 0 to 1, a public constant: never computed from the number of records in a private table.
 * @param options.event what happens to the sample.
 * @example
 * privacy.events.poissonSampled({ rate: 0.01, event: privacy.events.gaussian({ noiseMultiplier: 1 }) }).event.kind // "gaussian"
 */
export const poissonSampled = (options: { rate: number; event: PrivacyEvent }): PoissonSampledEvent => make("poissonSampled", options);

/**
 * A batch of a fixed size, drawn anew without replacement each time. Accounted by RDP for "replace-one" (Wang, Balle, Kasiviswanathan 2019).
 *
 * @param options.datasetSize number of records, public.
 * @param options.sampleSize records in the batch.
 * @param options.event what happens to the batch.
 * @example
 * privacy.events.sampledWithoutReplacement({ datasetSize: 1000, sampleSize: 10, event: privacy.events.gaussian({ noiseMultiplier: 1 }) }).sampleSize // 10
 */
export const sampledWithoutReplacement = (options: { datasetSize: number; sampleSize: number; event: PrivacyEvent }): SampledWithoutReplacementEvent =>
  make("sampledWithoutReplacement", options);

/**
 * Several events on the same data. Inside a sampling event: on the same sample.
 *
 * @example
 * privacy.events.composed([]).events.length // 0
 */
export const composed = (events: readonly PrivacyEvent[]): ComposedEvent => make("composed", { events });

/**
 * The same event `times` times.
 *
 * @example
 * const step = privacy.events.poissonSampled({ rate: 0.01, event: privacy.events.gaussian({ noiseMultiplier: 1 }) });
 * privacy.epsilon(privacy.events.repeated({ event: step, times: 1000 }), { delta: 1e-5 }) // 2.1014
 */
export const repeated = (options: { event: PrivacyEvent; times: number }): RepeatedEvent => make("repeated", options);

/**
 * Repeat a random number of times and give out only the best result: hyperparameter tuning that is accounted for (Papernot, Steinke 2022). RDP only.
 *
 * @param options.event one run.
 * @param options.mean mean number of runs, >= 1.
 * @param options.shape "poisson" (default), or the shape >= 0 of a truncated negative binomial: 0 logarithmic, 1 geometric.
 * @example
 * privacy.events.repeatAndSelect({ event: privacy.events.gaussian({ noiseMultiplier: 4 }), mean: 10 }).shape // "poisson"
 */
export const repeatAndSelect = (options: { event: PrivacyEvent; mean: number; shape?: number | "poisson" }): RepeatAndSelectEvent => make("repeatAndSelect", options);

/**
 * One step of training with adaptive clipping (Andrew et al. 2021): the clipped gradient sum with noise, and the noisy count of
 * records below the clip norm, both on the same batch. The count moves by at most 1/2 with one record, because the bits are shifted to -1/2 and 1/2.
 * Put it inside `poissonSampled` for a sampled batch.
 *
 * @param options.noiseMultiplier of the gradient sum, relative to the clip norm.
 * @param options.countNoise standard deviation of the noise on the count, > 0 (the paper takes a twentieth of the batch).
 * @example
 * const both = privacy.events.adaptiveClipping({ noiseMultiplier: 1, countNoise: 10 });
 * privacy.noiseMultiplierOf(both) // 0.99875
 */
export function adaptiveClipping(options: { noiseMultiplier: number; countNoise: number }): ComposedEvent {
  known(options, ["noiseMultiplier", "countNoise"]);
  const { noiseMultiplier, countNoise } = options;
  return composed([gaussian({ noiseMultiplier }), gaussian({ noiseMultiplier: 2 * nonNegative({ countNoise }) })]);
}
