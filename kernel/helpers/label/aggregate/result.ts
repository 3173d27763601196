import type { ClassOptions, Label, Votes } from "../annotations/contract.js";
import { showAs } from "../show.js";

/** One label for each item, with how sure the method is. Plain data; shown as a table. */
export interface Aggregation<L extends Label = Label> {
  readonly method: string;
  readonly items: readonly (string | number)[];
  readonly annotators: readonly (string | number)[];
  readonly classes: readonly L[];
  /** The most probable class of each item; null where classes tie. */
  readonly labels: readonly (L | null)[];
  /** A row an item, a number a class; rows sum to 1. */
  readonly probabilities: readonly (readonly number[])[];
  /** What to know before relying on it. */
  readonly warnings: readonly string[];
}

export interface Iterated {
  readonly iterations: number;
  /** False: stopped by the limit of iterations. */
  readonly converged: boolean;
  /** Log-likelihood (natural log) of all labels under the parameters at the start of each iteration, and of the last ones: it never falls (for MACE with method "vb" it may). */
  readonly logLikelihoods: readonly number[];
}

export interface IterationOptions<L extends Label = Label> extends ClassOptions<L> {
  /** At most so many rounds. Default 100. */
  iterations?: number;
  /** Stop when no probability changed by more in a round. Default 1e-6; 0: do all rounds. */
  tolerance?: number;
}

/** Two classes this close are a tie: sums of equal votes in another order may differ in the last digit. */
const tie = 1e-9;

/** The largest entry's place; -1 where another is as large. */
export function largest(row: ArrayLike<number>): number {
  let best = 0;
  for (let k = 1; k < row.length; k++) if (row[k]! > row[best]!) best = k;
  for (let k = 0; k < row.length; k++) if (k !== best && row[best]! - row[k]! < tie) return -1;
  return best;
}

export function aggregation<L extends Label, Extra extends object>(method: string, votes: Votes<L>, flat: Float64Array, extra: Extra, warnings: readonly string[] = []): Aggregation<L> & Readonly<Extra> {
  const { items, annotators, classes } = votes;
  const probabilities = rows(flat, classes.length);
  const labels = probabilities.map((row) => classes[largest(row)] ?? null);
  const result = { method, items, annotators, classes, labels, probabilities, warnings, ...extra };
  const table = () => items.map((item, i) => ({ item, label: labels[i], probability: Math.max(...probabilities[i]!) }));
  const title = () => [`${method}: ${items.length} items, ${annotators.length} annotators, ${classes.length} classes`, ...warnings].join("; ");
  return showAs(result, table, title);
}

export function rows(flat: Float64Array, width: number): number[][] {
  return Array.from({ length: flat.length / width }, (_, i) => Array.from(flat.subarray(i * width, (i + 1) * width)));
}

/** Shares of the labels of each item: where every method starts. */
export function voteShares({ items, start, label, classes }: Votes): Float64Array {
  const size = classes.length;
  const shares = new Float64Array(items.length * size);
  for (let i = 0; i < items.length; i++) {
    const each = 1 / (start[i + 1]! - start[i]!);
    for (let at = start[i]!; at < start[i + 1]!; at++) shares[i * size + label[at]!]! += each;
  }
  return shares;
}

/** In place: logarithms to probabilities that sum to 1. Gives the logarithm of what they summed to. */
export function normalizeLog(logs: Float64Array, from: number, size: number): number {
  let top = -Infinity;
  for (let k = from; k < from + size; k++) if (logs[k]! > top) top = logs[k]!;
  let sum = 0;
  for (let k = from; k < from + size; k++) sum += logs[k] = Math.exp(logs[k]! - top);
  for (let k = from; k < from + size; k++) logs[k]! /= sum;
  return top + Math.log(sum);
}

/** The largest change, and the new numbers copied over the old. */
export function moveTo(old: Float64Array, next: Float64Array): number {
  let change = 0;
  for (let at = 0; at < old.length; at++) {
    const step = Math.abs(next[at]! - old[at]!);
    if (step > change) change = step;
    old[at] = next[at]!;
  }
  return change;
}

export function commonWarnings({ annotators, classes, label }: Votes, converged: boolean, iterations: number): string[] {
  const used = new Set(label);
  const unused = classes.filter((_, k) => !used.has(k));
  return [
    ...(annotators.length < 3 ? [`${annotators.length} annotators: their error rates cannot be told apart, three are needed`] : []),
    ...(unused.length > 0 ? [`no annotator used ${unused.join(", ")}`] : []),
    ...(converged ? [] : [`not converged after ${iterations} iterations`]),
  ];
}
