import { allFinite, positive, whole } from "../../arguments.js";

export interface QuantiseOptions {
  /** Values outside [-range, range] are clipped to it, and counted. */
  readonly range: number;
  /** How many clients at most are summed. */
  readonly clients: number;
  /** The most examples a client may count for. Default 1. */
  readonly maxExamples?: number;
}

/**
 * Steps from 0 to `range`: as many as let the sum of all clients' integers stay below 2^32, so that it is never taken modulo anything.
 *
 * @throws `expected clients * maxExamples at most 2097151, got ...`: fewer than 1,024 steps would be left.
 * @example federated.secure.levels({ range: 1, clients: 10, maxExamples: 100 }) // 2147483
 */
export function levels(options: QuantiseOptions): number {
  positive({ range: options.range });
  const votes = whole({ clients: options.clients }, 1) * whole({ maxExamples: options.maxExamples ?? 1 }, 1);
  const count = Math.floor((2 ** 32 - 1) / (2 * votes));
  if (count < 1024) throw new RangeError(`expected clients * maxExamples at most 2097151, got ${votes}`);
  return count;
}

/**
 * Real values as integers that can be summed under masks: examples * round((v + range) / range * levels), then the examples themselves as the last number.
 * Rounded to the nearest: an error of at most half a step, range / levels / 2, in a client's value.
 *
 * @param values finite numbers.
 * @param options as `levels`, with the `examples` that this client counts for, 1 to maxExamples.
 * @returns `vector` (one longer than values), and how many values were `clipped` to the range.
 * @throws `expected examples at most 1 (maxExamples), got 5`.
 * @example federated.secure.quantise([0, 2], { range: 1, clients: 1, examples: 1 }).clipped // 1
 */
export function quantise(values: ArrayLike<number>, options: QuantiseOptions & { readonly examples?: number }): { vector: Uint32Array; clipped: number } {
  const { range, maxExamples = 1 } = options;
  const steps = levels(options);
  const examples = whole({ examples: options.examples ?? 1 }, 1);
  if (examples > maxExamples) throw new RangeError(`expected examples at most ${maxExamples} (maxExamples), got ${examples}`);
  allFinite({ values });
  const vector = new Uint32Array(values.length + 1);
  let clipped = 0;
  for (let at = 0; at < values.length; at++) {
    const value = Math.min(range, Math.max(-range, values[at]!));
    if (value !== values[at]) clipped++;
    vector[at] = examples * Math.round((value / range + 1) * steps);
  }
  vector[values.length] = examples;
  return { vector, clipped };
}

/**
 * The sum of the values, each times its client's examples, from the sum of quantised vectors; and the sum of the examples.
 *
 * @param total the exact sum of `vector`s, without masks.
 * @param options the same as for `quantise`.
 * @throws `expected the examples of the sum to be from 1 to 3, got 12`: masks were left in it, or a client did not keep to the rules.
 * @example
 * const options = { range: 1, clients: 2 };
 * const [a, b] = [[0.5], [-0.25]].map((values) => federated.secure.quantise(values, options).vector);
 * federated.secure.dequantise(a.map((value, at) => value + b[at]), options).sum[0] // 0.25000
 */
export function dequantise(total: Uint32Array, options: QuantiseOptions): { sum: Float64Array; examples: number } {
  const steps = levels(options);
  const examples = total.at(-1)!;
  const most = options.clients * (options.maxExamples ?? 1);
  if (examples < 1 || examples > most) throw new RangeError(`expected the examples of the sum to be from 1 to ${most}, got ${examples}`);
  const sum = Float64Array.from(total.subarray(0, -1), (value) => (value / steps - examples) * options.range);
  return { sum, examples };
}
