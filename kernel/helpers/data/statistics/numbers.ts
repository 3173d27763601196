/** Small statistics of plain numbers. Sorted input where the name says so. */

export const sum = (values: ArrayLike<number>): number => {
  let total = 0;
  for (let at = 0; at < values.length; at++) total += values[at]!;
  return total;
};

export const mean = (values: ArrayLike<number>): number => sum(values) / values.length;

/** Sum of squared differences from the mean, over n - `less`. */
export function variance(values: ArrayLike<number>, less = 1): number {
  const middle = mean(values);
  let total = 0;
  for (let at = 0; at < values.length; at++) total += (values[at]! - middle) ** 2;
  return total / (values.length - less);
}

export const sorted = (values: Iterable<number>): Float64Array => Float64Array.from(values).sort();

/** Linear between the two nearest values, as NumPy, pandas and scikit-learn do by default (type 7 of Hyndman and Fan). NaN of nothing. */
export function quantile(ordered: ArrayLike<number>, share: number): number {
  if (ordered.length === 0) return Number.NaN;
  const place = (ordered.length - 1) * share;
  const low = Math.floor(place);
  const below = ordered[low]!;
  const above = ordered[Math.min(ordered.length - 1, low + 1)]!;
  return below + (above - below) * (place - low);
}

export const median = (values: Iterable<number>): number => quantile(sorted(values), 0.5);

/** Adjusted Fisher-Pearson skewness, as pandas: NaN below 3 values, 0 of a constant. */
export function skewness(values: ArrayLike<number>): number {
  const n = values.length;
  if (n < 3) return Number.NaN;
  const middle = mean(values);
  let second = 0;
  let third = 0;
  for (let at = 0; at < n; at++) {
    const away = values[at]! - middle;
    second += away ** 2;
    third += away ** 3;
  }
  if (second === 0) return 0;
  return ((n * Math.sqrt(n - 1)) / (n - 2)) * (third / second ** 1.5);
}

/** Pearson's r over the rows where both are there; NaN where there are fewer than 2, or one is constant. */
export function pearson(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let n = 0;
  let meanA = 0;
  let meanB = 0;
  let squareA = 0;
  let squareB = 0;
  let product = 0;
  // Welford's updates: exact also where the mean is far larger than the spread.
  for (let at = 0; at < a.length; at++) {
    const [x, y] = [a[at]!, b[at]!];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    n += 1;
    const awayA = x - meanA;
    const awayB = y - meanB;
    meanA += awayA / n;
    meanB += awayB / n;
    squareA += awayA * (x - meanA);
    squareB += awayB * (y - meanB);
    product += awayA * (y - meanB);
  }
  return squareA > 0 && squareB > 0 ? Math.max(-1, Math.min(1, product / Math.sqrt(squareA * squareB))) : Number.NaN;
}

/** Ranks from 1, ties by their mean. */
export function ranks(values: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: values.length }, (_, at) => at).sort((a, b) => values[a]! - values[b]!);
  const result = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to += 1;
    for (let at = from; at < to; at++) result[order[at]!] = (from + to + 1) / 2;
    from = to;
  }
  return result;
}

/** How often each value is there, the commonest first; ties in order of appearance. */
export function tally<T>(values: Iterable<T>): [value: T, count: number][] {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
