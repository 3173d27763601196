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

/** Asks each selected client: those that can at the same time, the others in turn. One that throws, or answers with something else than an update, has failed: the round goes on without it. */
export async function ask<State>(options: Resolved<State>, selected: readonly Client[], weights: Weights, context: Context, random: Random): Promise<Turnout> {
  const answers: Answer[] = [];
  const failed: { client: string; reason: string }[] = [];
  let error: unknown;
  const isSilent = (name: string) => (typeof options.dropOut === "function" ? options.dropOut(name, context.round) : random.uniform() < options.dropOut);
  const silent = new Set(selected.filter(({ name }) => isSilent(name)));
  const train = async (client: Client) => {
    try {
      const update = await client.train(weights, context);
      checkUpdates([update]);
      checkAlike(update.weights, weights, client.name);
      return update;
    } catch (caught) {
      return { caught };
    }
  };
  const asked = selected.filter((client) => !silent.has(client));
  const running = new Map(asked.filter(({ concurrent }) => concurrent).map((client) => [client, train(client)]));
  for (const client of asked) {
    const answer = await (running.get(client) ?? train(client));
    if ("weights" in answer) answers.push({ name: client.name, update: answer });
    else {
      error ??= answer.caught;
      failed.push({ client: client.name, reason: answer.caught instanceof Error ? answer.caught.message : String(answer.caught) });
    }
  }
  const dropped = [...silent].map(({ name }) => name);
  // One client may break; if all do, it is the program.
  if (failed.length > 0 && failed.length === selected.length && (failed.length > 1 || options.clients.length === 1)) throw error;
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
