import { shown } from "../../../arguments.js";
import { halfBits, halfNumbers } from "./half.js";

export type SafeValues = Float32Array | Float64Array | Int32Array | BigInt64Array | Uint8Array | Int8Array | Uint16Array | Int16Array;

/** A named array in row-major order. */
export interface SafeTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: SafeValues;
  /** Default by the kind of array; "BOOL" for a Uint8Array of 0 and 1. "F16" for a Float32Array writes it rounded to 16 bits; F16 and BF16 are read into a Float32Array. */
  readonly dtype?: SafeType;
}

export type SafeType = "F32" | "F64" | "I32" | "I64" | "U8" | "I8" | "U16" | "I16" | "BOOL" | "F16" | "BF16";

export interface SafeFile {
  readonly tensors: readonly SafeTensor[];
  /** Words by name. */
  readonly metadata: Readonly<Record<string, string>>;
}

const arrays = { F32: Float32Array, F64: Float64Array, I32: Int32Array, I64: BigInt64Array, U8: Uint8Array, I8: Int8Array, U16: Uint16Array, I16: Int16Array, BOOL: Uint8Array } as const;
const widths: Record<SafeType, number> = { F32: 4, F64: 8, I32: 4, I64: 8, U8: 1, I8: 1, U16: 2, I16: 2, BOOL: 1, F16: 2, BF16: 2 };
/** What the format's own readers refuse. */
const largestHeader = 100_000_000;
const little = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

const typeOf = (tensor: SafeTensor): SafeType => {
  if (tensor.dtype === "F16" && tensor.values instanceof Float32Array) return "F16";
  const found = tensor.dtype ?? (Object.entries(arrays).find(([, kind]) => tensor.values instanceof kind)?.[0] as SafeType | undefined);
  if (!found || !(found in arrays)) throw new TypeError(`expected values of ${tensor.name} as a typed array of a safetensors type, got ${tensor.dtype ?? shown(tensor.values)}`);
  return found;
};

/**
 * Named arrays as one file in the safetensors format: 8 bytes for the header's length, a JSON header with types, shapes and places, the numbers. What Hugging Face, PyTorch and Keras read.
 *
 * @param tensors `{ name, shape, values }`; names are unique. `dtype: "F16"` rounds a Float32Array to 16 bits: half the bytes, 3 digits
 * @param metadata words by name
 * @throws `expected 6 values in w for shape [2,3], got 5`; `expected names that differ, got w twice`; `expected w between -65504 and 65504 for F16, got 70000 at index 0`
 * @example nn.fromSafetensors(nn.toSafetensors([{ name: "w", shape: [2], values: new Float32Array([1, 2]) }])).tensors[0].values // [1, 2]
 */
