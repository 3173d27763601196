import type { MimeBundle } from "../contract.js";
import { own } from "../reflect.js";
import { base64 } from "./base64.js";
import { imageSize, imageType } from "./magic.js";
import { encodePng } from "./png.js";

/** Pictures larger than this stay a line of text: a notebook is no place for them. */
const byteLimit = 1_400_000;

/** Bytes of a picture file, told by their first bytes, and `{data, width, height}` with 4 (or 3, or 1) numbers a pixel. */
export function imageView(value: object): MimeBundle | undefined {
  if (value instanceof Uint8Array) {
    const type = imageType(value);
    return type && value.length <= byteLimit ? imageBundle(value, type) : undefined;
  }
  return pixelsView(value);
}

/** A picture as Jupyter carries it. Throws where the bytes are no picture and no type is given. */
export function imageBundle(bytes: Uint8Array, type = imageType(bytes)): MimeBundle {
  if (!type) throw new TypeError(`expected bytes of a PNG, JPEG, GIF or WebP picture, or its type such as "image/png", got ${bytes.length} bytes of another kind`);
  const size = imageSize(bytes, type);
  const name = type.replace(/^image\//, "").replace(/\+.*/, "").toUpperCase();
  const text = `${name} image${size ? `, ${size.width} x ${size.height} pixels` : ""}, ${bytes.length.toLocaleString("en-US")} bytes`;
  const data = type.endsWith("+xml") ? new TextDecoder().decode(bytes) : base64(bytes);
  return { data: { [type]: data, "text/plain": text }, metadata: {} };
}

function pixelsView(value: object): MimeBundle | undefined {
  const builtin = typeof ImageData === "function" && value instanceof ImageData;
  const { data, width, height } = (builtin ? value : { data: own(value, "data"), width: own(value, "width"), height: own(value, "height") }) as Record<string, unknown>;
  if (!(data instanceof Uint8ClampedArray || data instanceof Uint8Array) || !Number.isInteger(width) || !Number.isInteger(height)) return undefined;
  const [w, h] = [width as number, height as number];
  const channels = data.length / (w * h);
  if (w < 1 || h < 1 || w * h > 4_000_000 || (channels !== 1 && channels !== 3 && channels !== 4)) return undefined;
  const png = encodePng({ data, width: w, height: h, channels });
  if (png.length > byteLimit) return undefined;
  return { data: { "image/png": base64(png), "text/plain": `image, ${w} x ${h} pixels, ${channels} channel${channels > 1 ? "s" : ""}` }, metadata: {} };
}
