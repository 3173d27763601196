import { finite, known, shown } from "../../arguments.js";
import type { Rule, Term } from "./contract.js";
import { terms, variables, type Values } from "./terms.js";

/** A rule, checked and in terms. */
export interface Compiled {
  order: number;
  name: string;
  when: readonly (readonly Term[])[];
  unless: readonly (readonly Term[])[];
  where?: (values: Values) => boolean;
  /** Undefined: `conclude` makes them. */
  then?: readonly (readonly Term[])[];
  conclude?: (values: Values) => readonly (readonly Term[])[];
  priority: number;
}

export function compileRules(rules: readonly Rule[]): Compiled[] {
  if (!Array.isArray(rules)) throw new TypeError(`expected rules to be a list, got ${shown(rules)}`);
  const names = new Set<string>();
  return rules.map((rule: Rule, order) => {
    if (rule === null || typeof rule !== "object" || typeof rule.name !== "string" || rule.name === "") throw new TypeError(`expected rule ${order} to have a name, got ${shown(rule)}`);
    known(rule, ["name", "when", "unless", "where", "then", "priority"]);
    const { name } = rule;
    if (names.has(name)) throw new RangeError(`expected rules of different names, got ${shown(name)} twice`);
    names.add(name);
    const list = (part: "when" | "unless" | "then") => {
      const patterns = rule[part] ?? [];
      if (!Array.isArray(patterns)) throw new TypeError(`expected ${part} of rule ${shown(name)} to be a list of patterns, got ${shown(patterns)}`);
      return patterns.map((pattern) => terms(pattern, `${part} of rule ${shown(name)}`));
    };
    const [when, unless] = [list("when"), list("unless")];
    const then = typeof rule.then === "function" ? undefined : list("then");
    if (then?.length === 0) throw new RangeError(`expected rule ${shown(name)} to conclude something, got no then`);
    const bound = variables(when);
    for (const variable of variables(then ?? [])) if (!bound.has(variable)) throw new RangeError(`expected ?${variable} in then of rule ${shown(name)} to stand in its when too`);
    const asked = <T>(part: "where" | "then", work: (bindings: any) => T) => (values: Values): T => {
      try {
        return work(Object.freeze(Object.fromEntries(values)));
      } catch (error) {
        throw new Error(`${part} of rule ${shown(name)} failed with ${Object.entries(Object.fromEntries(values)).map(([one, value]) => `${one} = ${String(value)}`).join(", ") || "no variables"}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
      }
    };
    const priority = finite({ [`priority of rule ${shown(name)}`]: rule.priority ?? 0 });
    const make = typeof rule.then === "function" ? asked("then", rule.then) : undefined;
    return {
      order, name, when, unless, priority, ...(rule.where && { where: asked("where", rule.where) }),
      ...(then && { then }), ...(make && { conclude: (values: Values) => make(values).map((fact) => terms(fact, `a conclusion of rule ${shown(name)}`)) }),
    };
  });
}
