import * as privacy from "../../../kernel/helpers/privacy/index.js";
import type { Adapter } from "../contract.js";

type Input = Record<string, any>; // oxlint-disable-line no-explicit-any -- oracle files are untyped JSON

const answers: Record<string, (input: Input) => unknown> = {
  "discrete-laplace": ({ scale, support }) => {
    const { pmf, variance } = privacy.discreteLaplaceDistribution({ scale });
    return { pmf: pmf(support), variance, epsilonForSensitivity1: 1 / scale };
  },
  "discrete-gaussian": ({ sigma, support }) => {
    const { pmf, variance, normalizer } = privacy.discreteGaussianDistribution({ sigma });
    return { pmf: pmf(support), variance, normaliser: normalizer };
  },
  "discrete-gaussian-delta": ({ sigma, sensitivity, epsilon }) => ({ delta: privacy.discreteGaussianDistribution({ sigma }).delta({ epsilon, sensitivity }) }),
  "randomized-response": ({ categories, epsilon, observedCounts }) => {
    const estimates = privacy.estimateFrequencies(observedCounts, { categories, epsilon });
    const { keep, other } = privacy.responseProbabilities({ categories, epsilon });
    return {
      keepProbability: keep, otherProbability: other,
      frequencyEstimate: estimates.map(({ frequency }) => frequency), countEstimate: estimates.map(({ count }) => count), standardError: estimates.map(({ standardError }) => standardError),
    };
  },
  "exponential-mechanism": ({ utilities, epsilon, sensitivity, monotonic }) => ({ probabilities: privacy.exponentialProbabilities(utilities, { epsilon, sensitivity, monotonic }) }),
  laplace: ({ epsilon, sensitivity, x, probabilities }) => {
    const { scale, cdf, quantile } = privacy.laplaceDistribution({ epsilon, sensitivity });
    return { scale, cdf: cdf(x), quantile: quantile(probabilities) };
  },
  "unary-encoding": ({ epsilon, n, variant, observedOnes }) => {
    const { p, q } = privacy.unaryProbabilities({ epsilon, variant });
    return { p, q, countEstimate: privacy.estimateUnary(observedOnes, { epsilon, n, variant }).map(({ count }) => count), varianceAtZero: (n * q * (1 - q)) / (p - q) ** 2 };
  },
};

export const adapter: Adapter = {
  handles: ({ kind }) => String(kind) in answers,
  answer: (input) => answers[String(input["kind"])]!(input),
};
