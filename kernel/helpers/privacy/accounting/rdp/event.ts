import { firstOther, noiseMultiplierOf, leaves, type Leaf } from "../events/fold.js";
import type { PrivacyEvent } from "../events/event.js";
import { reach, UnsupportedEventError, type Neighbours } from "../events/refuse.js";
import { discreteLaplaceAtoms, responseAtoms } from "../pld/discrete.js";
import type { RdpRule } from "./orders.js";
import { atomsRdp, boundedRangeRdp, laplaceRdp, pureRdp } from "./pure.js";
import { repeatAndSelectRdp } from "./repeat.js";
import { withoutReplacement } from "./replacement.js";
import { sampledGaussian } from "./sampled.js";

export interface RdpSettings {
  orders: readonly number[];
  neighbours: Neighbours;
  rule: RdpRule;
}

/** RDP of a whole event at each order. */
export function eventRdp(event: PrivacyEvent, settings: RdpSettings, path: readonly string[] = []): Float64Array {
  const total = new Float64Array(settings.orders.length);
  for (const leaf of leaves(event, 1, path)) {
    const one = leafRdp(leaf, settings);
    for (let k = 0; k < total.length; k++) total[k]! += leaf.times * one[k]!;
  }
  return total;
}

function leafRdp({ event, path }: Leaf, settings: RdpSettings): Float64Array {
  const { orders, neighbours, rule } = settings;
  const refuse = (why: string, inner: readonly string[] = []): never => {
    throw new UnsupportedEventError([...path, ...inner], "RDP", why);
  };
  const each = (rdp: (order: number) => number) => Float64Array.from(orders, rdp);
  const far = reach(neighbours);
  switch (event.kind) {
    case "gaussian":
      return sampledGaussian(1, event.noiseMultiplier / far, orders, rule);
    case "laplace":
      return each((order) => laplaceRdp(far / event.noiseMultiplier, order));
    case "discreteGaussian":
      return each((order) => (order * (far * event.sensitivity) ** 2) / (2 * event.sigma ** 2));
    case "discreteLaplace": {
      const atoms = discreteLaplaceAtoms(event.scale, far * event.sensitivity);
      return each((order) => atomsRdp(atoms, order));
    }
    case "randomizedResponse": {
      if (neighbours === "add-or-remove-one") return refuse(`knows randomised response for neighbours "replace-one" and "replace-special", not "${neighbours}": an answer is always there`);
      if (event.categories === 1 || event.noiseParameter === 1) return each(() => 0);
      if (event.noiseParameter === 0) return each(() => Number.POSITIVE_INFINITY);
      const atoms = responseAtoms(event.noiseParameter, event.categories, neighbours);
      return each((order) => atomsRdp(atoms, order));
    }
    case "exponentialMechanism":
      return each((order) => boundedRangeRdp(event.epsilon, order));
    case "epsilonDelta":
      return event.delta > 0 ? refuse("knows epsilonDelta with delta 0 only: a failure of any size has no Renyi divergence") : each((order) => pureRdp(event.epsilon, order));
    case "zcdp":
      return each((order) => event.xi + event.rho * order);
    case "poissonSampled": {
      if (neighbours === "replace-one") return refuse(`knows Poisson sampling for neighbours "add-or-remove-one" and "replace-special", not "${neighbours}"`);
      if (event.rate === 0) return each(() => 0);
      const sigma = noiseMultiplierOf(event.event) ?? refuse("knows sampling of Gaussian noise only", firstOther(event.event)!.path);
      return sampledGaussian(sigma === Number.POSITIVE_INFINITY ? 0 : event.rate, sigma, orders, rule);
    }
    case "sampledWithoutReplacement": {
      if (neighbours !== "replace-one") return refuse(`knows sampling without replacement for neighbours "replace-one", not "${neighbours}"`);
      const sigma = noiseMultiplierOf(event.event) ?? refuse("knows sampling of Gaussian noise only", firstOther(event.event)!.path);
      return withoutReplacement(sigma === Number.POSITIVE_INFINITY ? 0 : event.sampleSize / event.datasetSize, sigma / far, orders);
    }
    case "repeatAndSelect":
      return repeatAndSelectRdp(orders, eventRdp(event.event, settings, path), event.mean, event.shape);
    default:
      return refuse("knows no such event");
  }
}
