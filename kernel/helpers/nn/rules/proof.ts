import { escape } from "../../../display/escape.js";
import { say } from "../../../display/language.js";
import { shownBy } from "../show.js";
import type { Instance } from "./agenda.js";
import type { Bindings, Proof } from "./contract.js";
import type { Known } from "./memory.js";
import { fill, text } from "./terms.js";

export interface Fired extends Instance {
  added: readonly Known[];
  others: { rule: string; bindings: Bindings }[];
}

/** The tree of reasons of a fact. A fact is younger than its reasons, so that it ends. */
export function proofOf(fact: Known, fired: readonly Fired[]): Proof {
  const firing = fact.firing === undefined ? undefined : fired[fact.firing];
  const premises = Object.freeze(firing?.facts.map((one) => proofOf(one, fired)) ?? []);
  const absent = Object.freeze(firing?.rule.unless.map((pattern) => text(fill(pattern, firing.values))) ?? []);
  const head = `${text(fact.terms)} ${firing ? `(rule ${firing.rule.name})` : "(given)"}`;
  const lines = [head, ...premises.flatMap((proof) => proof.text.split("\n").map((line) => `  ${line}`)), ...absent.map((one) => `  not: ${one}`)];
  const proof: Proof = { fact: text(fact.terms), ...(firing && { rule: firing.rule.name, step: fact.firing! + 1 }), premises, absent, text: lines.join("\n") };
  return shownBy(proof, () => ({ data: { "text/plain": proof.text, "text/html": `<ul>${item(proof)}</ul>` }, metadata: {} }));
}

function item({ fact, rule, premises, absent }: Proof): string {
  const below = [...premises.map(item), ...absent.map((one) => `<li><i>${say("not:", "不成立：")}</i> ${escape(one)}</li>`)].join("");
  return `<li><b>${escape(fact)}</b> ${rule === undefined ? say("(given)", "（已知）") : `${say("because of rule", "依据规则")} <i>${escape(rule)}</i>`}${below && `<ul>${below}</ul>`}</li>`;
}
