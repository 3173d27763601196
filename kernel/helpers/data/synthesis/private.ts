import { inside, known, positive, whole } from "../../arguments.js";
import { accountant } from "../../privacy/accounting/accountant.js";
import * as events from "../../privacy/accounting/events/index.js";
import type { PrivacyEvent } from "../../privacy/accounting/events/event.js";
import type { Budget, Cost } from "../../privacy/budget/budget.js";
import { exponential } from "../../privacy/mechanisms/exponential.js";
import { gaussian } from "../../privacy/mechanisms/gaussian.js";
import { bytes } from "../../privacy/random/bytes.js";
import { random } from "../random.js";
import { shows } from "../statistics/show.js";
import { frameOf, type AnyRow, type Rows } from "../table/rows.js";
import { fromColumns, type Table } from "../table/table.js";
import { codeColumn, type Coded, type Domain } from "./domain.js";

export interface PrivateSynthesisOptions {
  /** Public domain of each column that is made up; other columns are left out. */
  columns: Readonly<Record<string, Domain>>;
  /** Privacy loss of everything together, above 0. */
  epsilon: number;
  /** Above 0 and below 1; smaller than one over the number of people. Default 1e-6. */
  delta?: number;
  /** Rows to make up. Default: about as many as there are, by a noisy count. */
  count?: number;
  /** Pays for all before anything is drawn. */
  budget?: Budget;
  /** UNSAFE: repeatable noise, which whoever guesses the seed can subtract. For lessons and tests only. */
  unsafeSeed?: number;
}

export interface PrivateSynthesis {
  readonly table: Table;
  /** What was spent, as the accountant sees it; never more than asked for. */
  readonly spent: Cost;
  /** What was done, for an accountant of your own. */
  readonly event: PrivacyEvent;
  /** Which columns are tied: the model is a tree of pairs. */
  readonly pairs: readonly (readonly [string, string])[];
  /** Standard deviation of the noise on each count, of single columns and of pairs. */
  readonly noise: { readonly columns: number; readonly pairs: number };
}

/**
 * A table made up under (epsilon, delta)-differential privacy, where a person is one row that is there or not: noisy counts of each column; then, chosen by the exponential mechanism, the pairs of columns
 * (a tree) that these counts explain worst, with noisy counts of their own; then rows drawn from that tree. This is the method MST without its inference step: the counts are used as they come, negative ones as 0.
 *
 * The guarantee covers the whole result, also its number of rows and the pairs chosen; it needs domains that were not read off the data, and one row a person. What is missing or outside a domain has a bin of its own (null).
 * Ties of three and more columns are lost, and so are counts below the noise: look at `noise` beside the size of your groups, since small groups suffer most.
 *
 * @throws `expected epsilon > 0, got 0`; `expected delta above 0 and below 1, got 1`; `expected increasing edges of age, got ...`; `expected different categories of town, got ...`; `unknown column: age (columns: ...)`; `expected at least 1 column, got none`; `budget exceeded: ...`.
 * @see McKenna, Miklau and Sheldon 2021
 * @example
 * const rows = Array.from({ length: 400 }, (_, i) => ({ age: 20 + (i % 40), works: i % 40 < 30 ? "yes" : "no" }));
 * const made = data.synthesizePrivately(rows, { columns: { age: { edges: [20, 30, 40, 50, 60], integer: true }, works: { categories: ["yes", "no"] } }, epsilon: 2, unsafeSeed: 1 });
 * made.pairs // [["age", "works"]]
 * made.spent.epsilon <= 2 // true
 */
