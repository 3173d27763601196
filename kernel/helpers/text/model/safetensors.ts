import { shown } from "../../arguments.js";
import type { SavedWeights } from "./weights.js";

type Header = Record<string, { dtype?: string; shape?: number[]; data_offsets?: [number, number] }>;

/** Bytes a value, and how values are read. Little-endian, as the format says. */
const kinds: Record<string, { size: number; read(view: DataView, at: number): number }> = {
  F64: { size: 8, read: (view, at) => view.getFloat64(at, true) },
  F32: { size: 4, read: (view, at) => view.getFloat32(at, true) },
  F16: { size: 2, read: (view, at) => half(view.getUint16(at, true)) },
  BF16: { size: 2, read: (view, at) => bfloat(view.getUint16(at, true)) },
  I64: { size: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  I32: { size: 4, read: (view, at) => view.getInt32(at, true) },
};

/**
 * Weights from the bytes of a `.safetensors` file, the format in which Hugging Face models are shared: a header in JSON, then plain numbers.
 * All become float32.
 *
 * @throws `expected a safetensors file of at least 8 bytes, got 3`; a header that is no JSON; `expected 40 bytes of x, got 12: the file is cut off`; `unknown dtype: F8 of x (known: ...)`
 * @example
 * const header = new TextEncoder().encode('{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}');
 * const file = Uint8Array.from([header.length, 0, 0, 0, 0, 0, 0, 0, ...header, 0, 0, 128, 63]);
 * text.readSafetensors(file).w.values // [1]
 */
export function readSafetensors(bytes: Uint8Array): SavedWeights {
  if (!(bytes instanceof Uint8Array)) throw new TypeError(`expected bytes as a Uint8Array, got ${shown(bytes)}`);
  if (bytes.length < 8) throw new RangeError(`expected a safetensors file of at least 8 bytes, got ${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = Number(view.getBigUint64(0, true));
  if (size > bytes.length - 8) throw new RangeError(`expected a safetensors file with a header of ${size} bytes, got ${bytes.length - 8} in all: it is cut off, or another kind of file`);
  let header: Header;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + size))) as Header;
  } catch (error) {
    throw new TypeError(`expected a safetensors file with a header in JSON: ${(error as Error).message}`, { cause: error });
  }
  return Object.freeze(Object.fromEntries(Object.entries(header).filter(([name]) => name !== "__metadata__").map(([name, { dtype = "", shape = [], data_offsets: [from, to] = [0, 0] }]) => {
    const kind = kinds[dtype];
    if (!kind) throw new TypeError(`unknown dtype: ${dtype} of ${name} (known: ${Object.keys(kinds).join(", ")})`);
    const count = shape.reduce((a, b) => a * b, 1);
    const there = Math.min(to - from, bytes.length - 8 - size - from);
    if (there !== count * kind.size) throw new RangeError(`expected ${count * kind.size} bytes of ${name}, got ${there}${there < count * kind.size ? ": the file is cut off" : ""}`);
    return [name, Object.freeze({ shape: Object.freeze([...shape]), values: Float32Array.from({ length: count }, (_, at) => kind.read(view, 8 + size + from + at * kind.size)) })];
  })));
}

function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

const word = new DataView(new ArrayBuffer(4));
function bfloat(bits: number): number {
  word.setUint32(0, bits << 16);
  return word.getFloat32(0);
}
