import type { DecodedTensor } from "./contract.js";
import { isTensor } from "./describe.js";

/** Arrays, typed arrays and tensors of numbers, read as one flat row-major list with a shape; undefined for anything else. */
export function readNumbers(value: unknown): { shape: number[]; flat: readonly number[] } | undefined {
  if (isTensor(value)) return value.dtype === "string" || value.dtype === "complex64" ? undefined : { shape: [...value.shape], flat: Array.from(value.values as Float32Array) };
  if (ArrayBuffer.isView(value)) {
    const flat = Array.from(value as Float64Array);
    return flat.every((item) => typeof item === "number") ? { shape: [flat.length], flat } : undefined;
  }
  if (typeof value === "number") return { shape: [], flat: [value] };
  if (!Array.isArray(value)) return undefined;
  const parts = value.map(readNumbers);
  const first = parts[0];
  if (!first) return value.length === 0 ? { shape: [0], flat: [] } : undefined;
  const flat: number[] = [];
  for (const part of parts) {
    if (!part || part.shape.length !== first.shape.length || part.shape.some((n, axis) => n !== first.shape[axis])) return undefined;
    for (const item of part.flat) flat.push(item);
  }
  return { shape: [value.length, ...first.shape], flat };
}

/** |a - b| <= tolerance; NaN is close to NaN only. */
export function near(a: number, b: number, tolerance: number): boolean {
  return Object.is(a, b) || a === b || Math.abs(a - b) <= tolerance;
}

/** The first path at which two decoded values differ, `""` for the values themselves; undefined where they are equal. */
export function difference(a: unknown, b: unknown, path = ""): string | undefined {
  if (Object.is(a, b) || (a === 0 && b === 0)) return undefined;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return path;
  if (isTensor(a) || isTensor(b)) return tensorDifference(a, b, path);
  if (a instanceof Map && b instanceof Map) return difference([...a], [...b], `${path} (entries)`);
  if (a instanceof Set && b instanceof Set) return difference([...a], [...b], `${path} (items)`);
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime() ? undefined : path;
  const lists = isList(a) && isList(b);
  if (lists ? a.length !== b.length : Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return path;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  for (const key of keys) {
    const at = lists ? `${path}[${key}]` : `${path}.${key}`;
    if (!Object.hasOwn(a, key) || !Object.hasOwn(b, key)) return at;
    const found = difference((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key], at);
    if (found !== undefined) return found;
  }
  return undefined;
}

function tensorDifference(a: object, b: object, path: string): string | undefined {
  const [left, right] = [a as DecodedTensor, b as DecodedTensor];
  if (!isTensor(a) || !isTensor(b) || left.dtype !== right.dtype) return path;
  return difference(left.shape, right.shape, `${path}.shape`) ?? difference(left.values, right.values, path);
}

const isList = (value: object): value is { length: number } => Array.isArray(value) || ArrayBuffer.isView(value);
