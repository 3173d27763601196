import { firstOther, leaves, noiseMultiplierOf } from "../events/fold.js";
import type { PrivacyEvent } from "../events/event.js";
import { reach, UnsupportedEventError, type Neighbours } from "../events/refuse.js";
import { discreteGaussianPair, discreteLaplaceAtoms, epsilonDeltaPair, responseAtoms, sampleAtoms } from "./discrete.js";
import { boundedRangePair, gaussianPair, laplacePair } from "./noise.js";
import type { AtomPair, Pair } from "./pair.js";

/** What an event is to the accountant. Gaussian noise adds up in closed form, so it is kept apart until the end. */
export type PldLeaf = { kind: "gaussian"; sigma: number } | { kind: "pair"; pair: (interval: number) => Pair } | { kind: "exposed" } | { kind: "nothing" };

const discreteLaplacePair = (scale: number, shift: number): AtomPair => ({ kind: "atoms", atoms: discreteLaplaceAtoms(scale, shift), certain: 0, symmetric: true });
const exposed: PldLeaf = { kind: "exposed" };
const nothing: PldLeaf = { kind: "nothing" };
const pair = (make: (interval: number) => Pair): PldLeaf => ({ kind: "pair", pair: make });

/** The losses of one event that is no composition. `path` ends with its kind. */
export function leafLosses(event: PrivacyEvent, neighbours: Neighbours, path: readonly string[]): PldLeaf {
  const far = reach(neighbours);
  const refuse = (why: string, inner: readonly string[] = []): never => {
    throw new UnsupportedEventError([...path, ...inner], "PLD", why);
  };
  switch (event.kind) {
    case "gaussian":
      return event.noiseMultiplier === 0 ? exposed : { kind: "gaussian", sigma: event.noiseMultiplier / far };
    case "laplace":
      return event.noiseMultiplier === 0 ? exposed : pair((interval) => laplacePair(event.noiseMultiplier / far, 1, interval));
    case "discreteGaussian":
      return pair(() => discreteGaussianPair(event.sigma, far * event.sensitivity));
    case "discreteLaplace":
      return pair(() => discreteLaplacePair(event.scale, far * event.sensitivity));
    case "randomizedResponse": {
      if (neighbours === "add-or-remove-one") return refuse(`knows randomised response for neighbours "replace-one" and "replace-special", not "${neighbours}": an answer is always there`);
      if (event.categories === 1 || event.noiseParameter === 1) return nothing;
      if (event.noiseParameter === 0) return exposed;
      return pair(() => ({ kind: "atoms", atoms: responseAtoms(event.noiseParameter, event.categories, neighbours), certain: 0, symmetric: neighbours === "replace-one" }));
    }
    case "exponentialMechanism":
      return event.epsilon === 0 ? nothing : pair((interval) => boundedRangePair(event.epsilon, interval));
    case "epsilonDelta":
      return event.delta === 1 ? exposed : pair(() => epsilonDeltaPair(event.epsilon, event.delta));
    case "poissonSampled":
      return sampledLosses(event.event, event.rate, neighbours, path, refuse);
    default:
      return refuse(event.kind === "zcdp" || event.kind === "repeatAndSelect" ? "knows no losses for it; ask the RDP accountant" : 'knows no losses for it; ask the RDP accountant with neighbours "replace-one"');
  }
}

function sampledLosses(inner: PrivacyEvent, rate: number, neighbours: Neighbours, path: readonly string[], refuse: (why: string, inner?: readonly string[]) => never): PldLeaf {
  if (neighbours === "replace-one") return refuse(`knows Poisson sampling for neighbours "add-or-remove-one" and "replace-special", not "${neighbours}"`);
  if (rate === 0) return nothing;
  const sigma = noiseMultiplierOf(inner);
  if (sigma === Number.POSITIVE_INFINITY) return nothing;
  if (sigma === 0) return exposed;
  if (sigma !== undefined) return rate === 1 ? { kind: "gaussian", sigma } : pair((interval) => gaussianPair(sigma, rate, interval));
  const parts = leaves(inner);
  const [only] = parts;
  if (parts.length > 1 || only!.times > 1) return refuse("knows sampling of one release, or of several with Gaussian noise on the same sample", firstOther(inner)!.path);
  switch (only!.event.kind) {
    case "laplace": {
      const { noiseMultiplier } = only!.event;
      return noiseMultiplier === 0 ? exposed : pair((interval) => laplacePair(noiseMultiplier, rate, interval));
    }
    case "discreteGaussian": {
      const { sigma: parameter, sensitivity } = only!.event;
      return pair(() => sampleAtoms(discreteGaussianPair(parameter, sensitivity), rate));
    }
    case "discreteLaplace": {
      const { scale, sensitivity } = only!.event;
      return pair(() => sampleAtoms(discreteLaplacePair(scale, sensitivity), rate));
    }
    default:
      return refuse("knows sampling of Gaussian, Laplace, discrete Gaussian and discrete Laplace noise only", only!.path);
  }
}
