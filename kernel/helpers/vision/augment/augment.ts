import * as tf from "@tensorflow/tfjs";
import { fraction, known, nonNegative, oneOf, shown, whole } from "../../arguments.js";
import { random, type Random } from "../../data/random.js";
import { transformPictures, type Affine } from "./affine.js";

export interface AugmentOptions {
  /** Mirrored half of the time: "horizontal" (left and right), "vertical", "both". Default: not. Digits and letters are not what they were when mirrored. */
  flip?: "horizontal" | "vertical" | "both";
  /** Turned by up to so many degrees to either side; default 0. */
  rotate?: number;
  /** Moved by up to this part of the picture in each direction; default 0. */
  shift?: number;
  /** A random part is cut out and enlarged: at least this part of each side, above 0 to 1; default 1. */
  crop?: number;
  /** Up to this part of the range brighter or darker; default 0. */
  brightness?: number;
  /** Differences from the picture's mean are multiplied by 1 - contrast to 1 + contrast; default 0. */
  contrast?: number;
  /** Of colour pictures: differences from grey are multiplied by 1 - saturation to 1 + saturation; default 0. */
  saturation?: number;
  /** Side in pixels of a square that is blanked at a random place; default 0. */
  cutout?: number;
  /** Values of the pictures, [darkest, brightest]; default [0, 1]. Results stay inside. */
  range?: readonly [low: number, high: number];
  /** What is outside the picture; default the darkest. */
  fill?: number;
  /** Another one gives other pictures; default 1. */
  seed?: number;
}

const names = ["flip", "rotate", "shift", "crop", "brightness", "contrast", "saturation", "cutout", "range", "fill", "seed"];

/**
 * New pictures from pictures: each is mirrored, turned, moved, cut, lightened by its own random amounts (repeatable by the seed). The label of the picture must hold for the result: choose what does not change it.
 *
 * @param images [pictures, height, width, 1 or 3]
 * @returns a tensor of the same shape, the caller's
 * @throws `expected images of shape [pictures, height, width, 1 or 3], got [28, 28]`; `expected values from 0 to 1, got 255: divide them, or say range: [0, 255]`; `expected cutout smaller than the picture of 8 x 8, got 9`
 * @see DeVries & Taylor (2017) for cutout
 * @example
 * const picture = tf.tensor4d([0, 1, 0.5, 0.25], [1, 2, 2, 1]);
 * vision.augment(picture, { brightness: 0.2 }).shape // [1, 2, 2, 1]
 * vision.augment(picture, {}) // [0, 1, 0.5, 0.25]
 */
export function augment(images: tf.Tensor, options: AugmentOptions = {}): tf.Tensor4D {
  known(options, names);
  const [count, height, width, channels] = checkPictures(images);
  const amounts = checkAmounts(options, height, width, channels);
  const [low, high] = amounts.range;
  const draw = random(options.seed ?? 1);
  return tf.tidy(() => {
    const start = tf.cast(images, "float32") as tf.Tensor4D;
    const [darkest, brightest] = [tf.min(start).dataSync()[0]!, tf.max(start).dataSync()[0]!];
    if (!(darkest >= low - 1e-6 && brightest <= high + 1e-6)) throw new RangeError(`expected values from ${low} to ${high}, got ${darkest < low ? darkest : brightest}: divide them, or say range: [0, 255]`);
    // What is drawn for a picture does not depend on which kinds are used: a seed stays comparable.
    const drawn = Array.from({ length: count }, () => drawOne(draw));
    let state = start;
    if (options.flip || amounts.rotate || amounts.shift || amounts.crop < 1) state = transformPictures(state, drawn.map((one) => mapOf(one, amounts, options.flip, height, width)), options.fill ?? low);
    if (amounts.contrast || amounts.brightness || amounts.saturation) state = recolour(state, drawn, amounts, high - low);
    if (amounts.cutout) state = blank(state, drawn, amounts.cutout, options.fill ?? low);
    return tf.clipByValue(state, low, high) as tf.Tensor4D;
  });
}

export function checkPictures(images: tf.Tensor, name = "images"): [count: number, height: number, width: number, channels: number] {
  const { shape } = images ?? {};
  if (!Array.isArray(shape)) throw new TypeError(`expected ${name} as a tensor, got ${shown(images)}`);
  if (shape.length !== 4 || ![1, 3].includes(shape[3]!)) throw new RangeError(`expected ${name} of shape [pictures, height, width, 1 or 3], got [${shape.join(", ")}]`);
  return shape as [number, number, number, number];
}

type Amounts = Required<Pick<AugmentOptions, "rotate" | "shift" | "crop" | "brightness" | "contrast" | "saturation" | "cutout">> & { range: readonly [number, number] };

