import { clamp, roundHalfEven } from "./affine.js";

/** A linear layer in integers. Its 32-bit sums are `sum (x - zeroPoint) w + bias`, with the bias in units of `scaleIn x scaleOut[channel]`. */
export interface IntegerLayer {
  readonly kernel: Int8Array;
  readonly bias: Int32Array;
  /** Of a sum, as a real number: input scale times the channel's kernel scale. */
  readonly unit: Float64Array;
  readonly zeroPoint: number;
  readonly channels: number;
}

/** Where a window of a convolution lies. One example; [height, width, channels]. */
export interface Window {
  readonly input: readonly [height: number, width: number, channels: number];
  readonly output: readonly [height: number, width: number, channels: number];
  readonly size: readonly [height: number, width: number];
  readonly strides: readonly [number, number];
  readonly dilation: readonly [number, number];
  readonly padTop: number;
  readonly padLeft: number;
}

/** Sums of a dense layer, for each row of `x`. */
export function denseSums(x: Int8Array, { kernel, bias, zeroPoint, channels }: IntegerLayer): Int32Array {
  const width = kernel.length / channels;
  const rows = x.length / width;
  const sums = new Int32Array(rows * channels);
  for (let row = 0; row < rows; row++) {
    const to = row * channels;
    for (let c = 0; c < channels; c++) sums[to + c] = bias[c]!;
    for (let k = 0; k < width; k++) {
      const value = x[row * width + k]! - zeroPoint;
      if (value === 0) continue;
      for (let c = 0, at = k * channels; c < channels; c++, at++) sums[to + c]! += value * kernel[at]!;
    }
  }
  return sums;
}

/** Sums of a convolution of one picture. Outside the picture is real 0, which is the zero point: it adds nothing. */
export function convSums(x: Int8Array, { kernel, bias, zeroPoint, channels }: IntegerLayer, window: Window, depthwise: boolean): Int32Array {
  const { input: [height, width, depth], output: [outHeight, outWidth] } = window;
  const sums = new Int32Array(outHeight * outWidth * channels);
  const multiplier = channels / depth;
  let to = 0;
  for (let oy = 0; oy < outHeight; oy++) for (let ox = 0; ox < outWidth; ox++, to += channels) {
    for (let c = 0; c < channels; c++) sums[to + c] = bias[c]!;
    for (let ky = 0; ky < window.size[0]; ky++) {
      const iy = oy * window.strides[0] - window.padTop + ky * window.dilation[0];
      if (iy < 0 || iy >= height) continue;
      for (let kx = 0; kx < window.size[1]; kx++) {
        const ix = ox * window.strides[1] - window.padLeft + kx * window.dilation[1];
        if (ix < 0 || ix >= width) continue;
        const from = (iy * width + ix) * depth;
        const tap = (ky * window.size[1] + kx) * depth;
        for (let d = 0; d < depth; d++) {
          const value = x[from + d]! - zeroPoint;
          if (value === 0) continue;
          if (depthwise) for (let m = 0; m < multiplier; m++) sums[to + d * multiplier + m]! += value * kernel[(tap + d) * multiplier + m]!;
          else for (let c = 0, at = (tap + d) * channels; c < channels; c++, at++) sums[to + c]! += value * kernel[at]!;
        }
      }
    }
  }
  return sums;
}

/** Sums as 8-bit integers of another scale: times `unit / scale`, rounded half to even, saturated; not below `least`. */
export function requantise(sums: Int32Array, unit: Float64Array, { scale, zeroPoint }: { scale: number; zeroPoint: number }, { least = -128, most = 127 }: { least?: number; most?: number } = {}): Int8Array {
  const factors = unit.map((one) => one / scale);
  const channels = factors.length;
  return Int8Array.from(sums, (sum, i) => clamp(roundHalfEven(sum * factors[i % channels]!) + zeroPoint, least, most));
}

/** The largest, or the rounded mean, of each window of one picture, in the input's own scale. */
export function pool(x: Int8Array, window: Window, kind: "max" | "mean"): Int8Array {
  const { input: [height, width, depth], output: [outHeight, outWidth] } = window;
  const answer = new Int8Array(outHeight * outWidth * depth);
  for (let oy = 0, to = 0; oy < outHeight; oy++) for (let ox = 0; ox < outWidth; ox++) for (let d = 0; d < depth; d++, to++) {
    let [most, sum, count] = [-128, 0, 0];
    for (let ky = 0; ky < window.size[0]; ky++) for (let kx = 0; kx < window.size[1]; kx++) {
      const iy = oy * window.strides[0] - window.padTop + ky;
      const ix = ox * window.strides[1] - window.padLeft + kx;
      if (iy < 0 || iy >= height || ix < 0 || ix >= width) continue;
      const value = x[(iy * width + ix) * depth + d]!;
      most = Math.max(most, value);
      sum += value;
      count += 1;
    }
    answer[to] = kind === "max" ? most : roundHalfEven(sum / count);
  }
  return answer;
}
