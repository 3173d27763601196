import { say } from "../../../display/language.js";
import { known } from "../../arguments.js";
import { colourAt, diverging } from "../../plot/colour.js";
import { images, type Figure } from "../../plot/index.js";
import { checkPicture, type Picture } from "../lime/segments.js";

export interface OverlayOptions {
  /** How much of the heat covers the picture, 0 to 1; default 0.6. Less heat is more see-through. */
  opacity?: number;
  title?: string;
}

/**
 * A picture, and the picture under its explanation: orange where it speaks for the answer, blue where against it.
 *
 * @param picture numbers 0 to 1 or 0 to 255, grey or colour
 * @param values a number a pixel, by row, or a number a pixel and channel (summed over the channels)
 * @throws another number of values
 * @example explain.overlay({ data: [0, 1, 1, 0], width: 2, height: 2 }, [0, 0, 0, 1]).layout.meta.description // "A picture of 2 x 2 pixels and the same under a heat map from 0 to 1; largest at row 1, column 1."
 */
export function overlay(picture: Picture, values: ArrayLike<number>, options: OverlayOptions = {}): Figure {
  known(options, ["opacity", "title"]);
  const { data, width, height, channels } = checkPicture(picture);
  const pixels = width * height;
  if (channels !== 1 && channels !== 3) throw new RangeError(`expected 1 or 3 channels, got ${channels}`);
  if (values.length !== pixels && values.length !== pixels * channels) throw new RangeError(`expected ${pixels} values, one a pixel, got ${values.length}`);
  const each = values.length / pixels;
  const heat = Float64Array.from({ length: pixels }, (_, pixel) => Array.from({ length: each }, (__, k) => values[pixel * each + k]).reduce((a, b) => a + b, 0));
  const reach = heat.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const { opacity = 0.6 } = options;
  if (!(opacity >= 0 && opacity <= 1)) throw new RangeError(`expected opacity from 0 to 1, got ${opacity}`);
  const bright = data.every((value) => value >= 0 && value <= 1) ? 255 : 1;
  const plain = new Uint8ClampedArray(pixels * 3);
  const under = new Uint8ClampedArray(pixels * 3);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const share = heat[pixel] / reach;
    const colour = colourAt(diverging, (share + 1) / 2);
    const cover = opacity * Math.min(1, 0.15 + Math.abs(share));
    for (let k = 0; k < 3; k++) {
      const own = bright * data[pixel * channels + (channels === 3 ? k : 0)];
      plain[pixel * 3 + k] = own;
      under[pixel * 3 + k] = own * (1 - cover) + colour[k] * cover;
    }
  }
  const figure = images([{ data: plain, width, height }, { data: under, width, height }], { labels: [say("picture", "图片"), say("orange: for, blue: against", "橙：支持，蓝：反对")], columns: 2, height: 320, ...(options.title !== undefined && { title: options.title }) });
  const top = heat.indexOf(heat.reduce((a, b) => Math.max(a, b)));
  const [low, high] = [heat.reduce((a, b) => Math.min(a, b)), heat[top]].map((value) => Number(value.toPrecision(3)));
  figure.layout.meta = { description: `A picture of ${width} x ${height} pixels and the same under a heat map from ${low} to ${high}; largest at row ${Math.floor(top / width)}, column ${top % width}.` };
  return figure;
}
