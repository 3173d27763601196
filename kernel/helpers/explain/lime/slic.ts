import { known, positive, whole } from "../../arguments.js";
import { connect } from "./connect.js";
import { labOf } from "./lab.js";
import { checkPicture, type Picture } from "./segments.js";

export interface SlicOptions {
  /** About how many; default 50. */
  segments?: number;
  /** How much nearness counts against likeness of colour: more makes rounder segments, less follows the outlines more closely; default 10. */
  compactness?: number;
  /** Default 10. */
  iterations?: number;
}

/**
 * A picture cut along its outlines into pieces of like colour and nearly equal size (SLIC superpixels): the segment of each pixel, by row.
 * k-means over colour (CIE Lab) and place, each centre looking only around itself; then every segment is made one piece.
 *
 * @param picture any range of numbers: it is stretched to 0 to 1. Grey counts as colour of equal parts; other numbers of channels are taken as they are
 * @returns segments numbered from 0 by where they begin
 * @throws a picture whose numbers do not fill it, or are not finite; `expected compactness > 0`
 * @see Achanta et al. (2012), "SLIC superpixels compared to state-of-the-art superpixel methods"; agrees with skimage.segmentation.slic (start_label 0)
 * @example explain.slicSegments({ data: [0, 0, 1, 1, 0, 0, 1, 1], width: 4, height: 2 }, { segments: 2 }) // [0, 0, 1, 1, 0, 0, 1, 1]
 */
export function slicSegments(picture: Picture, options: SlicOptions = {}): number[] {
  known(options, ["segments", "compactness", "iterations"]);
  const given = checkPicture(picture);
  const { width, height } = given;
  const wanted = whole({ segments: options.segments ?? 50 }, 1);
  const iterations = whole({ iterations: options.iterations ?? 10 }, 1);
  const [stepY, stepX] = steps(height, width, wanted);
  const places: number[] = [];
  for (let y = Math.floor(stepY / 2); y < height; y += roundEven(stepY)) for (let x = Math.floor(stepX / 2); x < width; x += roundEven(stepX)) places.push(y, x);
  const { colours, channels } = coloursOf(given, positive({ compactness: options.compactness ?? 10 }));
  // Each centre looks two steps around itself: steps of a grid of as many as there are, which may be fewer than were wanted.
  const reach = steps(height, width, places.length / 2).map((step) => 2 * roundEven(step)) as [number, number];
  const labels = cluster(colours, channels, width, height, places, reach, Math.max(roundEven(stepY), roundEven(stepX)), iterations);
  const each = (width * height) / (places.length / 2);
  return Array.from(connect(labels, width, height, Math.floor(0.5 * each), Math.floor(3 * each)));
}

/** Steps of the grid of first centres; in a narrow picture they stand in one row. */
function steps(height: number, width: number, wanted: number): [number, number] {
  if (height * width <= wanted) return [1, 1];
  const step = Math.sqrt((height * width) / wanted);
  if (Math.min(height, width) >= step) return [step, step];
  const [short, long] = [Math.min(height, width), Math.max(height, width) / wanted];
  return height <= width ? [short, long] : [long, short];
}

/** As NumPy rounds: halves to the even neighbour. */
const roundEven = (value: number): number => (value % 1 === 0.5 ? 2 * Math.round(value / 2) : Math.round(value));

/** Colours divided by the compactness, so that place and colour may be added. */
function coloursOf({ data, channels }: { data: Float64Array; channels: number }, compactness: number): { colours: Float64Array; channels: number } {
  const [low, high] = data.reduce(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [Infinity, -Infinity]);
  const stretched = data.map((value) => (high > low ? (value - low) / (high - low) : 0));
  const rgb = channels === 1 ? Float64Array.from({ length: 3 * data.length }, (_, at) => stretched[Math.floor(at / 3)]) : stretched;
  const colours = channels === 1 || channels === 3 ? labOf(rgb) : rgb;
  return { colours: colours.map((value) => value / compactness), channels: channels === 1 ? 3 : channels };
}

/** The nearest centre of each pixel, after that many rounds or when none changes; `places` are moved. */
function cluster(colours: Float64Array, channels: number, width: number, height: number, places: number[], [reachY, reachX]: [number, number], step: number, iterations: number): Int32Array {
  const count = places.length / 2;
  const labels = new Int32Array(width * height);
  const nearest = new Float64Array(width * height);
  const means = new Float64Array(count * channels);
  const sizes = new Float64Array(count);
  for (let round = 0; round < iterations; round++) {
    const before = labels.slice();
    nearest.fill(Infinity);
    for (let k = 0; k < count; k++) {
      const [cy, cx] = [places[2 * k]!, places[2 * k + 1]!];
      const [top, bottom] = [Math.floor(Math.max(cy - reachY, 0)), Math.floor(Math.min(cy + reachY + 1, height))];
      const [left, right] = [Math.floor(Math.max(cx - reachX, 0)), Math.floor(Math.min(cx + reachX + 1, width))];
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          const at = y * width + x;
          let distance = ((y - cy) ** 2 + (x - cx) ** 2) / (step * step);
          // The first round has no colours yet: it goes by place alone.
          if (round > 0) for (let c = 0; c < channels; c++) distance += (colours[at * channels + c] - means[k * channels + c]) ** 2;
          if (distance < nearest[at]) {
            nearest[at] = distance;
            labels[at] = k;
          }
        }
      }
    }
    if (round > 0 && labels.every((label, at) => label === before[at])) break;
    means.fill(0);
    sizes.fill(0);
    places.fill(0);
    for (let at = 0; at < labels.length; at++) {
      const k = labels[at];
      sizes[k]++;
      places[2 * k]! += Math.floor(at / width);
      places[2 * k + 1]! += at % width;
      for (let c = 0; c < channels; c++) means[k * channels + c] += colours[at * channels + c];
    }
    for (let k = 0; k < count; k++) {
      if (sizes[k] === 0) continue;
      places[2 * k]! /= sizes[k];
      places[2 * k + 1]! /= sizes[k];
      for (let c = 0; c < channels; c++) means[k * channels + c] /= sizes[k];
    }
  }
  return labels;
}
