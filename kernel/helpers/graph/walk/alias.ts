/** Draws from a list of weights in constant time: each place holds itself with some chance, else another (Walker 1977, Vose 1991). */
export interface AliasTable {
  readonly chance: Float64Array;
  readonly other: Int32Array;
}

/** Fills `table` at places from `from` to `to` for the weights there; `other` counts from 0 at `from`. */
export function fillAlias(table: AliasTable, weights: ArrayLike<number>, from: number, to: number): void {
  const size = to - from;
  let sum = 0;
  for (let at = from; at < to; at++) sum += weights[at];
  const [small, large]: [number[], number[]] = [[], []];
  for (let k = 0; k < size; k++) {
    table.chance[from + k] = (weights[from + k] * size) / sum;
    table.other[from + k] = k;
    (table.chance[from + k] < 1 ? small : large).push(k);
  }
  while (small.length > 0 && large.length > 0) {
    const [less, more] = [small.pop()!, large[large.length - 1]];
    table.other[from + less] = more;
    table.chance[from + more] += table.chance[from + less] - 1;
    if (table.chance[from + more] < 1) small.push(large.pop()!);
  }
  // What is left differs from 1 by rounding alone.
  for (const k of [...small, ...large]) table.chance[from + k] = 1;
}

export function aliasOf(weights: ArrayLike<number>): AliasTable {
  const table = { chance: new Float64Array(weights.length), other: new Int32Array(weights.length) };
  fillAlias(table, weights, 0, weights.length);
  return table;
}

/** A place from 0 to size - 1 of the table that starts at `from`. */
export function drawAlias({ chance, other }: AliasTable, from: number, size: number, uniform: () => number): number {
  const at = uniform() * size;
  const k = at | 0;
  return at - k < chance[from + k] ? k : other[from + k];
}
