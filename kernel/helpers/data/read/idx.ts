import { known } from "../../arguments.js";
import { bytesOf, readOptionNames, type ReadOptions, type Source } from "./bytes.js";

export type IdxArray = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/** Numbers of an IDX file: `tf.tensor(data, shape)` makes a tensor of it. */
export interface Idx {
  /** Sizes from the outside in: [images, rows, columns]. */
  readonly shape: readonly number[];
  /** All values, the last dimension fastest. */
  readonly data: IdxArray;
}

const kinds: Readonly<Record<number, { bytes: number; make(size: number): IdxArray; read(view: DataView, at: number): number }>> = {
  0x08: { bytes: 1, make: (n) => new Uint8Array(n), read: (view, at) => view.getUint8(at) },
  0x09: { bytes: 1, make: (n) => new Int8Array(n), read: (view, at) => view.getInt8(at) },
  0x0b: { bytes: 2, make: (n) => new Int16Array(n), read: (view, at) => view.getInt16(at) },
  0x0c: { bytes: 4, make: (n) => new Int32Array(n), read: (view, at) => view.getInt32(at) },
  0x0d: { bytes: 4, make: (n) => new Float32Array(n), read: (view, at) => view.getFloat32(at) },
  0x0e: { bytes: 8, make: (n) => new Float64Array(n), read: (view, at) => view.getFloat64(at) },
};

/**
 * An IDX file, as MNIST and Fashion-MNIST come in, gzipped or not.
 *
 * @throws `expected an IDX file, got x.gz`; `truncated IDX file: x.gz (47040000 bytes of values expected, 1000 found)`; as `readCsv` for the file itself.
 * @example
 * const file = new Uint8Array([0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 3, 7, 8, 9]);
 * await data.readIdx(file) // { shape: [1, 3], data: [7, 8, 9] }
 */
export async function readIdx(source: Source, options: ReadOptions = {}): Promise<Idx> {
  known(options, readOptionNames);
  const { name, bytes } = await bytesOf(source, options);
  const kind = kinds[bytes[2]!];
  const dimensions = bytes[3]!;
  if (bytes.length < 8 || bytes[0] !== 0 || bytes[1] !== 0 || !kind || dimensions === 0) throw new TypeError(`expected an IDX file, got ${name}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = 4 + 4 * dimensions;
  if (bytes.length < start) throw new RangeError(`truncated IDX file: ${name} (its head is cut)`);
  const shape = Array.from({ length: dimensions }, (_, at) => view.getUint32(4 + 4 * at));
  const size = shape.reduce((product, length) => product * length, 1);
  if (bytes.length - start !== size * kind.bytes) throw new RangeError(`${bytes.length - start < size * kind.bytes ? "truncated" : "overlong"} IDX file: ${name} (${size * kind.bytes} bytes of values expected, ${bytes.length - start} found)`);
  const data = kind.make(size);
  if (data instanceof Uint8Array) data.set(bytes.subarray(start));
  else for (let at = 0; at < size; at++) data[at] = kind.read(view, start + at * kind.bytes);
  return Object.freeze({ shape: Object.freeze(shape), data });
}
