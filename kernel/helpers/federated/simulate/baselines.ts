import { known } from "../../arguments.js";
import type { Weights } from "../weights.js";
import type { Client, Round, SimulateOptions } from "./contract.js";
import { simulate } from "./simulate.js";

export interface BaselinesOptions<Row, State = unknown> extends Omit<SimulateOptions<State>, "clients" | "evaluate"> {
  /** A client that trains on these rows. Called once for each part, once with all rows. */
  readonly client: (rows: readonly Row[], name: string) => Client;
  /** Numbers of a model on data that no client trains on: the same for all three. */
  readonly evaluate: (weights: Weights, round: number) => Readonly<Record<string, number>> | Promise<Readonly<Record<string, number>>>;
}

export interface Baselines {
  /** Each client trains by itself, on its rows only. */
  readonly alone: readonly { readonly name: string; readonly metrics: Readonly<Record<string, number>> }[];
  /** Means over the clients alone, each counted once. */
  readonly aloneMean: Readonly<Record<string, number>>;
  readonly federated: { readonly metrics: Readonly<Record<string, number>>; readonly weights: Weights; readonly history: readonly Round[] };
  /** One client has all rows: what is lost by not sharing data. */
  readonly pooled: { readonly metrics: Readonly<Record<string, number>> };
}

/**
 * Is federation worth it? The same training three times: every client alone, all together by federation, all rows pooled in one place.
 * The same rounds, the same start, the same test. Privacy, secure aggregation, strategy and sampling apply to the federated run only.
 *
 * @param parts rows by client, as a partition gives them: arrays of rows, or `{ name, rows }`.
 * @throws as `simulate`.
 * @example
 * const client = (rows, name) => ({ name, train: () => ({ weights: federated.weights({ w: [rows.reduce((a, b) => a + b, 0) / rows.length] }), examples: rows.length }) });
 * const error = (weights) => ({ error: Math.abs(weights[0].values[0] - 3) });
 * const result = await federated.baselines([[1, 2], [3, 4, 5]], { client, evaluate: error, weights: federated.weights({ w: [0] }), rounds: 1, progress: false });
 * [result.aloneMean.error, result.federated.metrics.error, result.pooled.metrics.error] // [1.25, 0, 0]
 */
export async function baselines<Row, State = undefined>(parts: readonly (readonly Row[] | { name: string; rows: readonly Row[] })[], options: BaselinesOptions<Row, State>): Promise<Baselines> {
  const { client, evaluate, ...rest } = options;
  known(options, ["client", "evaluate", "weights", "rounds", "strategy", "fraction", "dropOut", "least", "seed", "evaluateClients", "privacy", "secure", "progress"]);
  if (!Array.isArray(parts) || parts.length === 0) throw new RangeError("expected at least one part, got none");
  const named = parts.map((part: readonly Row[] | { name: string; rows: readonly Row[] }, at) => ("rows" in part ? part : { name: `client ${at + 1}`, rows: part }));
  const { weights, rounds } = rest;
  const solo = async (rows: readonly Row[], name: string) => {
    const run = await simulate({ clients: [client(rows, name)], weights, rounds, progress: false });
    return evaluate(run.weights, rounds);
  };
  const alone: { name: string; metrics: Readonly<Record<string, number>> }[] = [];
  for (const { name, rows } of named) alone.push({ name, metrics: await solo(rows, name) });
  const run = await simulate({ ...rest, clients: named.map(({ name, rows }) => client(rows, name)), evaluate });
  const pooled = await solo(named.flatMap(({ rows }) => rows), "pooled");
  const aloneMean = Object.fromEntries(Object.keys(alone[0]!.metrics).map((name) => [name, alone.reduce((sum, { metrics }) => sum + metrics[name]!, 0) / alone.length]));
  return Object.freeze({ alone, aloneMean, federated: { metrics: run.history.at(-1)!.evaluation!, weights: run.weights, history: run.history }, pooled: { metrics: pooled } });
}
