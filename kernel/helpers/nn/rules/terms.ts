import { shown } from "../../arguments.js";
import type { Fact, Pattern, Term } from "./contract.js";

export type Values = Map<string, Term>;

export const isVariable = (term: Term): term is `?${string}` => typeof term === "string" && term.length > 1 && term.startsWith("?");

/** Terms of a fact or pattern; `what` names it in messages. */
export function terms(given: Fact, what: string): readonly Term[] {
  if (typeof given === "string") {
    const list = given.trim().split(/\s+/).filter(Boolean);
    if (list.length === 0) throw new RangeError(`expected ${what} to say something, got ${shown(given)}`);
    return list.map((word) => (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(word) ? Number(word) : word === "true" ? true : word === "false" ? false : word));
  }
  if (!Array.isArray(given) || given.length === 0) throw new TypeError(`expected ${what} to be words or a list of terms, got ${shown(given)}`);
  for (const term of given) if (!(typeof term === "string" || typeof term === "boolean" || (typeof term === "number" && !Number.isNaN(term)))) throw new TypeError(`expected ${what} of words, numbers, true and false, got ${shown(term)}`);
  return given as readonly Term[];
}

/** Facts hold no variables. */
export function factTerms(given: Fact, what: string): readonly Term[] {
  const list = terms(given, what);
  const open = list.find(isVariable);
  if (open) throw new RangeError(`expected ${what} without variables, got ${open} in ${shown(text(list))}`);
  return list;
}

/** For people. */
export const text = (list: readonly Term[]): string => list.map(String).join(" ");

/** Tells facts apart: 1 and "1" are two. */
export const key = (list: readonly Term[]): string => JSON.stringify(list);

/** Binds the pattern's variables so that it becomes the fact; undefined where it cannot. */
export function unify(pattern: readonly Term[], fact: readonly Term[], values: Values): Values | undefined {
  if (pattern.length !== fact.length) return undefined;
  let bound = values;
  for (let at = 0; at < pattern.length; at++) {
    const term = pattern[at];
    if (!isVariable(term)) {
      if (term !== fact[at]) return undefined;
      continue;
    }
    const known = bound.get(term.slice(1));
    if (known === undefined) {
      if (bound === values) bound = new Map(values);
      bound.set(term.slice(1), fact[at]);
    } else if (known !== fact[at]) return undefined;
  }
  return bound;
}

/** The pattern with what is bound put in. */
export const fill = (pattern: readonly Term[], values: Values): readonly Term[] => pattern.map((term) => (isVariable(term) ? (values.get(term.slice(1)) ?? term) : term));

export const variables = (patterns: readonly (readonly Term[])[]): Set<string> => new Set(patterns.flat().filter(isVariable).map((term) => term.slice(1)));

/** One pattern, in a query. */
export const patternTerms = (given: Pattern): readonly Term[] => terms(given, "pattern");