export function toSafetensors(tensors: readonly SafeTensor[], metadata: Readonly<Record<string, string>> = {}): Uint8Array<ArrayBuffer> {
  if (!little) throw new Error("safetensors are little-endian, and this machine is not");
  const header: Record<string, unknown> = {};
  if (Object.keys(metadata).length > 0) header["__metadata__"] = metadata;
  let place = 0;
  // Wide types first, so that every array starts at a multiple of its width.
  const sorted = [...tensors].sort((a, b) => widths[typeOf(b)] - widths[typeOf(a)] || (a.name < b.name ? -1 : 1));
  const stored: Uint8Array[] = [];
  for (const tensor of sorted) {
    const { name, shape, values } = tensor;
    const size = shape.reduce((product, side) => product * side, 1);
    if (size !== values.length) throw new RangeError(`expected ${size} values in ${name} for shape [${shape}], got ${values.length}`);
    if (name in header || name === "__metadata__") throw new RangeError(`expected names that differ, got ${name} twice`);
    const kept = typeOf(tensor) === "F16" ? halvesOf(name, values as Float32Array) : values;
    stored.push(new Uint8Array(kept.buffer, kept.byteOffset, kept.byteLength));
    header[name] = { dtype: typeOf(tensor), shape, data_offsets: [place, (place += kept.byteLength)] };
  }
  const words = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil(words.length / 8) * 8;
  const bytes = new Uint8Array(8 + length + place).fill(32, 8, 8 + length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(words, 8);
  let at = 8 + length;
  for (const part of stored) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/**
 * Named arrays from a file in the safetensors format. F16 and BF16 become float32, which holds them exactly.
 *
 * @throws `expected a safetensors file, got 3 bytes`; `expected 24 bytes of w, got 20: the file is cut off`
 * @example nn.fromSafetensors(nn.toSafetensors([], { step: "7" })).metadata // { step: "7" }
 */
export function fromSafetensors(bytes: Uint8Array): SafeFile {
  const refuse = (what: string): never => {
    throw new RangeError(`expected a safetensors file, got ${what}`);
  };
  if (!(bytes instanceof Uint8Array)) throw new TypeError(`expected bytes to be a Uint8Array, got ${shown(bytes)}`);
  if (bytes.length < 8) refuse(`${bytes.length} bytes`);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  if (length > largestHeader) refuse(`a header of ${length} bytes`);
  if (8 + length > bytes.length) refuse(`${bytes.length} bytes where the header alone has ${length}: the file is cut off, or another format`);
  let header: Record<string, { dtype: SafeType; shape: number[]; data_offsets: [number, number] }> & { __metadata__?: Record<string, string> };
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(8, 8 + length)));
  } catch {
    return refuse("a header that is not JSON");
  }
  const { __metadata__: metadata = {}, ...entries } = header;
  // A plain array: the slice of Node's Buffer would not be a copy.
  const data = new Uint8Array(bytes.buffer, bytes.byteOffset + 8 + length, bytes.length - 8 - length);
  const tensors = Object.entries(entries).map(([name, entry]): SafeTensor => {
    const { dtype, shape, data_offsets: [from, to] = [Number.NaN, Number.NaN] } = entry ?? {};
    if (!(dtype in widths)) throw new RangeError(`unknown type of ${name}: ${String(dtype)} (known: ${Object.keys(widths).join(", ")})`);
    if (!Array.isArray(shape) || !shape.every((side) => Number.isSafeInteger(side) && side >= 0)) throw new RangeError(`expected a shape of ${name}, got ${JSON.stringify(shape)}`);
    const size = shape.reduce((product, side) => product * side, 1);
    if (to - from !== size * widths[dtype]) throw new RangeError(`expected ${size * widths[dtype]} bytes of ${name} for shape [${shape}], got places ${from} to ${to}`);
    if (from < 0 || to > data.length) throw new RangeError(`expected bytes ${from} to ${to} of ${name}, got ${data.length} in all: the file is cut off`);
    return Object.freeze({ name, shape: Object.freeze(shape), dtype, values: valuesOf(dtype, copied(data.subarray(from, to))) });
  });
  return Object.freeze({ tensors: Object.freeze(tensors), metadata: Object.freeze(metadata) });
}

/** In a buffer of its own. Not `slice`: that of a Buffer of Node shares the whole file. */
const copied = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);

function valuesOf(dtype: SafeType, copy: Uint8Array<ArrayBuffer>): SafeValues {
  if (dtype === "BF16") return new Float32Array(Uint32Array.from(new Uint16Array(copy.buffer), (half) => half << 16).buffer);
  if (dtype === "F16") return halfNumbers(new Uint16Array(copy.buffer));
  return new arrays[dtype](copy.buffer);
}

function halvesOf(name: string, values: Float32Array): Uint16Array {
  const halves = halfBits(values);
  for (let at = 0; at < halves.length; at++) {
    if ((halves[at]! & 0x7fff) === 0x7c00 && Number.isFinite(values[at])) throw new RangeError(`expected ${name} between -65504 and 65504 for F16, got ${values[at]} at index ${at}`);
  }
  return halves;
}
