/** A word, a number, or true and false. */
export type Term = string | number | boolean;

/** `"ann has fever"`, words with spaces between (numbers among them are numbers), or the terms one by one: `["ann", "has", "high fever"]`. */
export type Fact = string | readonly Term[];

/** A fact in which words that begin with `?` stand for anything, the same word for the same thing: `"?who has ?what"`. */
export type Pattern = Fact;

/** What the variables stand for, without their question marks: `{ who: "ann" }`. */
export type Bindings = Readonly<Record<string, Term>>;

export interface Rule {
  name: string;
  /** All of them must hold. */
  when: readonly Pattern[];
  /** None of them may hold when the rule fires. Variables that `when` does not bind stand for anything. */
  unless?: readonly Pattern[];
  /** A test of what the variables stand for, such as `({ temperature }) => temperature > 38`. */
  where?: (bindings: any) => boolean;
  /** What is concluded; or a function that makes it of the bindings. */
  then: readonly Pattern[] | ((bindings: any) => readonly Fact[]);
  /** Higher fires first. Default 0. */
  priority?: number;
}

/** What decides between rules that could fire, the first that differs. */
export type Criterion = "priority" | "certain" | "specificity" | "recency";

export interface Firing {
  readonly step: number;
  readonly rule: string;
  readonly bindings: Bindings;
  /** The facts that made it fire. */
  readonly premises: readonly string[];
  /** The facts that it added. */
  readonly added: readonly string[];
  /** What else could have fired, best first. */
  readonly agenda: readonly { readonly rule: string; readonly bindings: Bindings }[];
}

/** Why a fact holds: given, or concluded by a rule from facts that hold. */
export interface Proof {
  readonly fact: string;
  /** Undefined: it was given. */
  readonly rule?: string;
  readonly step?: number;
  readonly premises: readonly Proof[];
  /** What was looked for and not found. */
  readonly absent: readonly string[];
  /** The tree as indented lines. */
  readonly text: string;
}

/** Why a fact does not hold: of each rule that could conclude it, how far it came. */
export interface Missing {
  readonly rule: string;
  /** Conditions that hold together, and the first that does not. */
  readonly met: readonly string[];
  readonly missing: string;
}
