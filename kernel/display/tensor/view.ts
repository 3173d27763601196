import type { MimeBundle } from "../contract.js";
import { escape } from "../escape.js";
import { base64 } from "../image/base64.js";
import { bytes, number } from "../number.js";
import { inherited, own } from "../reflect.js";
import { heatmapTable } from "./heatmap.js";
import { tensorImage } from "./image.js";
import { isTensor, readValues, sizeOf, tensorLabel, type TensorLike, type TensorValues } from "./read.js";
import { statistics, type Statistics } from "./statistics.js";
import { nested } from "./text.js";

const bytesPerElement: Record<string, number> = { float32: 4, int32: 4, bool: 1, complex64: 8 };

/** Tensors and variables: shape, type, memory, statistics, values; small matrices in colour, pictures as pictures. */
export function tensorView(value: object): MimeBundle | undefined {
  const tensor = unwrap(value);
  if (!isTensor(tensor)) return undefined;
  const label = tensorLabel(tensor)!;
  const size = sizeOf(tensor.shape);
  const each = bytesPerElement[tensor.dtype];
  const lines = [`${label}, ${size.toLocaleString("en-US")} value${size === 1 ? "" : "s"}${each ? `, ${bytes(size * each)}` : ""}`];
  const read = readValues(tensor);
  if (typeof read === "string") return { data: { "text/plain": [label, read].join("\n") }, metadata: {} };
  const s = isReal(tensor.dtype) && size > 0 ? statistics(read.values as ArrayLike<number>) : undefined;
  if (s && size > 1) lines.push(statisticsText(s, read.every));
  return withValues(tensor, read, lines, s);
}

/** Layer variables keep their tensor in `val`. */
function unwrap(value: object): object {
  const inner = own(value, "val");
  return typeof inherited(value, "read") === "function" && isTensor(inner) ? inner : value;
}

const isReal = (dtype: string) => dtype === "float32" || dtype === "int32" || dtype === "bool";

function statisticsText(s: Statistics, every: number): string {
  const others = [s.nan ? `${s.nan.toLocaleString("en-US")} NaN` : "", s.infinite ? `${s.infinite.toLocaleString("en-US")} infinite` : ""].filter(Boolean);
  const main = s.finite ? [`min ${number(s.min)}`, `mean ${number(s.mean)}`, `max ${number(s.max)}`, `std ${number(s.std)}`] : [];
  return [...main, ...others].join(", ") + (every > 1 ? ` (from every ${every}th value)` : "");
}

function withValues(tensor: TensorLike, { values, every }: TensorValues, lines: string[], s?: Statistics): MimeBundle {
  const { shape, dtype } = tensor;
  const head = [...lines];
  const label = head[0];
  const picture = every === 1 && s && dtype !== "bool" ? tensorImage(values as ArrayLike<number>, shape, dtype, s) : undefined;
  if (picture) lines.push(`shown as a picture, ${picture.note}`);
  else if (every === 1) lines.push(dtype === "complex64" ? complexText(shape, values as ArrayLike<number>) : nested(shape, (i) => values[i], dtype));
  const data: Record<string, unknown> = { "text/plain": cutLines(lines.join("\n")) };
  if (every > 1 || !s) return { data, metadata: {} };
  const numbers = values as ArrayLike<number>;
  const [rows, columns] = shape;
  if (shape.length === 2 && dtype !== "bool" && rows >= 1 && columns >= 2 && rows <= 20 && columns <= 16) {
    data["text/html"] = heatmapTable(numbers, rows, columns, s, label, head.slice(1));
  }
  if (picture && picture.png.length < 700_000) {
    const png = base64(picture.png);
    const text = [...head, picture.note].map(escape).join("<br>");
    data["image/png"] = png;
    data["text/html"] = `<figure><img src="data:image/png;base64,${png}" width="${picture.width}" height="${picture.height}" alt="${escape(`${tensorLabel(tensor)} as a picture; ${picture.note}`)}">`
      + `<figcaption>${text}</figcaption></figure>`;
  }
  return { data, metadata: {} };
}

function complexText(shape: number[], pairs: ArrayLike<number>): string {
  const part = (i: number) => `${number(pairs[2 * i])} ${pairs[2 * i + 1] < 0 ? "-" : "+"} ${number(Math.abs(pairs[2 * i + 1]))}i`;
  return nested(shape, part, "complex64").replaceAll("'", "");
}

/** Deep shapes of short axes still give many lines. */
function cutLines(text: string): string {
  const lines = text.split("\n");
  return lines.length <= 60 ? text : [...lines.slice(0, 50), `... ${lines.length - 50} more lines`].join("\n");
}
