import { known, nonNegative, positive } from "../../arguments.js";
import { weightedMean } from "../aggregate/mean.js";
import { flatten, unflatten, type Weights } from "../weights.js";
import type { Strategy } from "./contract.js";

export interface FedOptOptions {
  /** Server learning rate eta, > 0. Default 0.1. */
  learningRate?: number;
  /** Momentum beta1, from 0 to below 1. Default 0.9 (0 for FedAdagrad). */
  beta1?: number;
  /** Decay beta2 of the squares, from 0 to below 1. Default 0.99. Not used by FedAdagrad. */
  beta2?: number;
  /** Adaptivity tau, > 0: small is more adaptive. Default 0.001. */
  tau?: number;
}

export interface Moments {
  readonly m: Float64Array;
  readonly v: Float64Array;
}

type Square = (v: number, squared: number, beta2: number) => number;

/**
 * FedAdagrad: the mean change of the clients, delta, is taken as a gradient by an adaptive server:
 * m = beta1 m + (1 - beta1) delta, v = v + delta^2, w = w + eta m / (sqrt(v) + tau). v starts at 0, as in Flower (the paper asks for tau^2 or more).
 * Source: Reddi et al. 2021, "Adaptive Federated Optimization", algorithm 2.
 *
 * @throws `expected learningRate > 0, got 0`; `expected beta1 below 1, got 1`.
 * @example federated.fedAdagrad({ learningRate: 0.1 }).name // "FedAdagrad"
 */
export const fedAdagrad = (options: FedOptOptions = {}): Strategy<Moments> => adaptive("FedAdagrad", { beta1: 0, ...options }, (v, squared) => v + squared);

/**
 * FedAdam: as `fedAdagrad`, with v = beta2 v + (1 - beta2) delta^2. No bias correction, as in the paper (Flower adds one, with the exponent round + 1).
 * Source: Reddi et al. 2021, "Adaptive Federated Optimization", algorithm 2.
 *
 * @throws as `fedAdagrad`.
 * @example federated.fedAdam({ learningRate: 0.1 }).name // "FedAdam"
 */
export const fedAdam = (options: FedOptOptions = {}): Strategy<Moments> => adaptive("FedAdam", options, (v, squared, beta2) => beta2 * v + (1 - beta2) * squared);

/**
 * FedYogi: as `fedAdagrad`, with v = v - (1 - beta2) delta^2 sign(v - delta^2): v grows and shrinks at the same pace.
 * Source: Reddi et al. 2021, "Adaptive Federated Optimization", algorithm 2.
 *
 * @throws as `fedAdagrad`.
 * @example federated.fedYogi({ learningRate: 0.1 }).name // "FedYogi"
 */
export const fedYogi = (options: FedOptOptions = {}): Strategy<Moments> => adaptive("FedYogi", options, (v, squared, beta2) => v - (1 - beta2) * squared * Math.sign(v - squared));

function adaptive(name: string, options: FedOptOptions, square: Square): Strategy<Moments> {
  known(options, ["learningRate", "beta1", "beta2", "tau"]);
  const learningRate = positive({ learningRate: options.learningRate ?? 0.1 });
  const beta1 = decay({ beta1: options.beta1 ?? 0.9 });
  const beta2 = decay({ beta2: options.beta2 ?? 0.99 });
  const tau = positive({ tau: options.tau ?? 0.001 });
  const nextFromMean = (global: Weights, mean: Float64Array, { m, v }: Moments) => {
    const nextM = m.map((value, at) => beta1 * value + (1 - beta1) * mean[at]!);
    const nextV = v.map((value, at) => square(value, mean[at]! ** 2, beta2));
    const flat = flatten(global).map((value, at) => value + (learningRate * nextM[at]!) / (Math.sqrt(nextV[at]!) + tau));
    return { weights: unflatten(flat, global), state: { m: nextM, v: nextV } };
  };
  return {
    name,
    init: (weights) => ({ m: flatten(weights).fill(0), v: flatten(weights).fill(0) }),
    next(global, updates, state) {
      const before = flatten(global);
      return nextFromMean(global, flatten(weightedMean(updates)).map((value, at) => value - before[at]!), state);
    },
    nextFromMean,
  };
}

function decay(named: Readonly<Record<string, number>>): number {
  const value = nonNegative(named);
  if (value >= 1) throw new RangeError(`expected ${Object.keys(named)[0]} below 1, got ${value}`);
  return value;
}
