import type { Term } from "./contract.js";
import { fill, isVariable, key, unify, type Values } from "./terms.js";

/** A fact and where it came from. */
export interface Known {
  id: number;
  terms: readonly Term[];
  /** Which firing added it; undefined: given. */
  firing?: number;
}

/** The facts, found by the words in their places. */
export class Memory {
  readonly facts: Known[] = [];
  private readonly byKey = new Map<string, Known>();
  private readonly byWord = new Map<string, Known[]>();

  /** The new fact, or undefined if it was known. */
  add(terms: readonly Term[], firing?: number): Known | undefined {
    const name = key(terms);
    if (this.byKey.has(name)) return undefined;
    const fact: Known = { id: this.facts.length, terms, ...(firing !== undefined && { firing }) };
    this.facts.push(fact);
    this.byKey.set(name, fact);
    this.list(String(terms.length)).push(fact);
    terms.forEach((term, at) => this.list(place(terms.length, at, term)).push(fact));
    return fact;
  }

  has(name: string): boolean {
    return this.byKey.has(name);
  }

  get(terms: readonly Term[]): Known | undefined {
    return this.byKey.get(key(terms));
  }

  /** Facts that the pattern can become, each with its bindings, oldest first. */
  *matches(pattern: readonly Term[], values: Values, before = Infinity): Generator<{ fact: Known; values: Values }> {
    let candidates = this.byWord.get(String(pattern.length)) ?? [];
    fill(pattern, values).forEach((term, at) => {
      if (isVariable(term)) return;
      const fewer = this.byWord.get(place(pattern.length, at, term)) ?? [];
      if (fewer.length < candidates.length) candidates = fewer;
    });
    // Facts added meanwhile are not for this search.
    for (let at = 0, end = candidates.length; at < end && candidates[at].id < before; at++) {
      const bound = unify(pattern, candidates[at].terms, values);
      if (bound) yield { fact: candidates[at], values: bound };
    }
  }

  private list(name: string): Known[] {
    let list = this.byWord.get(name);
    if (!list) this.byWord.set(name, (list = []));
    return list;
  }
}

const place = (length: number, at: number, term: Term): string => `${length} ${at} ${JSON.stringify(term)}`;