export function synthesizePrivately(rows: Rows<object>, options: PrivateSynthesisOptions): PrivateSynthesis {
  known(options, ["columns", "epsilon", "delta", "count", "budget", "unsafeSeed"]);
  const asked = { epsilon: positive({ epsilon: options.epsilon }), delta: inside({ delta: options.delta ?? 1e-6 }) };
  const names = Object.keys(options.columns);
  if (names.length === 0) throw new RangeError("expected at least 1 column, got none");
  if (options.count !== undefined) whole({ count: options.count }, 1);
  const frame = frameOf(rows);
  const coded = names.map((name) => codeColumn(frame, name, options.columns[name]!));
  const { noise, choice, event, epsilon } = calibrate(names.length, asked);
  options.budget?.spend({ ...asked, what: "synthesizePrivately" });
  // Each draw has a seed of its own: equal noise on two counts would cancel out.
  let seeds = options.unsafeSeed;
  const seed = () => (seeds === undefined ? {} : { unsafeSeed: seeds++ * 7919 });

  const noisy = (counts: Float64Array, deviation: number) => gaussian(counts, { noiseMultiplier: deviation, sensitivity: 1, ...seed() }).value;
  const singles = coded.map(({ size, codes }) => noisy(countOf(size, codes), noise.columns));
  const total = Math.max(1, singles.reduce((sum, counts) => sum + counts.reduce((a, b) => a + b, 0), 0) / singles.length);
  const shares = singles.map(toShares);
  const pairs = choosePairs(coded, shares, total, choice, seed);
  const tied = pairs.map(([a, b]) => noisy(pairCounts(coded[a]!, coded[b]!), noise.pairs));
  const count = options.count ?? Math.max(1, Math.round(total));
  const draw = random(options.unsafeSeed ?? new DataView(bytes(4).buffer).getInt32(0));
  const codes = drawRows(coded, shares, pairs, tied, count, draw);
  const table = fromColumns<AnyRow>(Object.fromEntries(names.map((name, at) => [name, Array.from(codes[at]!, (code) => coded[at]!.value(code, draw))])), names);
  const spent = Object.freeze({ epsilon, delta: asked.delta });
  return shows({ table, spent, event, pairs: Object.freeze(pairs.map(([a, b]) => Object.freeze([names[a]!, names[b]!] as const))), noise }, () => [
    { lines: [`${count} rows made up under epsilon ${epsilon.toFixed(3)}, delta ${asked.delta}`, `tied columns: ${pairs.map(([a, b]) => `${names[a]} and ${names[b]}`).join("; ") || "none"}`, `noise on each count: ${noise.columns.toFixed(1)} (columns), ${noise.pairs.toFixed(1)} (pairs)`] },
    { rows: [...table.slice(0, 10)] },
  ]);
}

interface Calibrated {
  noise: { readonly columns: number; readonly pairs: number };
  /** Epsilon of one choice of a pair. */
  choice: number;
  event: PrivacyEvent;
  epsilon: number;
}

/** Concentrated privacy rho in three equal parts (columns, choices, pairs); the largest rho whose events stay within epsilon by the accountant. */
function calibrate(columns: number, { epsilon, delta }: { epsilon: number; delta: number }): Calibrated {
  const at = (rho: number): Calibrated => {
    const ties = columns - 1;
    const part = ties > 0 ? rho / 3 : rho;
    const noise = Object.freeze({ columns: Math.sqrt(columns / (2 * part)), pairs: ties > 0 ? Math.sqrt(ties / (2 * part)) : 0 });
    const choice = ties > 0 ? Math.sqrt((8 * part) / ties) : 0;
    const done: PrivacyEvent[] = [events.repeated({ event: events.gaussian({ noiseMultiplier: noise.columns }), times: columns })];
    if (ties > 0) done.push(events.repeated({ event: events.exponentialMechanism({ epsilon: choice }), times: ties }), events.repeated({ event: events.gaussian({ noiseMultiplier: noise.pairs }), times: ties }));
    const event = events.composed(done);
    return { noise, choice, event, epsilon: accountant().compose(event).epsilon(delta) };
  };
  let low = 1e-9;
  let high = 1e-9;
  while (at(high).epsilon <= epsilon) high *= 2;
  for (let step = 0; step < 40; step++) {
    const middle = Math.sqrt(low * high);
    if (at(middle).epsilon <= epsilon) low = middle;
    else high = middle;
  }
  return at(low);
}

