import type { DecodedPng } from "fast-png";

export interface Pixels {
  /** Red, green, blue, opacity; 0-255. */
  data: ArrayLike<number>;
  width: number;
  height: number;
}

/** Megabytes that a decoded JPEG may take. */
const largest = 1024;

/** PNG and JPEG in JavaScript, where neither a browser nor TensorFlow decodes. Loaded when first asked for. */
export async function decodeInJavaScript(bytes: Uint8Array, type: string): Promise<Pixels> {
  if (type === "image/png") {
    const { decode } = await import("fast-png");
    return fromPng(decode(bytes));
  }
  if (type === "image/jpeg") {
    const { default: jpeg } = await import("jpeg-js");
    return jpeg.decode(bytes, { useTArray: true, maxMemoryUsageInMB: largest });
  }
  throw new TypeError(`${type} needs a browser or the TensorFlow engine: save it as PNG or JPEG`);
}

/** Any depth and palette as four bytes a pixel. */
function fromPng({ width, height, depth, channels, data, palette, transparency }: DecodedPng): Pixels {
  const out = new Uint8Array(4 * width * height).fill(255);
  const perRow = Math.ceil((width * channels * depth) / 8);
  const highest = 2 ** depth - 1;
  const sample = (row: number, index: number): number => {
    if (depth >= 8) return data[row * width * channels + index]!;
    const bit = index * depth;
    return (data[row * perRow + (bit >> 3)]! >> (8 - depth - (bit & 7))) & highest;
  };
  const byte = (value: number): number => Math.round((value * 255) / highest);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const values = Array.from({ length: channels }, (_, channel) => sample(row, column * channels + channel));
      const at = 4 * (row * width + column);
      if (palette) {
        out.set(palette[values[0]!] ?? [0, 0, 0], at);
        continue;
      }
      const colours = channels <= 2 ? [values[0]!, values[0]!, values[0]!] : values.slice(0, 3);
      out.set(colours.map(byte), at);
      if (channels === 2 || channels === 4) out[at + 3] = byte(values.at(-1)!);
      else if (transparency && colours.slice(0, channels).every((colour, channel) => colour === transparency[channel])) out[at + 3] = 0;
    }
  }
  return { data: out, width, height };
}
