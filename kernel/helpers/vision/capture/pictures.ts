import { shown } from "../../arguments.js";

/** A picture as a canvas gives it: four bytes a pixel, row by row; transparency is laid on white. */
export interface RawPicture {
  readonly data: ArrayLike<number>;
  readonly width: number;
  readonly height: number;
  readonly label?: string;
  /** Of the file. */
  readonly name?: string;
}

/** A picture of the wanted size: three bytes a pixel. */
export interface Picture {
  readonly rgb: Uint8Array;
  readonly label: string | null;
  readonly name: string;
}

/** @throws `expected a picture of 64 x 64, got 32 x 32`; `expected 16384 bytes of a picture, got 5: it is corrupt`; `unknown label: ...` */
export function readPicture(raw: RawPicture, [height, width]: readonly [number, number], labels: readonly string[], name: string): Picture {
  if (typeof raw !== "object" || raw === null) throw new TypeError(`expected a picture as { data, width, height }, got ${shown(raw)}`);
  if (raw.width !== width || raw.height !== height) throw new RangeError(`expected a picture of ${height} x ${width}, got ${shown(raw.height)} x ${shown(raw.width)}`);
  if (raw.data?.length !== width * height * 4) throw new RangeError(`expected ${width * height * 4} bytes of a picture, got ${raw.data?.length ?? 0}: it is corrupt`);
  if (labels.length > 0 && (raw.label === undefined || !labels.includes(raw.label))) throw new RangeError(`unknown label: ${String(raw.label)} (known: ${labels.join(", ")})`);
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const cover = raw.data[pixel * 4 + 3]! / 255;
    for (let c = 0; c < 3; c++) rgb[pixel * 3 + c] = Math.round(raw.data[pixel * 4 + c]! * cover + 255 * (1 - cover));
  }
  return Object.freeze({ rgb, label: raw.label ?? null, name: raw.name ?? name });
}