function checkAmounts(options: AugmentOptions, height: number, width: number, channels: number): Amounts {
  if (options.flip !== undefined) oneOf({ flip: options.flip }, ["horizontal", "vertical", "both"]);
  const { range = [0, 1], crop = 1 } = options;
  if (!(range.length === 2 && range[0] < range[1])) throw new RangeError(`expected range as [low, high] with low < high, got [${range.join(", ")}]`);
  if (!(crop > 0 && crop <= 1)) throw new RangeError(`expected crop above 0 up to 1, got ${shown(crop)}`);
  const cutout = whole({ cutout: options.cutout ?? 0 });
  if (cutout >= Math.min(height, width) && cutout > 0) throw new RangeError(`expected cutout smaller than the picture of ${height} x ${width}, got ${cutout}`);
  const saturation = fraction({ saturation: options.saturation ?? 0 });
  if (saturation > 0 && channels === 1) throw new RangeError("expected saturation of colour pictures only, got pictures with 1 channel");
  return {
    range, crop, cutout, saturation,
    rotate: nonNegative({ rotate: options.rotate ?? 0 }),
    shift: fraction({ shift: options.shift ?? 0 }),
    brightness: fraction({ brightness: options.brightness ?? 0 }),
    contrast: fraction({ contrast: options.contrast ?? 0 }),
  };
}

/** Numbers in [0, 1) of one picture. */
interface Drawn {
  mirrorX: number; mirrorY: number; turn: number; moveX: number; moveY: number; size: number; placeX: number; placeY: number;
  light: number; contrast: number; colour: number; holeX: number; holeY: number;
}

function drawOne({ uniform }: Random): Drawn {
  return {
    mirrorX: uniform(), mirrorY: uniform(), turn: uniform(), moveX: uniform(), moveY: uniform(), size: uniform(), placeX: uniform(), placeY: uniform(),
    light: uniform(), contrast: uniform(), colour: uniform(), holeX: uniform(), holeY: uniform(),
  };
}

const around = (unit: number, most: number): number => (2 * unit - 1) * most;

function mapOf(drawn: Drawn, { rotate, shift, crop }: Amounts, flip: AugmentOptions["flip"], height: number, width: number): Affine {
  const mirrorX = (flip === "horizontal" || flip === "both") && drawn.mirrorX < 0.5 ? -1 : 1;
  const mirrorY = (flip === "vertical" || flip === "both") && drawn.mirrorY < 0.5 ? -1 : 1;
  const angle = (around(drawn.turn, rotate) * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const scale = crop + (1 - crop) * drawn.size;
  // A shift is of whole pixels: nothing is blurred by it alone.
  const moveX = Math.round(around(drawn.moveX, shift) * width) + around(drawn.placeX, ((1 - scale) * width) / 2);
  const moveY = Math.round(around(drawn.moveY, shift) * height) + around(drawn.placeY, ((1 - scale) * height) / 2);
  return [mirrorX * scale * cos, -scale * sin * mirrorX, moveX, mirrorY * scale * sin, mirrorY * scale * cos, moveY];
}

function recolour(images: tf.Tensor4D, drawn: readonly Drawn[], { brightness, contrast, saturation }: Amounts, span: number): tf.Tensor4D {
  const column = (value: (one: Drawn) => number) => tf.tensor4d(drawn.map(value), [drawn.length, 1, 1, 1]);
  let state: tf.Tensor = images;
  if (saturation) {
    // The weights of light that people see (ITU-R BT.601).
    const grey = tf.sum(tf.mul(state, tf.tensor1d([0.299, 0.587, 0.114])), 3, true);
    state = tf.add(grey, tf.mul(tf.sub(state, grey), column(({ colour }) => 1 + around(colour, saturation))));
  }
  if (contrast) {
    const mean = tf.mean(state, [1, 2, 3], true);
    state = tf.add(mean, tf.mul(tf.sub(state, mean), column((one) => 1 + around(one.contrast, contrast))));
  }
  if (brightness) state = tf.add(state, column(({ light }) => around(light, brightness) * span));
  return state as tf.Tensor4D;
}

function blank(images: tf.Tensor4D, drawn: readonly Drawn[], side: number, fill: number): tf.Tensor4D {
  const [, height, width] = images.shape;
  const stretch = (length: number, place: (one: Drawn) => number, shape: [number, number, number, number]) => {
    const rows = drawn.map((one) => {
      const from = Math.floor(place(one) * (length - side + 1));
      return Array.from({ length }, (_, at) => (at >= from && at < from + side ? 1 : 0));
    });
    return tf.tensor4d(rows.flat(), shape);
  };
  const hole = tf.mul(stretch(height, ({ holeY }) => holeY, [drawn.length, height, 1, 1]), stretch(width, ({ holeX }) => holeX, [drawn.length, 1, width, 1]));
  return tf.add(tf.mul(images, tf.sub(1, hole)), tf.mul(hole, fill)) as tf.Tensor4D;
}
