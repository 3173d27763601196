import { frozen, shownBy, tableUnder } from "../show.js";
import type { Compiled } from "./compile.js";
import type { Missing, Term } from "./contract.js";
import type { Memory } from "./memory.js";
import { fill, text, unify, type Values } from "./terms.js";

/** Of each rule that could conclude the fact, the farthest that its conditions could be met in their order. A fact that holds lacks nothing. */
export function missingFor(goal: readonly Term[], rules: readonly Compiled[], memory: Memory): readonly Missing[] {
  const found: Missing[] = [];
  if (!memory.get(goal)) for (const rule of rules) for (const head of rule.then ?? []) {
    // The goal's words bind the variables of the conclusion.
    const values = unify(head, goal, new Map());
    if (values) found.push({ rule: rule.name, ...farthest(rule, memory, values) });
  }
  const list = frozen(found);
  return shownBy([...list], () => tableUnder(found.length > 0 ? `Why not: ${text(goal)}` : `${text(goal)}: ${memory.get(goal) ? "it holds" : "no rule concludes it"}`, found.map(({ rule, met, missing }) => ({ rule, met: met.join("; "), missing })))) as readonly Missing[];
}

function farthest(rule: Compiled, memory: Memory, start: Values): { met: string[]; missing: string } {
  let best: { met: string[]; missing: string } = { met: [], missing: "" };
  const keep = (met: string[], missing: string) => {
    if (best.missing === "" || met.length > best.met.length) best = { met, missing };
  };
  const visit = (at: number, values: Values, met: string[]): void => {
    if (at === rule.when.length) {
      for (const pattern of rule.unless) for (const { fact } of memory.matches(pattern, values)) return keep(met, `not: ${text(fact.terms)}`);
      return keep(met, `the test of rule ${rule.name}`);
    }
    let any = false;
    for (const { fact, values: next } of memory.matches(rule.when[at], values)) {
      any = true;
      visit(at + 1, next, [...met, text(fact.terms)]);
    }
    if (!any) keep(met, text(fill(rule.when[at], values)));
  };
  visit(0, start, []);
  return best;
}
