import { encodePng, type Pixels } from "../image/png.js";
import { count } from "../escape.js";
import { number } from "../number.js";
import type { Statistics } from "./statistics.js";

/** A picture of a tensor, and in words what was done to make it. */
export interface TensorImage {
  png: Uint8Array;
  width: number;
  height: number;
  note: string;
}

const largest = 512;

/** `[height, width, 1 | 3 | 4]` and `[n, height, width, 1 | 3 | 4]` of a size that pictures have; undefined for others. */
export function imageShape(shape: number[]): { n: number; height: number; width: number; channels: 1 | 3 | 4 } | undefined {
  if (shape.length !== 3 && shape.length !== 4) return undefined;
  const [height, width, channels] = shape.slice(-3);
  const fits = height >= 6 && width >= 6 && height <= largest && width <= largest && [1, 3, 4].includes(channels);
  return fits ? { n: shape.length === 4 ? shape[0] : 1, height, width, channels: channels as 1 | 3 | 4 } : undefined;
}

/** The pictures side by side, at most 32, enlarged to be seen. */
export function tensorImage(values: ArrayLike<number>, shape: number[], dtype: string, s: Statistics): TensorImage | undefined {
  const image = imageShape(shape);
  if (!image || image.n === 0 || s.finite === 0) return undefined;
  const { height, width, channels } = image;
  const shown = Math.min(image.n, 32, Math.max(1, Math.floor(1_500_000 / (height * width))));
  const { from, to, note } = range(dtype, s);
  const fit = Math.min(shown, Math.max(1, Math.min(8, Math.floor(768 / width))));
  const across = Math.ceil(shown / Math.ceil(shown / fit));
  const gap = shown > 1 ? 1 : 0;
  const sheet = blank(across * (width + gap) - gap, Math.ceil(shown / across) * (height + gap) - gap, channels, gap > 0);
  for (let k = 0; k < shown; k++) {
    const [left, top] = [(k % across) * (width + gap), Math.floor(k / across) * (height + gap)];
    for (let y = 0; y < height; y++) {
      for (let i = 0; i < width * channels; i++) {
        const x = values[(k * height + y) * width * channels + i];
        (sheet.data as Uint8Array)[((top + y) * sheet.width + left) * channels + i] = Math.max(0, Math.min(255, Math.round(((x - from) / (to - from)) * 255)));
      }
    }
  }
  const scale = Math.max(1, Math.min(8, Math.floor(112 / height), Math.floor(768 / sheet.width)));
  const which = image.n > 1 ? `${shown < image.n ? `the first ${shown} of ` : ""}${count(image.n, "image")}; ` : "";
  return { png: encodePng(sheet, scale), width: sheet.width * scale, height: sheet.height * scale, note: which + note };
}

/** What black and white stand for: 0 and 1 or 255 where the values allow it, else the extremes. */
function range(dtype: string, s: Statistics): { from: number; to: number; note: string } {
  if (s.min >= 0 && s.max <= 1 && dtype !== "int32") return { from: 0, to: 1, note: "black 0, white 1" };
  if (s.min >= 0 && s.max <= 255 && s.max > 1) return { from: 0, to: 255, note: "black 0, white 255" };
  return { from: s.min, to: s.max > s.min ? s.max : s.min + 1, note: `scaled: black ${number(s.min)}, white ${number(s.max)}` };
}

function blank(width: number, height: number, channels: 1 | 3 | 4, grey: boolean): Pixels {
  return { data: new Uint8Array(width * height * channels).fill(grey ? 128 : 0), width, height, channels };
}
