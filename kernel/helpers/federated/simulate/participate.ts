import type { Random } from "../../data/random.js";
import { secureUniforms } from "../dp/secure-uniform.js";
import { checkUpdates, type Update, type Weights, checkAlike } from "../weights.js";
import type { Client, Context, Participation } from "./contract.js";
import type { Resolved } from "./options.js";

export interface Answer {
  readonly name: string;
  readonly update: Update;
}

export interface Turnout {
  readonly selected: readonly Client[];
  readonly answers: readonly Answer[];
  readonly dropped: readonly string[];
  readonly failed: Participation["failed"];
}

/** Who is asked: a random subset of fixed size; with central privacy each client by itself, from the secure source. */
export function select<State>({ clients, fraction, privacy }: Resolved<State>, random: Random): Client[] {
  if (privacy?.mode === "central") {
    const draws = secureUniforms(clients.length);
    return clients.filter((_, at) => draws[at]! <= privacy.rate);
  }
  const count = Math.max(1, Math.round(fraction * clients.length));
  const chosen = new Set(random.shuffle(clients).slice(0, count));
  return clients.filter((client) => chosen.has(client));
}

/** Asks each selected client in turn. One that throws, or answers with something else than an update, has failed: the round goes on without it. */
export async function ask<State>(options: Resolved<State>, selected: readonly Client[], weights: Weights, context: Context, random: Random): Promise<Turnout> {
  const answers: Answer[] = [];
  const dropped: string[] = [];
  const failed: { client: string; reason: string }[] = [];
  let error: unknown;
  for (const client of selected) {
    const { name } = client;
    const silent = typeof options.dropOut === "function" ? options.dropOut(name, context.round) : random.uniform() < options.dropOut;
    if (silent) {
      dropped.push(name);
      continue;
    }
    try {
      const update = await client.train(weights, context);
      checkUpdates([update]);
      checkAlike(update.weights, weights, name);
      answers.push({ name, update });
    } catch (caught) {
      error ??= caught;
      failed.push({ client: name, reason: caught instanceof Error ? caught.message : String(caught) });
    }
  }
  // One client may break; if all do, it is the program.
  if (failed.length > 0 && failed.length === selected.length) throw error;
  return { selected, answers, dropped, failed };
}

export function participation({ selected, answers, dropped, failed }: Turnout, clipped: number): Participation {
  return Object.freeze({
    selected: selected.map(({ name }) => name),
    reported: answers.map(({ name }) => name),
    dropped,
    failed,
    examples: answers.reduce((sum, { update }) => sum + update.examples, 0),
    metrics: meanMetrics(answers.map(({ update: { examples, metrics = {} } }) => ({ examples, metrics }))),
    clipped,
  });
}

/** By examples; a metric that not all gave is left out. */
export function meanMetrics(all: readonly { examples: number; metrics: Readonly<Record<string, number>> }[]): Record<string, number> {
  const total = all.reduce((sum, { examples }) => sum + examples, 0);
  const names = Object.keys(all[0]?.metrics ?? {}).filter((name) => all.every(({ metrics }) => typeof metrics[name] === "number"));
  return Object.fromEntries(names.map((name) => [name, all.reduce((sum, { examples, metrics }) => sum + examples * metrics[name]!, 0) / total]));
}
