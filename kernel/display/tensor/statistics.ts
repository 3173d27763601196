/** Population statistics of the finite elements, and a count of the others. */
export interface Statistics {
  min: number;
  mean: number;
  max: number;
  std: number;
  finite: number;
  nan: number;
  infinite: number;
}

/** @example statistics([1, 2, 3, NaN]) // { min: 1, mean: 2, max: 3, std: 0.816..., finite: 3, nan: 1, infinite: 0 } */
export function statistics(values: ArrayLike<number>): Statistics {
  let [min, max, mean, squares, finite, nan] = [Infinity, -Infinity, 0, 0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const x = values[i];
    if (Number.isFinite(x)) {
      finite++;
      if (x < min) min = x;
      if (x > max) max = x;
      // Welford's update: no loss of digits for values far from zero.
      const step = x - mean;
      mean += step / finite;
      squares += step * (x - mean);
    } else if (Number.isNaN(x)) nan++;
  }
  return { min, mean, max, std: Math.sqrt(squares / finite), finite, nan, infinite: values.length - finite - nan };
}
