import { known, oneOf, shown, whole } from "../../arguments.js";
import { frozen, shownBy, tableUnder } from "../show.js";
import { byCriteria, instances, ruledOut, type Instance } from "./agenda.js";
import { compileRules } from "./compile.js";
import type { Bindings, Criterion, Fact, Firing, Missing, Pattern, Proof, Rule } from "./contract.js";
import { Memory, type Known } from "./memory.js";
import { proofOf, type Fired } from "./proof.js";
import { factTerms, fill, key, patternTerms, text } from "./terms.js";
import { missingFor } from "./why-not.js";

export interface ForwardChainOptions {
  /**
   * What decides between rules that could fire; the first that differs, at last the order of the rules and of the facts.
   * "priority": the higher; "certain": rules without `unless` first, so that what could rule a conclusion out is known before; "specificity": more conditions; "recency": the newest facts.
   * Default: in this order.
   */
  conflict?: readonly Criterion[];
  /** Firings at most; more is an error, as rules that make ever new facts have no end. Default 10,000. */
  limit?: number;
}

export interface Deduction {
  /** Everything that holds in the end, in the order in which it was known. */
  readonly facts: readonly string[];
  /** What was concluded, in order. */
  readonly conclusions: readonly string[];
  readonly firings: readonly Firing[];
  /** Conclusions whose `unless` came to hold later: change priorities, or do not believe them. */
  readonly overtaken: readonly { readonly fact: string; readonly rule: string; readonly by: string }[];
  /** What the variables of a pattern can stand for; `{}` for each fact that fits a pattern without any. */
  readonly ask: (pattern: Pattern) => readonly Bindings[];
  /** How a fact came to hold: a tree of rules down to the facts that were given. */
  readonly how: (fact: Fact) => Proof;
  /** What a fact was needed for: the firings that rest on it. */
  readonly why: (fact: Fact) => readonly Firing[];
  /** Why a fact does not hold: of each rule that could conclude it, the conditions that are met and the first that is not. */
  readonly whyNot: (fact: Fact) => readonly Missing[];
}

/**
 * A small expert system: fires the rules whose conditions hold, one at a time, until none adds anything; then answers `ask`, `how`, `why` and `whyNot`.
 * An instance of a rule fires once, and only if it concludes something new. Nothing is ever taken back: `unless` looks at what holds when the rule fires.
 *
 * Source: production systems (Newell; OPS5, CLIPS), explanations as in MYCIN (Shortliffe 1976).
 *
 * @param data `rules` and the `facts` given
 * @throws `expected ?x in then of rule "a" to stand in its when too`; `expected fact 2 without variables, got ?who in "?who coughs"`; `expected the rules to come to rest within 10000 firings, rule "count" still adds ...`
 * @example
 * const rules = [
 *   { name: "infection", when: ["?who has fever", "?who has cough"], then: ["?who has infection"] },
 *   { name: "rest", when: ["?who has infection"], unless: ["?who is vaccinated"], then: ["?who should rest"] },
 * ];
 * const found = nn.forwardChain({ rules, facts: ["ann has fever", "ann has cough", "bob has cough"] });
 * found.conclusions // ["ann has infection", "ann should rest"]
 * found.ask("?who should rest") // [{ who: "ann" }]
 * found.whyNot("bob should rest")[0].missing // "bob has infection"
 */
export function forwardChain(data: { rules: readonly Rule[]; facts: readonly Fact[] }, options: ForwardChainOptions = {}): Deduction {
  known(data, ["rules", "facts"]);
  known(options, ["conflict", "limit"]);
  const rules = compileRules(data.rules);
  const criteria = options.conflict ?? ["priority", "certain", "specificity", "recency"];
  for (const conflict of criteria) oneOf({ conflict }, ["priority", "certain", "specificity", "recency"]);
  const limit = whole({ limit: options.limit ?? 10_000 }, 1);
  if (!Array.isArray(data.facts)) throw new TypeError(`expected facts to be a list, got ${shown(data.facts)}`);

  const memory = new Memory();
  const order = byCriteria(criteria);
  let agenda: Instance[] = rules.flatMap((rule) => [...instances(rule, memory, undefined)]);
  const learn = (fact: Known | undefined) => {
    if (fact) for (const rule of rules) agenda.push(...instances(rule, memory, fact));
  };
  data.facts.forEach((fact, at) => learn(memory.add(factTerms(fact, `fact ${at}`))));

  const fired: Fired[] = [];
  const conclusions = (one: Instance) => (one.adds ??= conclude(one).map((fact) => ({ terms: fact, key: key(fact) })));
  const conclude = ({ rule, values }: Instance) => (rule.conclude?.(values) ?? rule.then!.map((pattern) => fill(pattern, values))).map((one) => factTerms(one, `a conclusion of rule ${shown(rule.name)}`));
  for (;;) {
    // What concludes nothing new is done with; what is ruled out stays so, as nothing is taken back.
    agenda = agenda.filter((one) => !ruledOut(one, memory) && conclusions(one).some((fact) => !memory.has(fact.key))).sort(order);
    const next = agenda.shift();
    if (!next) break;
    const step = fired.length;
    const fresh = conclusions(next).flatMap((fact) => memory.add(fact.terms, step) ?? []);
    if (step >= limit) throw new RangeError(`expected the rules to come to rest within ${limit} firings, rule ${shown(next.rule.name)} still adds ${shown(text(fresh[0].terms))}`);
    fired.push({ ...next, added: fresh, others: agenda.slice(0, 20).map(({ rule, values }) => ({ rule: rule.name, bindings: Object.fromEntries(values) })) });
    fresh.forEach(learn);
  }

  const firings: readonly Firing[] = frozen(fired.map(({ rule, values, facts, added, others }, at): Firing => ({ step: at + 1, rule: rule.name, bindings: Object.fromEntries(values), premises: facts.map(({ terms }) => text(terms)), added: added.map(({ terms }) => text(terms)), agenda: others })));
  const overtaken = fired.flatMap((one) => {
    const by = ruledOut(one, memory);
    return by ? one.added.map(({ terms }) => ({ fact: text(terms), rule: one.rule.name, by: text(by.terms) })) : [];
  });
  const held = (fact: Fact): Known => {
    const found = memory.get(factTerms(fact, "fact"));
    if (!found) throw new RangeError(`unknown fact: ${text(factTerms(fact, "fact"))} does not hold (ask whyNot)`);
    return found;
  };
  const result: Deduction = frozen({
    facts: memory.facts.map(({ terms }) => text(terms)),
    conclusions: firings.flatMap(({ added }) => added),
    firings, overtaken,
    ask: (pattern: Pattern) => frozen(Array.from(memory.matches(patternTerms(pattern), new Map()), ({ values }) => Object.fromEntries(values))),
    how: (fact: Fact) => proofOf(held(fact), fired),
    why: (fact: Fact) => {
      const { id } = held(fact);
      return firings.filter((_, at) => fired[at].facts.some((one) => one.id === id));
    },
    whyNot: (fact: Fact) => missingFor(factTerms(fact, "fact"), rules, memory),
  });
  return shownBy({ ...result }, () => tableUnder(`${data.facts.length} facts given, ${result.conclusions.length} concluded by ${firings.length} firings${overtaken.length ? `. Overtaken: ${overtaken.map(({ fact, by }) => `${fact} (now ${by})`).join("; ")}` : ""}`,
    firings.map(({ step, rule, premises, added, agenda: waiting }) => ({ step, rule, because: premises.join("; "), therefore: added.join("; "), waiting: waiting.length }))));
}
