import type { PrivacyEvent } from "../dp/event.js";
import type { NoiseSource } from "../dp/noise.js";
import type { Strategy } from "../strategy/contract.js";
import type { Update, Weights } from "../weights.js";

/** What a client is told with the weights. */
export interface Context {
  /** From 1. */
  readonly round: number;
  /** Strength of the proximal term (FedProx); 0 for other strategies. */
  readonly proximal: number;
}

export interface Evaluation {
  readonly examples: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/** A client: a plain object. Its data is its own affair; only what `train` returns leaves it. */
export interface Client {
  readonly name: string;
  /** May train while others do, such as one in a thread of its own. Default false: clients that share a model must take turns. */
  readonly concurrent?: boolean;
  /** Starts from the global weights (do not change them in place), gives back its own. */
  train(weights: Weights, context: Context): Update | Promise<Update>;
  /** Numbers of the global weights on the client's own data. */
  evaluate?(weights: Weights, context: Context): Evaluation | Promise<Evaluation>;
}

/** Central: the server is trusted with single updates and adds noise to their sum. */
export interface CentralPrivacy {
  readonly mode: "central";
  /** Bound C on the Euclidean norm of a client's whole update (over all arrays together), > 0. */
  readonly clip: number;
  /** Standard deviation of the noise on the sum, in units of `clip`, > 0. */
  readonly noiseMultiplier: number;
  /** Each client takes part in a round with this probability, by itself (Poisson), in (0, 1]. */
  readonly rate: number;
  /** The public number that the noisy sum is divided by, such as rate times the number of clients that was announced. Never the actual count of a round. */
  readonly normaliser: number;
  /** Default: Gaussian noise from the secure source (`gaussianNoise`). */
  readonly noise?: NoiseSource;
}

/** Local: each client adds noise before its update leaves it. */
export interface LocalPrivacy {
  readonly mode: "local";
  readonly clip: number;
  /** Standard deviation of a client's noise, in units of `2 * clip`: two clipped updates differ by 2 C at most. */
  readonly noiseMultiplier: number;
  readonly noise?: NoiseSource;
}

export interface SecureOptions {
  /** Changes of a coordinate outside [-range, range] are clipped to it, and counted, > 0. */
  readonly range: number;
  /** The most examples that a client may count for, public. Default 1: every client has one vote. Needed if examples are to weigh. */
  readonly maxExamples?: number;
  /** Clients that must stay to the end; default two thirds of the round's clients, plus one. */
  readonly threshold?: number;
}

export interface SimulateOptions<State = unknown> {
  readonly clients: readonly Client[];
  /** What the first round starts from. */
  readonly weights: Weights;
  /** >= 1. */
  readonly rounds: number;
  /** Default `fedAvg()`. */
  readonly strategy?: Strategy<State>;
  /** Fraction of the clients asked in a round, in (0, 1]: the nearest whole number of clients, at least 1. Default 1. Not with central privacy, which has its `rate`. */
  readonly fraction?: number;
  /** A client that was asked does not answer: a probability (default 0), or a decision by name and round. */
  readonly dropOut?: number | ((name: string, round: number) => boolean);
  /** A round with fewer answers leaves the weights as they were. Default 1. */
  readonly least?: number;
  /** Of the choice of clients and the drop-outs; default 0. Not of privacy's sampling and noise: those are from the secure source. */
  readonly seed?: number;
  /** Numbers of the global weights, after each round. */
  readonly evaluate?: (weights: Weights, round: number) => Readonly<Record<string, number>> | Promise<Readonly<Record<string, number>>>;
  /** After each round, ask every client that has `evaluate`. Default false. */
  readonly evaluateClients?: boolean;
  readonly privacy?: CentralPrivacy | LocalPrivacy;
  /** Sum the updates by secure aggregation: the server sees no single one. */
  readonly secure?: SecureOptions;
  /** A live view of the rounds; default true. */
  readonly progress?: boolean;
}

/** One round, as the server knows it. With privacy, what differential privacy does not protect is under `unprotected`. */
export interface Round {
  readonly round: number;
  /** False where too few clients answered; the weights stayed as they were. */
  readonly aggregated: boolean;
  /** Numbers of `evaluate`. */
  readonly evaluation?: Readonly<Record<string, number>>;
  /** Means over the clients' own evaluations, by examples. */
  readonly clientEvaluation?: Readonly<Record<string, number>>;
  /** Who was asked, who answered and what they said of themselves. Absent with `privacy`. */
  readonly participation?: Participation;
  /** With `privacy`: the same facts, which no noise covers. For lessons; not for publication. */
  readonly unprotected?: Participation;
}

export interface Participation {
  readonly selected: readonly string[];
  readonly reported: readonly string[];
  /** Asked, but silent. */
  readonly dropped: readonly string[];
  /** `train` threw, or what it returned was refused. */
  readonly failed: readonly { readonly client: string; readonly reason: string }[];
  readonly examples: number;
  /** Means of the clients' metrics, by examples; those that every client gave. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Updates that were longer than the privacy clip, and coordinates outside the range of secure aggregation. */
  readonly clipped: number;
}

export interface Simulation {
  readonly weights: Weights;
  readonly history: readonly Round[];
  /** What was spent, for an accountant. Undefined without privacy. */
  readonly event?: PrivacyEvent;
}
