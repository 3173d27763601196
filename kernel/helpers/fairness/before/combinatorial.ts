/**
 * Combinatorial repair of one column: groups are cut into as many quantiles as the one with the fewest different values has values, and each
 * value moves towards the lower median of the groups' medians in its quantile, `level` of the way along the ranks of all values. So every repaired
 * value is one that occurs.
 *
 * @param groups each group's different values, sorted
 * @returns for each group, what each of its values becomes
 */
export function combinatorialRepair(groups: readonly Float64Array[], level: number): Float64Array[] {
  const all = Float64Array.from(new Set(groups.flatMap((values) => Array.from(values)))).sort();
  const rank = new Map(Array.from(all, (value, at) => [value, at]));
  const repaired = groups.map((values) => values.slice());
  const quantiles = Math.min(...groups.map(({ length }) => length));
  let from = 0;
  for (let quantile = 0; quantile < quantiles; quantile++) {
    const to = from + 1 / quantiles; // added up, not multiplied, so that rounding falls as in AIF360
    const parts = groups.map(({ length }) => [roundEven(from * length), roundEven(to * length)] as const);
    const target = rank.get(lowerMedian(groups.flatMap((values, g) => (parts[g]![1] > parts[g]![0] ? [lowerMedian(Array.from(values.subarray(...parts[g]!)))] : []))))!;
    groups.forEach((values, g) => {
      for (let at = parts[g]![0]; at < parts[g]![1]; at++) {
        const own = rank.get(values[at])!;
        repaired[g]![at] = all[own + roundEven((target - own) * level)];
      }
    });
    from = to;
  }
  return repaired;
}

/** Halves to the even neighbour, as Python rounds. */
function roundEven(value: number): number {
  const low = Math.floor(value);
  return value - low === 0.5 ? low + (low & 1) : Math.round(value);
}

function lowerMedian(values: number[]): number {
  const order = values.sort((a, b) => a - b);
  return order[Math.ceil(order.length / 2) - 1]!;
}
