import type { Weight } from "../weights.js";
import { concat } from "./protobuf.js";

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/**
 * A float32 array as NumPy's `.npy` file, version 1.0, little-endian, row-major: what Flower sends inside its chunks.
 * Source: the description of the format in NumPy's documentation.
 */
export function toNpy({ shape, values }: Pick<Weight, "shape" | "values">): Uint8Array<ArrayBuffer> {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`;
  // The data starts at a multiple of 64.
  const header = `${text}${" ".repeat(63 - ((10 + text.length) % 64))}\n`;
  const data = new Uint8Array(4 * values.length);
  const view = new DataView(data.buffer);
  values.forEach((value, at) => view.setFloat32(4 * at, value, true));
  return concat([Uint8Array.of(...magic, 1, 0, header.length & 255, header.length >> 8), new TextEncoder().encode(header), data]);
}

/**
 * Reads float32 arrays, little- or big-endian, row- or column-major (Fortran): the values come out in row-major order. Another type of numbers
 * is refused by name: a 64-bit number would lose digits, and pickled objects would run code.
 *
 * @throws `expected float32 in w, got '<f8': send it as numpy float32`; `expected 24 bytes of data in w, got 20`.
 */
export function fromNpy(file: Uint8Array, name: string, most: number): Pick<Weight, "shape" | "values"> {
  if (!magic.every((byte, at) => file[at] === byte)) throw new RangeError(`expected an .npy file in ${name}, got other bytes`);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const wide = file[6]! >= 2;
  if (file[6]! < 1 || file[6]! > 3 || file.length < 12) throw new RangeError(`expected .npy version 1, 2 or 3 in ${name}, got ${file[6]}`);
  const start = (wide ? 12 : 10) + (wide ? view.getUint32(8, true) : view.getUint16(8, true));
  if (start > file.length || start > 65536) throw new RangeError(`expected a header of at most 65536 bytes in ${name}, got ${start}`);
  const header = new TextDecoder().decode(file.subarray(wide ? 12 : 10, start));
  const descr = /'descr':\s*'([^']*)'/.exec(header)?.[1];
  const fortran = /'fortran_order':\s*(True|False)/.exec(header)?.[1];
  const tuple = /'shape':\s*\(([\d,\s]*)\)/.exec(header)?.[1];
  if (!fortran || tuple === undefined) throw new RangeError(`expected fortran_order and shape in the header of ${name}, got ${JSON.stringify(header.slice(0, 80))}`);
  if (descr !== "<f4" && descr !== ">f4") throw new RangeError(`expected float32 in ${name}, got ${descr ? `'${descr}'` : "a structure"}: send it as numpy float32`);
  const shape = tuple.split(",").map((part) => part.trim()).filter(Boolean).map(Number);
  const count = shape.reduce((product, length) => product * length, 1);
  if (!(count <= most) || shape.length > 32) throw new RangeError(`expected at most ${most} elements in ${name}, got shape [${shape}]`);
  if (file.length - start !== 4 * count) throw new RangeError(`expected ${4 * count} bytes of data in ${name}, got ${file.length - start}`);
  const values = new Float32Array(count);
  const place = fortran === "True" ? columnMajor(shape) : (at: number) => at;
  for (let at = 0; at < count; at++) values[place(at)] = view.getFloat32(start + 4 * at, descr === "<f4");
  return { shape, values };
}

/** Where the nth value of a column-major array stands in row-major order. */
function columnMajor(shape: readonly number[]): (at: number) => number {
  const steps = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  return (at) => {
    let rest = at;
    let place = 0;
    shape.forEach((length, axis) => {
      place += (rest % length) * steps[axis]!;
      rest = Math.floor(rest / length);
    });
    return place;
  };
}
