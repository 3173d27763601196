import type { Criterion, Term } from "./contract.js";
import type { Compiled } from "./compile.js";
import type { Known, Memory } from "./memory.js";
import { unify, type Values } from "./terms.js";

/** A rule with facts that fit its conditions. */
export interface Instance {
  rule: Compiled;
  facts: readonly Known[];
  values: Values;
  /** Numbers of the facts, the newest first. */
  newest: readonly number[];
  /** What it concludes, once that was asked. */
  adds?: readonly { terms: readonly Term[]; key: string }[];
}

/** Every way in which the rule's conditions fit facts of which `fresh` is the newest (undefined: conditions without facts). */
export function* instances(rule: Compiled, memory: Memory, fresh: Known | undefined): Generator<Instance> {
  if (fresh === undefined) {
    if (rule.when.length === 0) yield* tested({ rule, facts: [], values: new Map() });
    return;
  }
  for (let first = 0; first < rule.when.length; first++) yield* from(first, 0, new Map(), []);

  function* from(first: number, at: number, values: Values, facts: readonly Known[]): Generator<Instance> {
    if (at === rule.when.length) {
      yield* tested({ rule, facts, values });
      return;
    }
    if (at === first) {
      const bound = unify(rule.when[at], fresh!.terms, values);
      if (bound) yield* from(first, at + 1, bound, [...facts, fresh!]);
      return;
    }
    // The new fact stands in place `first`; before it only older ones, so that no way is found twice.
    for (const found of memory.matches(rule.when[at], values, at < first ? fresh!.id : fresh!.id + 1)) {
      yield* from(first, at + 1, found.values, [...facts, found.fact]);
    }
  }
}

function* tested(instance: Omit<Instance, "newest">): Generator<Instance> {
  if (!instance.rule.where || instance.rule.where(instance.values)) yield { ...instance, newest: instance.facts.map(({ id }) => id).sort((a, b) => b - a) };
}

/** Whether something holds that the rule rules out. */
export function ruledOut({ rule, values }: Instance, memory: Memory): Known | undefined {
  for (const pattern of rule.unless) for (const { fact } of memory.matches(pattern, values)) return fact;
  return undefined;
}

const compare: Record<Criterion, (a: Instance, b: Instance) => number> = {
  priority: (a, b) => b.rule.priority - a.rule.priority,
  certain: (a, b) => Number(a.rule.unless.length > 0) - Number(b.rule.unless.length > 0),
  specificity: (a, b) => b.rule.when.length - a.rule.when.length,
  recency: ({ newest: x }, { newest: y }) => {
    for (let at = 0; at < Math.min(x.length, y.length); at++) if (x[at] !== y[at]) return y[at] - x[at];
    return y.length - x.length;
  },
};

/** Best first; at last the order of the rules, then of the facts. */
export function byCriteria(criteria: readonly Criterion[]): (a: Instance, b: Instance) => number {
  return (a, b) => {
    for (const one of criteria) {
      const difference = compare[one](a, b);
      if (difference !== 0) return difference;
    }
    if (a.rule.order !== b.rule.order) return a.rule.order - b.rule.order;
    for (let at = 0; at < a.facts.length; at++) if (a.facts[at].id !== b.facts[at].id) return a.facts[at].id - b.facts[at].id;
    return 0;
  };
}