function countOf(size: number, codes: Int32Array): Float64Array {
  const counts = new Float64Array(size);
  for (const code of codes) counts[code]! += 1;
  return counts;
}

function pairCounts(a: Coded, b: Coded): Float64Array {
  const counts = new Float64Array(a.size * b.size);
  for (let row = 0; row < a.codes.length; row++) counts[a.codes[row]! * b.size + b.codes[row]!]! += 1;
  return counts;
}

/** Noisy counts as shares: negative ones are none. */
function toShares(counts: readonly number[]): number[] {
  const cut = counts.map((count) => Math.max(0, count));
  const total = cut.reduce((sum, count) => sum + count, 0);
  return total > 0 ? cut.map((count) => count / total) : cut.map(() => 1 / cut.length);
}

/** A spanning tree, one edge at a time among those that join two parts: likelier, the more people the columns apart would misplace. One person changes that by at most 1. */
function choosePairs(coded: readonly Coded[], shares: readonly number[][], total: number, epsilon: number, seed: () => { unsafeSeed?: number }): [number, number][] {
  const part = coded.map((_, at) => at);
  const misplaced = new Map<string, number>();
  const utility = (a: number, b: number) => {
    const key = `${a}/${b}`;
    if (!misplaced.has(key)) {
      const counts = pairCounts(coded[a]!, coded[b]!);
      let away = 0;
      for (let i = 0; i < shares[a]!.length; i++) for (let j = 0; j < shares[b]!.length; j++) away += Math.abs(counts[i * shares[b]!.length + j]! - total * shares[a]![i]! * shares[b]![j]!);
      misplaced.set(key, away);
    }
    return misplaced.get(key)!;
  };
  const chosen: [number, number][] = [];
  while (chosen.length < coded.length - 1) {
    const open: [number, number][] = [];
    for (let a = 0; a < coded.length; a++) for (let b = a + 1; b < coded.length; b++) if (part[a] !== part[b]) open.push([a, b]);
    const { index } = exponential(open.map(([a, b]) => utility(a, b)), { epsilon, sensitivity: 1, ...seed() });
    const [a, b] = open[index]!;
    chosen.push([a, b]);
    const [from, to] = [part[b]!, part[a]!];
    part.forEach((one, at) => one === from && (part[at] = to));
  }
  return chosen;
}

/** From the first column outward along the tree. */
function drawRows(coded: readonly Coded[], shares: readonly number[][], pairs: readonly [number, number][], tied: readonly number[][], count: number, draw: ReturnType<typeof random>): Int32Array[] {
  const codes = coded.map(() => new Int32Array(count));
  const take = (weights: readonly number[]) => {
    let left = draw.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
    for (let at = 0; at < weights.length; at++) if ((left -= weights[at]!) < 0) return at;
    return weights.reduce((last, weight, at) => (weight > 0 ? at : last), 0);
  };
  codes[0] = Int32Array.from({ length: count }, () => take(shares[0]!));
  const done = new Set([0]);
  while (done.size < coded.length) {
    for (const [edge, [a, b]] of pairs.entries()) {
      if (done.has(a) === done.has(b)) continue;
      const [from, to] = done.has(a) ? [a, b] : [b, a];
      const cell = (i: number, j: number) => Math.max(0, tied[edge]![from === a ? i * coded[b]!.size + j : j * coded[b]!.size + i]!);
      const rows = Array.from({ length: coded[from]!.size }, (_, i) => {
        const row = Array.from({ length: coded[to]!.size }, (__, j) => cell(i, j));
        return row.some((weight) => weight > 0) ? row : shares[to]!;
      });
      codes[to] = Int32Array.from(codes[from]!, (code) => take(rows[code]!));
      done.add(to);
    }
  }
  return codes;
}
