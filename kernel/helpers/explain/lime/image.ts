import { known, whole } from "../../arguments.js";
import { random } from "../../data/random.js";
import type { Model, OutputOption } from "../model/contract.js";
import { predictor } from "../model/predictor.js";
import { frozen } from "../table.js";
import type { LimeFitOptions } from "./fit.js";
import { fitMasks, leaveOutHalf, masks } from "./mask.js";
import { checkPicture, type Picture } from "./segments.js";
import { slicSegments } from "./slic.js";
import type { LocalExplanation } from "./table.js";

export interface ImageExplanation extends LocalExplanation {
  readonly width: number;
  readonly height: number;
  /** The weight of each pixel's segment, by row; 0 where a segment is not among `terms`. */
  readonly values: readonly number[];
}

export interface LimeImageOptions extends OutputOption, Partial<Pick<LimeFitOptions, "kernelWidth" | "features" | "selection">> {
  /** The segment of each pixel, from 0, by row. Default: `slicSegments`; `gridSegments` gives rectangles. */
  segments?: ArrayLike<number>;
  /** What stands in a segment left out: a number, or its own mean colour (default). */
  fill?: "mean" | number;
  /** Default 1000. */
  samples?: number;
  seed?: number;
}

/**
 * LIME for a picture: segments are left out, each with probability 1/2, and a line over "the segment is there" is fitted by closeness.
 * Defaults as lime.lime_image (1000 samples, kernel width 0.25, cosine distance), but for the segments, which are SLIC superpixels (lime's quickshift
 * draws lots), and the distance's scale: lime's cosine (0 to 1) with width 0.25 is our 100 x cosine with width 25.
 *
 * @param model takes rows of width x height x channels numbers
 * @throws segments of another length than the picture has pixels
 * @see Ribeiro et al. (2016)
 * @example
 * const model = (rows: number[][]) => rows.map((pixels) => pixels[0]);
 * const picture = { data: [1, 0, 0, 0], width: 2, height: 2 };
 * const { terms } = await explain.limeImage(model, picture, { samples: 100, fill: 0 });
 * terms[0].feature // 0
 */
export async function limeImage(model: Model, picture: Picture, options: LimeImageOptions = {}): Promise<ImageExplanation> {
  known(options, ["segments", "fill", "samples", "seed", "output", "kernelWidth", "features", "selection"]);
  const { data, width, height, channels } = checkPicture(picture);
  const segments = Array.from(options.segments ?? slicSegments(picture));
  if (segments.length !== width * height) throw new RangeError(`expected ${width * height} segments, one a pixel, got ${segments.length}`);
  const bad = segments.findIndex((one) => !Number.isInteger(one) || one < 0);
  if (bad >= 0) throw new RangeError(`expected segments to be whole numbers >= 0, got ${segments[bad]} at index ${bad}`);
  const parts = segments.reduce((most, one) => Math.max(most, one + 1), 0);
  const hidden = typeof options.fill === "number" ? data.map(() => options.fill as number) : meanColours(data, segments, parts, channels);
  const samples = whole({ samples: options.samples ?? 1000 }, 2);
  const kept = masks(parts, samples, leaveOutHalf(random(options.seed ?? 0)));
  const predict = predictor(model, data.length, options.output);
  const labels = new Float64Array(samples);
  const atOnce = 64;
  const buffer = new Float64Array(atOnce * data.length);
  for (let from = 0; from < samples; from += atOnce) {
    const count = Math.min(atOnce, samples - from);
    for (let sample = 0; sample < count; sample++) {
      const mask = kept[from + sample];
      for (let at = 0; at < data.length; at++) buffer[sample * data.length + at] = mask[segments[Math.floor(at / channels)]] ? data[at] : hidden[at];
    }
    labels.set((await predict(buffer, count)).subarray(0, count), from);
  }
  const line = fitMasks(kept, labels, { kernelWidth: options.kernelWidth ?? 25, features: options.features ?? parts, selection: options.selection ?? "auto" });
  const weights = new Float64Array(parts);
  for (const { feature, weight } of line.coefficients) weights[feature] = weight;
  const terms = line.coefficients.map(({ feature, weight }) => ({ feature, name: `segment ${feature}`, weight }));
  return frozen({ terms, intercept: line.intercept, prediction: labels[0], localPrediction: line.localPrediction, score: line.score, width, height, values: segments.map((one) => weights[one]) });
}

function meanColours(data: Float64Array, segments: readonly number[], parts: number, channels: number): Float64Array {
  const sums = new Float64Array(parts * channels);
  const counts = new Float64Array(parts);
  segments.forEach((segment, pixel) => {
    counts[segment]++;
    for (let channel = 0; channel < channels; channel++) sums[segment * channels + channel] += data[pixel * channels + channel];
  });
  return data.map((_, at) => {
    const segment = segments[Math.floor(at / channels)];
    return sums[segment * channels + (at % channels)] / counts[segment];
  });
}
