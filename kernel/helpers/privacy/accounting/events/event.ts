/**
 * What was done to the data, as plain frozen data: an accountant answers what it cost.
 * In every event the noise is measured against C, the bound on the norm of one record's contribution.
 * Taking a record away, adding it, or replacing it by the zero record moves the sum by at most C; replacing it by any other record by at most 2C.
 */
export type PrivacyEvent =
  | GaussianEvent | LaplaceEvent | DiscreteGaussianEvent | DiscreteLaplaceEvent | RandomizedResponseEvent | ExponentialMechanismEvent
  | EpsilonDeltaEvent | ZcdpEvent | PoissonSampledEvent | SampledWithoutReplacementEvent | ComposedEvent | RepeatedEvent | RepeatAndSelectEvent;

/** A sum plus normal noise. */
export interface GaussianEvent {
  readonly kind: "gaussian";
  /** Standard deviation of the noise divided by C (L2). 0: no noise, so no privacy. */
  readonly noiseMultiplier: number;
}

/** A sum plus Laplace noise in each coordinate. */
export interface LaplaceEvent {
  readonly kind: "laplace";
  /** Scale of the noise divided by C (L1). 0: no noise. */
  readonly noiseMultiplier: number;
}

/** A whole number plus discrete Gaussian noise, P(k) proportional to exp(-k^2 / (2 sigma^2)). */
export interface DiscreteGaussianEvent {
  readonly kind: "discreteGaussian";
  readonly sigma: number;
  /** The most that one record contributes: a whole number. */
  readonly sensitivity: number;
}

/** A whole number plus discrete Laplace (two-sided geometric) noise, P(k) proportional to exp(-|k| / scale). */
export interface DiscreteLaplaceEvent {
  readonly kind: "discreteLaplace";
  readonly scale: number;
  /** The most that one record contributes: a whole number. */
  readonly sensitivity: number;
}

/** Each person answers truthfully with probability 1 - noiseParameter, else with one of the categories at random (the true one among them). */
export interface RandomizedResponseEvent {
  readonly kind: "randomizedResponse";
  readonly noiseParameter: number;
  readonly categories: number;
}

/** One choice by the exponential mechanism with parameter epsilon, whose privacy losses span at most epsilon (bounded range). */
export interface ExponentialMechanismEvent {
  readonly kind: "exponentialMechanism";
  readonly epsilon: number;
}

/** Anything that is (epsilon, delta)-private under the accountant's neighbouring relation. */
export interface EpsilonDeltaEvent {
  readonly kind: "epsilonDelta";
  readonly epsilon: number;
  readonly delta: number;
}

/** Anything that is (xi, rho)-zCDP under the accountant's neighbouring relation: RDP at most xi + rho * order at every order. */
export interface ZcdpEvent {
  readonly kind: "zcdp";
  readonly rho: number;
  readonly xi: number;
}

/** Each record takes part on its own with probability `rate`; then the event happens to those that do. */
export interface PoissonSampledEvent {
  readonly kind: "poissonSampled";
  readonly rate: number;
  readonly event: PrivacyEvent;
}

/** A batch of exactly `sampleSize` different records of `datasetSize`, all batches equally likely; then the event happens to it. */
export interface SampledWithoutReplacementEvent {
  readonly kind: "sampledWithoutReplacement";
  readonly datasetSize: number;
  readonly sampleSize: number;
  readonly event: PrivacyEvent;
}

/** One event after another, each free to depend on what the earlier ones gave. */
export interface ComposedEvent {
  readonly kind: "composed";
  readonly events: readonly PrivacyEvent[];
}

/** The same event several times. */
export interface RepeatedEvent {
  readonly kind: "repeated";
  readonly event: PrivacyEvent;
  readonly times: number;
}

/** Run a random number of times and give out the best result only, as in private hyperparameter tuning. */
export interface RepeatAndSelectEvent {
  readonly kind: "repeatAndSelect";
  readonly event: PrivacyEvent;
  /** Mean number of runs, at least 1. */
  readonly mean: number;
  /** How the number of runs is drawn: "poisson", or the shape of a truncated negative binomial (0 logarithmic, 1 geometric). */
  readonly shape: number | "poisson";
}
