import type { Random } from "../../data/random.js";

export interface Coalitions {
  /** Rows of 0 and 1, one a coalition, `players` long. Neither the empty nor the full one. */
  members: Uint8Array;
  /** Weight of each; they sum to 1. */
  weights: Float64Array;
  count: number;
  /** True where every coalition is there: the answer is exact. */
  complete: boolean;
}

/**
 * The coalitions that KernelSHAP asks about: sizes 1 and n - 1 first, then 2 and n - 2, ... as long as all of a size fit into what is left;
 * the rest of the budget is drawn from the remaining sizes, each draw with its complement.
 * A size s has the share (n - 1) / (s (n - s)) of the weight, normalised.
 */
export function coalitions(players: number, samples: number, random: Random): Coalitions {
  const sizes = Math.floor(players / 2);
  const share = new Float64Array(sizes + 1);
  let total = 0;
  for (let size = 1; size <= sizes; size++) {
    share[size] = ((players - 1) / (size * (players - size))) * (size * 2 === players ? 1 : 2);
    total += share[size];
  }
  const rows: Uint8Array[] = [];
  const weights: number[] = [];
  let [left, rest, full] = [samples, 1, 1];
  for (; full <= sizes; full++) {
    const paired = full * 2 !== players;
    const sets = choose(players, full) * (paired ? 2 : 1);
    if (left * (share[full] / total / rest) < sets - 1e-8 || left < sets) break;
    const weight = share[full] / total / sets;
    for (const members of combinations(players, full)) {
      rows.push(members);
      weights.push(weight);
      if (paired) {
        rows.push(complement(members));
        weights.push(weight);
      }
    }
    left -= sets;
    rest -= share[full] / total;
  }
  const complete = full > sizes;
  if (!complete) draw(full, sizes);
  const members = new Uint8Array(rows.length * players);
  rows.forEach((row, at) => members.set(row, at * players));
  return { members, weights: Float64Array.from(weights), count: rows.length, complete };

  function draw(from: number, to: number): void {
    const seen = new Map<string, number>();
    const start = rows.length;
    let sum = 0;
    const order = Array.from({ length: players }, (_, at) => at);
    const add = (members: Uint8Array) => {
      const key = String.fromCharCode(...members);
      const at = seen.get(key);
      if (at !== undefined) weights[at]++;
      else {
        seen.set(key, rows.length);
        rows.push(members);
        weights.push(1);
      }
      sum++;
    };
    // Draws that repeat cost nothing, but a budget near the number of coalitions would never fill: four tries a place.
    for (let tries = 4 * left; tries > 0 && rows.length - start + 1 < left; tries--) {
      let mark = random.uniform() * rest * total;
      let size = from;
      while (size < to && mark >= share[size]) mark -= share[size++];
      const members = new Uint8Array(players);
      for (let at = 0; at < size; at++) {
        const other = random.integer(at, players - 1);
        [order[at], order[other]] = [order[other], order[at]];
        members[order[at]] = 1;
      }
      add(members);
      if (size * 2 !== players) add(complement(members));
    }
    for (let at = start; at < weights.length; at++) weights[at] *= rest / sum;
  }
}

const complement = (members: Uint8Array): Uint8Array => members.map((one) => 1 - one);

function choose(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i;
  return Math.round(ways);
}

function* combinations(n: number, k: number): Generator<Uint8Array> {
  const at = Array.from({ length: k }, (_, i) => i);
  for (;;) {
    const members = new Uint8Array(n);
    for (const i of at) members[i] = 1;
    yield members;
    let last = k - 1;
    while (last >= 0 && at[last] === n - k + last) last--;
    if (last < 0) return;
    at[last]++;
    for (let i = last + 1; i < k; i++) at[i] = at[i - 1] + 1;
  }
}
