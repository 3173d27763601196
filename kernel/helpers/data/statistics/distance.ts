/** Squared Euclidean distance. */
export function squared(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let total = 0;
  for (let at = 0; at < a.length; at++) total += (a[at]! - b[at]!) ** 2;
  return total;
}

/** Indices of the `count` smallest distances to each row, itself left out, nearest first; ties by index. */
export function nearest(rows: readonly ArrayLike<number>[], count: number, distance: (a: number, b: number) => number = (a, b) => squared(rows[a]!, rows[b]!)): { index: number; distance: number }[][] {
  return rows.map((_, from) => {
    const best: { index: number; distance: number }[] = [];
    for (let to = 0; to < rows.length; to++) {
      if (to === from) continue;
      const away = distance(from, to);
      if (best.length === count && away >= best[count - 1]!.distance) continue;
      let place = best.length;
      while (place > 0 && best[place - 1]!.distance > away) place -= 1;
      best.splice(place, 0, { index: to, distance: away });
      if (best.length > count) best.pop();
    }
    return best;
  });
}
