import { known, oneOf, positive, shown } from "../../arguments.js";
import type { Cost } from "../budget/budget.js";
import { drawDiscreteLaplace } from "../random/exact.js";
import { over, rational, whole } from "../random/rational.js";
import { sourceFor } from "../random/source.js";
import { neighbourWords, type Neighbours } from "./bounds.js";
import { pay, type MechanismOptions } from "./release.js";

export type HistogramOptions<T> = MechanismOptions & {
  /** Privacy loss of the whole histogram, above 0: a person is in one bin only. */
  epsilon: number;
  /** `addRemove` (default) changes one count by 1, `replace` two. */
  neighbours?: Neighbours;
} & ({ /** Public, increasing: bins [a, b), the last one with its upper end. */ edges: readonly number[]; categories?: undefined } | { /** Public: all the values there can be. */ categories: readonly T[]; edges?: undefined });

export interface NoisyHistogram<T> {
  /** One a bin; not clipped, a noisy count may be negative. */
  readonly bins: readonly { readonly from?: number; readonly to?: number; readonly category?: T; readonly count: number }[];
  /** Values in none of the bins, with noise too. */
  readonly other: number;
  readonly spent: Cost;
  /** Scale of the noise on each count. */
  readonly scale: number;
}

/**
 * Counts a bin, each with exact discrete Laplace noise of scale 1 / epsilon (`replace`: 2 / epsilon): epsilon-differentially private. Bins are public; empty ones get noise too.
 * What falls in no bin is counted as `other`, not dropped.
 *
 * @param values one value a person
 * @throws `expected public edges or categories: they are never taken from the data, got neither`; `expected increasing edges, got ...`; `expected different categories, got "a" twice`
 * @see Dwork, McSherry, Nissim and Smith 2006
 * @example
 * const noisy = privacy.histogram(["a", "b", "a", "z"], { categories: ["a", "b"], epsilon: 60 });
 * noisy.bins.map(({ count }) => count) // [2, 1]
 * noisy.other // 1
 */
export function histogram<T = number>(values: ArrayLike<T>, options: HistogramOptions<T>): NoisyHistogram<T> {
  known(options, ["epsilon", "edges", "categories", "neighbours", "budget", "unsafeSeed"]);
  const epsilon = positive({ epsilon: options.epsilon });
  const replace = oneOf({ neighbours: options.neighbours ?? "addRemove" }, neighbourWords) === "replace";
  const { size, find, describe } = options.edges ? edgeBins(options.edges) : categoryBins(options.categories);
  const counts = new Float64Array(size + 1);
  for (let at = 0; at < values.length; at++) {
    const bin = find(values[at] as never);
    counts[bin >= 0 ? bin : size]! += 1;
  }
  const spent = Object.freeze({ epsilon, delta: 0 });
  pay(options.budget, spent, "histogram");
  const source = sourceFor(options);
  const scale = over(whole(replace ? 2n : 1n), rational(epsilon));
  const noisy = Array.from(counts, (count) => count + Number(drawDiscreteLaplace(source, scale)));
  const bins = noisy.slice(0, size).map((count, at) => Object.freeze({ ...describe(at), count }));
  return Object.freeze({ bins: Object.freeze(bins) as NoisyHistogram<T>["bins"], other: noisy[size]!, spent, scale: (replace ? 2 : 1) / epsilon });
}

interface Bins {
  size: number;
  find(value: never): number;
  describe(at: number): object;
}

function edgeBins(edges: readonly number[]): Bins {
  if (edges.length < 2 || edges.some((edge, at) => !Number.isFinite(edge) || (at > 0 && edge <= edges[at - 1]!))) throw new RangeError(`expected increasing edges, got ${shown(String(edges))}`);
  const size = edges.length - 1;
  return {
    size,
    find(value: number) {
      if (value === edges[size]) return size - 1;
      // NaN is in no bin.
      return edges.findIndex((edge, at) => at < size && value >= edge && value < edges[at + 1]!);
    },
    describe: (at) => ({ from: edges[at]!, to: edges[at + 1]! }),
  };
}

function categoryBins(categories: readonly unknown[] | undefined): Bins {
  if (!categories) throw new TypeError("expected public edges or categories: they are never taken from the data, got neither");
  const index = new Map<unknown, number>();
  for (const [at, category] of categories.entries()) {
    if (index.has(category)) throw new RangeError(`expected different categories, got ${shown(category)} twice`);
    index.set(category, at);
  }
  return { size: categories.length, find: (value) => index.get(value) ?? -1, describe: (at) => ({ category: categories[at] }) };
}
