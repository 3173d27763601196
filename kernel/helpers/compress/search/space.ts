import { shown } from "../../arguments.js";
import type { Random } from "../../data/random.js";

/** What may be chosen, by name: `{ units: [8, 16, 32], activation: ["relu", "tanh"] }`. */
export type SearchSpace = Readonly<Record<string, readonly unknown[]>>;

/** One choice of each. */
export type Candidate<S extends SearchSpace> = { readonly [Name in keyof S]: S[Name][number] };

export function checkSpace(space: SearchSpace): number {
  const names = Object.keys(space);
  if (names.length === 0) throw new RangeError("expected a space with at least one choice, got none");
  for (const name of names) if (!Array.isArray(space[name]) || space[name].length === 0) throw new RangeError(`expected at least one value of ${name}, got ${shown(space[name])}`);
  return names.reduce((count, name) => count * space[name]!.length, 1);
}

export const draw = <S extends SearchSpace>(space: S, random: Random): Candidate<S> =>
  Object.fromEntries(Object.entries(space).map(([name, values]) => [name, values[random.integer(0, values.length - 1)]])) as Candidate<S>;

/** The candidate with one choice changed. Values are thought to be in order: half of the time the step is to a neighbour. */
export function mutate<S extends SearchSpace>(space: S, candidate: Candidate<S>, random: Random): Candidate<S> {
  const open = Object.keys(space).filter((name) => space[name]!.length > 1);
  if (open.length === 0) return candidate;
  const name = open[random.integer(0, open.length - 1)]!;
  const values = space[name]!;
  const at = values.indexOf(candidate[name]);
  const others = values.map((_, place) => place).filter((place) => place !== at);
  const near = others.filter((place) => Math.abs(place - at) === 1);
  const from = random.uniform() < 0.5 && near.length > 0 ? near : others;
  return { ...candidate, [name]: values[from[random.integer(0, from.length - 1)]!] };
}

/** The same choices have the same key. */
export const keyOf = <S extends SearchSpace>(space: S, candidate: Candidate<S>): string => Object.keys(space).map((name) => space[name]!.indexOf(candidate[name])).join(",");
