import { known, whole } from "../../arguments.js";
import { random } from "../../data/random.js";
import { quantile } from "../importance/partial.js";
import type { Model, NamesOption, OutputOption } from "../model/contract.js";
import { predictor } from "../model/predictor.js";
import { columnNames, frozen, table } from "../table.js";
import { limeFit, type LimeFitOptions } from "./fit.js";

/** What speaks for and against one prediction near one example: weights of conditions, words or segments. */
export interface LocalExplanation {
  /** The largest first. `feature` is the index of the column, word or segment. */
  readonly terms: readonly { readonly feature: number; readonly name: string; readonly weight: number }[];
  readonly intercept: number;
  readonly prediction: number;
  /** What the line says where the model says `prediction`. */
  readonly localPrediction: number;
  /** Weighted R squared of the line: near 0, do not believe it. */
  readonly score: number;
}

export interface LimeTableOptions extends OutputOption, NamesOption, Partial<Pick<LimeFitOptions, "kernelWidth" | "features" | "selection">> {
  /** Training rows: they set the quartiles and how often each is drawn. */
  background: readonly ArrayLike<number>[];
  /** Default 5000. */
  samples?: number;
  /** Default 0. */
  seed?: number;
}

/**
 * LIME for one row of a table: columns are cut at their quartiles, rows around the example are drawn from the quartiles' shares
 * (values within one: normal, cut to it), and a line over "is in the example's quartile" is fitted by closeness.
 * An estimate: another seed gives other weights; see `stability`.
 *
 * @param x the row, finite
 * @throws wrong widths, NaN, unknown options by name
 * @see Ribeiro et al. (2016); defaults of lime.lime_tabular (5000 samples, kernel width 0.75 sqrt(columns), quartiles, ridge 1)
 * @example
 * const background = Array.from({ length: 40 }, (_, i) => [i, (i * 7) % 40]);
 * const { terms } = await explain.limeTable((rows) => rows.map(([a]) => a), [39, 3], { background, samples: 500, features: 1 });
 * terms[0].name // "x0 > 29.25"
 */
export async function limeTable(model: Model, x: ArrayLike<number>, options: LimeTableOptions): Promise<LocalExplanation> {
  known(options, ["background", "samples", "seed", "output", "names", "kernelWidth", "features", "selection"]);
  const background = table({ background: options.background });
  const { width, rows } = background;
  const example = table({ x: [x] }, width).values;
  const names = columnNames(options.names, width);
  const samples = whole({ samples: options.samples ?? 5000 }, 2);
  const dice = random(options.seed ?? 0);
  const bins = Array.from({ length: width }, (_, column) => binsOf(Array.from({ length: rows }, (__, row) => background.values[row * width + column])));
  const same = Array.from({ length: samples }, () => new Uint8Array(width));
  const drawn = new Float64Array(samples * width);
  for (let column = 0; column < width; column++) {
    const { cuts, shares, means, stds, lows, highs } = bins[column];
    const own = binAt(cuts, example[column]);
    for (let sample = 0; sample < samples; sample++) {
      if (sample === 0) {
        same[0][column] = 1;
        drawn[column] = example[column];
        continue;
      }
      let mark = dice.uniform();
      let bin = 0;
      while (bin < shares.length - 1 && mark >= shares[bin]) mark -= shares[bin++];
      same[sample][column] = bin === own ? 1 : 0;
      drawn[sample * width + column] = cutNormal(dice.normal, means[bin], stds[bin], lows[bin], highs[bin]);
    }
  }
  const labels = (await predictor(model, width, options.output)(drawn, samples)).slice(0, samples);
  const line = limeFit({ samples: same, labels }, { kernelWidth: options.kernelWidth ?? 0.75 * Math.sqrt(width), features: options.features ?? 10, selection: options.selection ?? "auto" });
  const terms = line.coefficients.map(({ feature, weight }) => ({ feature, name: condition(names[feature], bins[feature].cuts, example[feature]), weight }));
  return frozen({ terms, intercept: line.intercept, prediction: labels[0], localPrediction: line.localPrediction, score: line.score });
}

interface Bins {
  cuts: number[];
  shares: number[];
  means: number[];
  stds: number[];
  lows: number[];
  highs: number[];
}

function binsOf(values: number[]): Bins {
  const sorted = [...values].sort((a, b) => a - b);
  const cuts = [...new Set([0.25, 0.5, 0.75].map((share) => quantile(sorted, share)))].filter((cut) => cut < sorted.at(-1)!);
  const bins: Bins = { cuts, shares: [], means: [], stds: [], lows: [], highs: [] };
  for (let bin = 0; bin <= cuts.length; bin++) {
    const members = sorted.filter((value) => binAt(cuts, value) === bin);
    const mean = members.reduce((a, b) => a + b, 0) / Math.max(1, members.length);
    bins.shares.push(members.length / sorted.length);
    bins.means.push(mean);
    bins.stds.push(Math.sqrt(members.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, members.length)));
    bins.lows.push(members[0] ?? mean);
    bins.highs.push(members.at(-1) ?? mean);
  }
  return bins;
}

/** A bin holds its upper cut. */
function binAt(cuts: readonly number[], value: number): number {
  let bin = 0;
  while (bin < cuts.length && value > cuts[bin]) bin++;
  return bin;
}

/** Drawn again until it is within; the spread is the bin's own, so that this is soon. */
function cutNormal(normal: () => number, mean: number, std: number, low: number, high: number): number {
  for (let tries = 0; std > 0 && tries < 100; tries++) {
    const value = mean + std * normal();
    if (value >= low && value <= high) return value;
  }
  return mean;
}

const short = (value: number) => String(Number(value.toPrecision(6)));

function condition(name: string, cuts: readonly number[], value: number): string {
  if (cuts.length === 0) return `${name} = ${short(value)}`;
  const bin = binAt(cuts, value);
  if (bin === 0) return `${name} <= ${short(cuts[0])}`;
  return bin === cuts.length ? `${name} > ${short(cuts.at(-1)!)}` : `${short(cuts[bin - 1])} < ${name} <= ${short(cuts[bin])}`;
}
