import { base64 } from "../../display/image/base64.js";
import { encodePng, type Pixels } from "../../display/image/png.js";
import { ink } from "./colour.js";
import { isTensor, matrix, numbers, type TensorLike, type Values } from "./data.js";
import { makeFigure, type CommonOptions, type Figure, type ScatterTrace } from "./figure.js";
import { wholeNumber } from "./options.js";
import { extent, list, plural } from "./words.js";

/** Pictures: a tensor [n, height, width], [n, height, width, 1 | 3 | 4] or one picture less an axis; pixels; or matrices of grey values; or rows of `data.load("mnist")`, whose names are the labels. */
export type Pictures = TensorLike | readonly ({ data: ArrayLike<number>; width: number; height: number } | Labelled | TensorLike | readonly ArrayLike<number>[])[];

/** A row of a labelled set of pictures. */
interface Labelled {
  readonly pixels: ArrayLike<number>;
  readonly width: number;
  readonly height: number;
  readonly name: string;
}

const isLabelled = (item: unknown): item is Labelled => typeof item === "object" && item !== null && "pixels" in item && "name" in item;

export interface ImagesOptions extends Pick<CommonOptions, "title" | "width" | "height"> {
  /** A word below each picture; default: its name, where it is a row of a labelled set. */
  labels?: Values;
  /** Pictures in a row; default up to 8. */
  columns?: number;
}

/**
 * Pictures in a grid, each with its label. Values in [0, 1] or [0, 255] are taken as they are, others are stretched between black and white.
 *
 * @example
 * plot.images([[[0, 1], [1, 0]]], { labels: ["cross"] }).layout.meta.description // "1 image of 2 x 2 pixels: cross."
 */
export function images(data: Pictures, options: ImagesOptions = {}): Figure {
  const pictures = readPictures(data);
  if (pictures.length === 0) throw new RangeError("expected at least one picture, got none");
  if (pictures.length > 200) throw new RangeError(`expected at most 200 pictures, got ${pictures.length}: take a slice`);
  const names = !isTensor(data) && data.every(isLabelled) ? data.map(({ name }) => name) : [];
  const labels = options.labels === undefined ? names : Array.from(isTensor(options.labels) ? options.labels.dataSync() : options.labels, String);
  if (labels.length && labels.length !== pictures.length) throw new RangeError(`expected ${pictures.length} labels, got ${labels.length}`);
  const columns = Math.min(pictures.length, wholeNumber(options.columns ?? Math.min(8, Math.ceil(Math.sqrt(pictures.length * 2))), "columns", 1));
  const rows = Math.ceil(pictures.length / columns);
  const pitch = labels.length ? 1.28 : 1.06;
  const cells = pictures.map((picture, i) => ({ picture, left: (i % columns) * 1.06, top: Math.floor(i / columns) * pitch }));
  const hover: ScatterTrace = {
    type: "scatter", mode: "markers", x: cells.map((c) => c.left + 0.5), y: cells.map((c) => -c.top - 0.5), marker: { opacity: 0, size: 30 },
    text: pictures.map((_, i) => labels[i] ?? `image ${i}`), hoverinfo: "text", showlegend: false,
  };
  const { width: w, height: h } = pictures[0];
  const words = `${plural(pictures.length, "image")} of ${w} x ${h} pixels${labels.length ? `: ${list(labels, 20)}` : ""}.`;
  const height = options.height ?? Math.min(700, 40 + rows * (labels.length ? 112 : 92));
  return makeFigure([hover], { ...options, height }, ["labels", "columns"], words, {
    margin: { l: 8, r: 8, t: options.title === undefined ? 8 : 44, b: 8 },
    xaxis: { visible: false, range: [0, columns * 1.06 - 0.06] },
    yaxis: { visible: false, range: [-rows * pitch + 0.06, 0], scaleanchor: "x", constrain: "domain" },
    images: cells.map(({ picture, left, top }) => ({ source: dataUri(picture), xref: "x", yref: "y", x: left, y: -top, sizex: 1, sizey: 1, sizing: "stretch", layer: "above" })),
    annotations: cells.flatMap(({ left, top }, i) => (labels.length ? [{ x: left + 0.5, y: -top - 1, text: labels[i], showarrow: false as const, xanchor: "center" as const, yanchor: "top" as const, font: { size: 12, color: ink } }] : [])),
  });
}

/** Small pictures are enlarged pixel by pixel, so that browsers do not blur them. */
const dataUri = (picture: Pixels) => `data:image/png;base64,${base64(encodePng(picture, Math.max(1, Math.floor(96 / Math.max(picture.width, picture.height)))))}`;

function readPictures(data: Pictures): Pixels[] {
  if (isTensor(data)) {
    const s = data.shape;
    const alone = s.length === 2 || (s.length === 3 && [1, 3, 4].includes(s[2]) && s[0] > 4);
    const [n, height, width, channels = 1] = alone ? [1, ...s] : s;
    if (s.length < 2 || s.length > 4 || ![1, 3, 4].includes(channels)) {
      throw new TypeError(`expected images of shape [n, height, width] or [n, height, width, 1 | 3 | 4], got shape [${s.join(", ")}]`);
    }
    const values = stretch(numbers(data, "images"));
    const size = height * width * channels;
    return Array.from({ length: n }, (_, i) => ({ data: values.subarray(i * size, (i + 1) * size), width, height, channels: channels as 1 | 3 | 4 }));
  }
  return Array.from(data, (item) => {
    if (isTensor(item)) return readPictures(item)[0];
    if ("data" in item || isLabelled(item)) {
      const values = "data" in item ? item.data : item.pixels;
      const channels = values.length / (item.width * item.height);
      if (channels !== 1 && channels !== 3 && channels !== 4) throw new TypeError(`expected 1, 3 or 4 numbers a pixel, got ${channels}`);
      return { data: values, width: item.width, height: item.height, channels };
    }
    const rows = matrix(item, "images");
    return { data: stretch(rows.flat()), width: rows[0].length, height: rows.length, channels: 1 };
  });
}

function stretch(values: (number | null)[]): Uint8Array {
  const [low, high] = extent(values) ?? [0, 1];
  const [from, to] = low >= 0 && high <= 1 ? [0, 1] : low >= 0 && high <= 255 ? [0, 255] : [low, high];
  return Uint8Array.from(values, (v) => Math.round(((v ?? from) - from) / (to - from || 1) * 255));
}
