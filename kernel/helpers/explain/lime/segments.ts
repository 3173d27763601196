import { whole } from "../../arguments.js";

/** A picture: numbers by row, column, channel, one after the other. */
export interface Picture {
  readonly data: ArrayLike<number>;
  readonly width: number;
  readonly height: number;
  /** 1 (grey) or 3 (colour); default: data.length / (width * height). */
  readonly channels?: number;
}

export function checkPicture(picture: Picture): { data: Float64Array; width: number; height: number; channels: number } {
  const width = whole({ width: picture.width }, 1);
  const height = whole({ height: picture.height }, 1);
  const channels = picture.channels ?? picture.data.length / (width * height);
  if (!Number.isInteger(channels) || channels < 1 || picture.data.length !== width * height * channels) {
    throw new RangeError(`expected ${width} x ${height} pixels of whole channels in data, got ${picture.data.length} numbers`);
  }
  const data = Float64Array.from(picture.data);
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) throw new RangeError(`expected finite numbers in data, got ${data[bad]} at index ${bad}`);
  return { data, width, height, channels };
}

/**
 * A picture cut into rectangles of nearly equal size: the segment of each pixel, by row.
 *
 * @param options rows and columns of rectangles, 1 to the picture's height and width; default 8 each, or fewer in a smaller picture
 * @example explain.gridSegments({ width: 4, height: 2 }, { rows: 1, columns: 2 }) // [0, 0, 1, 1, 0, 0, 1, 1]
 */
export function gridSegments({ width, height }: { width: number; height: number }, options: { rows?: number; columns?: number } = {}): number[] {
  const rows = whole({ rows: options.rows ?? Math.min(8, height) }, 1);
  const columns = whole({ columns: options.columns ?? Math.min(8, width) }, 1);
  if (rows > height || columns > width) throw new RangeError(`expected at most ${height} rows and ${width} columns, got ${rows} and ${columns}`);
  return Array.from({ length: width * height }, (_, at) => Math.floor((Math.floor(at / width) * rows) / height) * columns + Math.floor(((at % width) * columns) / width));
}
