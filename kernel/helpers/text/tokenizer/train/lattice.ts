import type { Trie } from "../models/trie.js";

/** A piece that may stand in a word: from where to where, its id and score. */
export interface Node {
  id: number;
  from: number;
  to: number;
  score: number;
}

/** All pieces that may stand in one word. Nodes are in order of their beginnings, then of their lengths. */
export interface Lattice {
  size: number;
  nodes: Node[];
  begins: number[][];
  ends: number[][];
}

/** @param unknown score of a character that is no piece (id 0) */
export function latticeOf(word: string, trie: Trie, scores: Float64Array, unknown: number): Lattice {
  const size = word.length;
  const nodes: Node[] = [];
  const begins: number[][] = Array.from({ length: size + 1 }, () => []);
  const ends: number[][] = Array.from({ length: size + 1 }, () => []);
  const insert = (from: number, to: number, id: number, score: number): void => {
    begins[from]!.push(nodes.length);
    ends[to]!.push(nodes.length);
    nodes.push({ id, from, to, score });
  };
  for (let at = 0; at < size; ) {
    const next = at + (word.codePointAt(at)! > 0xffff ? 2 : 1);
    let alone = false;
    trie.prefixes(word, at, (to, id) => {
      insert(at, to, id, scores[id]!);
      if (to === next) alone = true;
    });
    if (!alone) insert(at, next, 0, unknown);
    at = next;
  }
  return { size, nodes, begins, ends };
}

const logSum = (x: number, y: number): number => (x === Number.NEGATIVE_INFINITY ? y : Math.max(x, y) + Math.log1p(Math.exp(-Math.abs(x - y))));

/** Adds to `expected` how often each piece stands in the word, on average over all its cuts by their likelihood, times `times`. Gives the log-likelihood. */
export function addMarginals({ size, nodes, begins, ends }: Lattice, times: number, expected: Float64Array): number {
  const before = new Float64Array(size + 1).fill(Number.NEGATIVE_INFINITY);
  const after = new Float64Array(size + 1).fill(Number.NEGATIVE_INFINITY);
  before[0] = after[size] = 0;
  for (let at = 1; at <= size; at++) for (const node of ends[at]!) before[at] = logSum(before[at]!, before[nodes[node]!.from]! + nodes[node]!.score);
  for (let at = size - 1; at >= 0; at--) for (const node of begins[at]!) after[at] = logSum(after[at]!, after[nodes[node]!.to]! + nodes[node]!.score);
  const all = before[size]!;
  for (const { id, from, to, score } of nodes) expected[id]! += times * Math.exp(before[from]! + score + after[to]! - all);
  return all;
}

/** The likeliest cut, as ids; of equals the one found first. */
export function likeliest({ size, nodes, ends }: Lattice, without = -1): { ids: number[]; score: number } | undefined {
  const best = new Float64Array(size + 1).fill(Number.NEGATIVE_INFINITY);
  const came = new Int32Array(size + 1).fill(-1);
  best[0] = 0;
  for (let at = 1; at <= size; at++) {
    for (const node of ends[at]!) {
      const { from, score } = nodes[node]!;
      if (node === without || best[from] === Number.NEGATIVE_INFINITY || !(best[from]! + score > best[at]!)) continue;
      best[at] = best[from]! + score;
      came[at] = node;
    }
  }
  if (best[size] === Number.NEGATIVE_INFINITY) return undefined;
  const ids: number[] = [];
  for (let at = size; at > 0; at = nodes[came[at]!]!.from) ids.push(nodes[came[at]!]!.id);
  return { ids: ids.reverse(), score: best[size]! };
}
