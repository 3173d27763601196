import { say } from "../../../display/language.js";
import { shown } from "../../arguments.js";
import type { Label } from "../annotations/contract.js";
import { showAs } from "../show.js";

/** A rule that labels some items and abstains (null) on the others. */
export interface LabelingFunction<Item, L extends Label = Label> {
  readonly name: string;
  (item: Item): L | null;
}

/** What each function said of each item; null: it abstained. Plain data; shown as a table. */
export interface VoteMatrix<L extends Label = Label> {
  readonly functions: readonly string[];
  readonly classes: readonly L[];
  /** A row an item, a column a function. */
  readonly votes: readonly (readonly (L | null)[])[];
}

/**
 * A labelling function: a named rule that gives a class or, by null, abstains.
 *
 * @param name told in tables and errors.
 * @param rule must be synchronous.
 * @throws `expected a name, got ""`; `expected rule to be a function, got 3`.
 * Source: Ratner et al. 2017 (Snorkel).
 * @example
 * const asks = label.labelingFunction("asks", (text: string) => (text.includes("?") ? "question" : null));
 * asks("Why?") // "question"
 * asks("No.") // null
 */
export function labelingFunction<Item, L extends Label>(name: string, rule: (item: Item) => L | null): LabelingFunction<Item, L> {
  if (typeof name !== "string" || name === "") throw new TypeError(`expected a name, got ${shown(name)}`);
  if (typeof rule !== "function") throw new TypeError(`expected rule to be a function, got ${shown(rule)}`);
  return Object.defineProperty((item: Item) => rule(item), "name", { value: name }) as unknown as LabelingFunction<Item, L>;
}

export interface ApplyOptions<L extends Label = Label> {
  functions: readonly LabelingFunction<any, L>[];
  /** All classes, in order. Default: those that the functions gave, sorted. */
  classes?: readonly L[];
}

/**
 * Runs every labelling function on every item.
 *
 * @throws `expected at least one item, got none`; `function asks failed on item 3: ...`; `function asks gave undefined for item 3: expected a class, or null to abstain`; `unknown label: x from function asks`.
 * @example
 * const long = label.labelingFunction("long", (text: string) => (text.length > 5 ? "essay" : null));
 * label.applyFunctions(["short", "long enough"], { functions: [long] }).votes // [[null], ["essay"]]
 */
export function applyFunctions<Item, L extends Label>(items: readonly Item[], { functions, classes }: ApplyOptions<L>): VoteMatrix<L> {
  if (items.length === 0) throw new RangeError("expected at least one item, got none");
  if (!Array.isArray(functions) || functions.length === 0) throw new RangeError("expected at least one labelling function, got none");
  const names = functions.map((rule) => rule.name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new RangeError(`expected functions with different names, got ${twice} twice`);
  const votes = items.map((item, i) => functions.map((rule) => ask(rule, item, i, classes)));
  const found = [...new Set(votes.flat().filter((vote): vote is L => vote !== null))].sort((a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a) < String(b) ? -1 : 1));
  return showAs({ functions: names, classes: classes ?? found, votes }, () => votes.map((row) => Object.fromEntries(names.map((name, j) => [name, row[j] ?? say("abstains", "弃权")]))));
}

function ask<Item, L extends Label>(rule: LabelingFunction<Item, L>, item: Item, i: number, classes?: readonly L[]): L | null {
  let vote: unknown;
  try {
    vote = rule(item);
  } catch (error) {
    throw new Error(`function ${rule.name} failed on item ${i}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  if (vote === null) return null;
  if (typeof vote !== "string" && typeof vote !== "boolean" && !Number.isFinite(vote)) throw new TypeError(`function ${rule.name} gave ${shown(vote)} for item ${i}: expected a class, or null to abstain`);
  if (classes && !classes.includes(vote as L)) throw new RangeError(`unknown label: ${String(vote)} from function ${rule.name} for item ${i} (classes: ${classes.join(", ")})`);
  return vote as L;
}
