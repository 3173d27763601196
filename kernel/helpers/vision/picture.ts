import * as tf from "@tensorflow/tfjs";
import { known, shown } from "../arguments.js";
import type { Picture } from "../data/datasets.js";

/**
 * Pictures of one size as a tensor [n, height, width, channels] of float32 from 0 to 1.
 *
 * @param pictures rows as `data.load("fashion-mnist")` gives them
 * @param options `flat`: one row a picture, [n, height * width * channels], as a dense network wants it; default false
 * @throws `expected at least one picture, got none`; `expected pictures of 28 x 28 x 1, got 32 x 28 x 1 in picture 3`
 * @example
 * const grey = { pixels: Uint8Array.of(0, 255, 255, 0), height: 2, width: 2, channels: 1, label: 0, name: "0" };
 * vision.toTensor([grey], { flat: true }) // [0, 1, 1, 0]
 */
export function toTensor(pictures: readonly Picture[], options: { flat?: boolean } = {}): tf.Tensor {
  known(options, ["flat"]);
  const first = pictures[0];
  if (!first) throw new RangeError("expected at least one picture, got none");
  if (!(first.pixels instanceof Uint8Array)) throw new TypeError(`expected pictures with pixels, got ${shown(first)}`);
  const { height, width, channels } = first, size = height * width * channels;
  const values = new Float32Array(pictures.length * size);
  pictures.forEach((picture, at) => {
    if (picture.height !== height || picture.width !== width || picture.channels !== channels || picture.pixels.length !== size) {
      throw new RangeError(`expected pictures of ${height} x ${width} x ${channels}, got ${picture.height} x ${picture.width} x ${picture.channels} in picture ${at}`);
    }
    for (let i = 0; i < size; i++) values[at * size + i] = picture.pixels[i]! / 255;
  });
  return options.flat ? tf.tensor2d(values, [pictures.length, size]) : tf.tensor4d(values, [pictures.length, height, width, channels]);
}
