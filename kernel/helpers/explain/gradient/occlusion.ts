import { finite, known, shown, whole } from "../../arguments.js";
import type { Model, OutputOption } from "../model/contract.js";
import { predictor } from "../model/predictor.js";
import type { Examples, InputAttributions } from "./contract.js";
import { readExamples } from "./examples.js";
import { inputAttributions } from "./results.js";

export interface OcclusionOptions extends OutputOption {
  /** Shape of one example, where `x` is flat rows; default as `x` has it. */
  shape?: readonly number[];
  /** Size of the window along each axis of the shape; for pictures a number is a square over all channels. Default 1 for rows, a quarter of the sides for pictures. */
  size?: number | readonly number[];
  /** Step along each axis; default the size: windows side by side. At most the size, so that nothing is skipped. */
  stride?: number | readonly number[];
  /** What stands in the window; default 0. */
  fill?: number;
}

/**
 * How much the prediction drops when a window is covered. Where windows overlap, each number has the mean of the windows over it.
 *
 * @param x rows, or a tensor [examples, ...shape]
 * @throws a window larger than the example, a stride larger than the window
 * @see Zeiler and Fergus (2014), "Visualizing and understanding convolutional networks"; as captum.attr.Occlusion where the windows fit (of one that does not, Captum cuts the last, here it is moved back)
 * @example
 * (await explain.occlusion((rows) => rows.map(([a, b]) => 2 * a + b), [[1, 5]])).values // [[2, 5]]
 */
export async function occlusion(model: Model, x: Examples, options: OcclusionOptions = {}): Promise<InputAttributions> {
  known(options, ["shape", "size", "stride", "fill", "output"]);
  const given = readExamples(x);
  const { values: flat, rows, width } = given;
  const shape = [...(options.shape ?? given.shape)];
  if (shape.reduce((a, b) => a * b, 1) !== width) throw new RangeError(`expected shape of ${width} numbers, got [${shape.join(", ")}]`);
  const size = perAxis("size", options.size ?? (shape.length === 1 ? 1 : Math.max(1, Math.round(Math.max(...shape.slice(0, 2)) / 4))), shape);
  const stride = options.stride === undefined ? size : perAxis("stride", options.stride, shape);
  stride.forEach((step, axis) => {
    if (step > size[axis]) throw new RangeError(`expected stride of at most the size ${size[axis]}, got ${step}: numbers would be skipped`);
  });
  const fill = finite({ fill: options.fill ?? 0 });
  const predict = predictor(model, width, options.output);
  const predictions = (await predict(flat, rows)).slice(0, rows);
  const windows = windowsOf(shape, size, stride);
  const covered = new Float64Array(width);
  for (const window of windows) for (const at of window) covered[at]++;
  const values = new Float64Array(rows * width);
  const atOnce = Math.max(1, Math.min(windows.length, Math.floor(2 ** 20 / width)));
  const buffer = new Float64Array(atOnce * width);
  for (let row = 0; row < rows; row++) {
    for (let from = 0; from < windows.length; from += atOnce) {
      const now = windows.slice(from, from + atOnce);
      now.forEach((window, copy) => {
        buffer.set(flat.subarray(row * width, (row + 1) * width), copy * width);
        for (const at of window) buffer[copy * width + at] = fill;
      });
      const answers = await predict(buffer, now.length);
      now.forEach((window, copy) => {
        for (const at of window) values[row * width + at] += (predictions[row] - answers[copy]) / covered[at];
      });
    }
  }
  return inputAttributions(shape, width, values, predictions);
}

function perAxis(name: string, value: number | readonly number[], shape: readonly number[]): number[] {
  const list = typeof value === "number" ? shape.map((side, axis) => (axis < 2 ? value : side)) : [...value];
  if (list.length !== shape.length) throw new RangeError(`expected ${name} for ${shape.length} axes, got ${shown(value)}`);
  return list.map((one, axis) => {
    if (whole({ [name]: one }, 1) > shape[axis]) throw new RangeError(`expected ${name} of at most ${shape[axis]} along axis ${axis}, got ${one}`);
    return one;
  });
}

/** Places of the numbers of each window; the last window along an axis is moved back to end with the example. */
function windowsOf(shape: readonly number[], size: readonly number[], stride: readonly number[]): number[][] {
  let windows: number[][] = [[0]];
  shape.forEach((side, axis) => {
    const starts: number[] = [];
    for (let start = 0; start < side - size[axis]; start += stride[axis]) starts.push(start);
    starts.push(side - size[axis]);
    windows = windows.flatMap((window) => starts.map((start) => window.flatMap((at) => Array.from({ length: size[axis] }, (_, k) => at * side + start + k))));
  });
  return windows;
}
