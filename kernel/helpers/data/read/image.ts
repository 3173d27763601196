import { imageType } from "../../../display/image/magic.js";
import { known } from "../../arguments.js";
import { bytesOf, readOptionNames, type ReadOptions, type Source } from "./bytes.js";
import { decodeInJavaScript, type Pixels } from "./decode.js";
import { nodeDecoder } from "./node/image.js";

export interface ReadImageOptions extends ReadOptions {
  /** Numbers a pixel: 1 (grey), 3 (red, green, blue; default) or 4 (with opacity). */
  channels?: 1 | 3 | 4;
}

/** Pixels in rows from the top, 0-255; shows itself as a picture. `tf.tensor3d(data, [height, width, channels])` makes a tensor of it. */
export interface Image {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  readonly data: Uint8Array;
}

/**
 * A PNG or JPEG picture (in a page also GIF and WebP) as pixels. A page decodes as browsers do, Node by TensorFlow where that engine runs, else in JavaScript (fast-png, jpeg-js).
 * Grey is 0.299 red + 0.587 green + 0.114 blue. Pictures are not turned by their EXIF data in Node.
 *
 * @throws `expected a PNG, JPEG, GIF or WebP picture, got x.csv`; `cannot decode x.png: ...`; `expected channels to be 1, 3 or 4, got 2`; as `readCsv` for the file itself.
 * @example
 * await data.readImage(new Uint8Array([1, 2, 3])).catch((error) => error.message) // "expected a PNG, JPEG, GIF or WebP picture, got the bytes"
 */
export async function readImage(source: Source, options: ReadImageOptions = {}): Promise<Image> {
  known(options, [...readOptionNames, "channels"]);
  const { channels = 3 } = options;
  if (![1, 3, 4].includes(channels)) throw new RangeError(`expected channels to be 1, 3 or 4, got ${channels}`);
  const { name, bytes } = await bytesOf(source, options);
  const type = imageType(bytes);
  if (!type) throw new TypeError(`expected a PNG, JPEG, GIF or WebP picture, got ${name}`);
  const decode = typeof createImageBitmap === "function" && typeof OffscreenCanvas === "function" ? inPage : (nodeDecoder() ?? decodeInJavaScript);
  let pixels: Pixels;
  try {
    pixels = await decode(bytes, type);
  } catch (error) {
    throw new RangeError(`cannot decode ${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
  options.signal?.throwIfAborted();
  return Object.freeze({ name, width: pixels.width, height: pixels.height, channels, data: reduce(pixels.data, pixels.width * pixels.height, channels) });
}

async function inPage(bytes: Uint8Array, type: string): Promise<Pixels> {
  const bitmap = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }), { colorSpaceConversion: "none", premultiplyAlpha: "none" });
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true })!;
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { data: context.getImageData(0, 0, width, height).data, width, height };
}

/** Four numbers a pixel as fewer. */
function reduce(rgba: ArrayLike<number>, pixels: number, channels: 1 | 3 | 4): Uint8Array {
  if (channels === 4) return Uint8Array.from(rgba);
  const data = new Uint8Array(pixels * channels);
  for (let at = 0; at < pixels; at++) {
    const [red, green, blue] = [rgba[4 * at]!, rgba[4 * at + 1]!, rgba[4 * at + 2]!];
    if (channels === 1) data[at] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
    else data.set([red, green, blue], 3 * at);
  }
  return data;
}
