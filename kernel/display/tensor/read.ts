import { inherited, isObject, method, own } from "../reflect.js";

/** A tensor, told by its shape rather than its class, so that any copy of TensorFlow.js will do. */
export interface TensorLike {
  shape: number[];
  dtype: string;
  dataSync(): ArrayLike<number> | string[];
}

export function isTensor(value: unknown): value is TensorLike {
  const shape = own(value, "shape");
  return Array.isArray(shape) && typeof own(value, "dtype") === "string" && typeof inherited(value, "dataSync") === "function"
    && shape.every((n) => Number.isInteger(n) && n >= 0);
}

export const isDisposed = (tensor: unknown): boolean => own(tensor, "isDisposedInternal") === true;

export const sizeOf = (shape: number[]): number => shape.reduce((a, b) => a * b, 1);

/** `Tensor float32 [2, 3]`, `Variable "w" float32 [2, 3]`, `Tensor float32 [2, 3] (disposed)`; undefined for other values. */
export function tensorLabel(value: unknown): string | undefined {
  if (!isTensor(value)) return undefined;
  return `${tensorKind(value)} ${value.dtype} [${value.shape.join(", ")}]${isDisposed(value) ? " (disposed)" : ""}`;
}

function tensorKind(tensor: object): string {
  const name = own(tensor, "name");
  return typeof own(tensor, "trainable") === "boolean" && typeof name === "string" ? `Variable ${JSON.stringify(name.slice(0, 200))}` : "Tensor";
}

/** Elements read of a tensor that is too large to read whole. */
const sampled = 100_000;

export interface TensorValues {
  values: ArrayLike<number> | string[];
  /** Only every nth element was read. 1: all were. */
  every: number;
}

/**
 * The elements, or a regular sample of large tensors; a string that says why where they cannot be read.
 * Leaves no tensor behind.
 */
export function readValues(tensor: TensorLike, limit = 4_000_000): TensorValues | string {
  if (isDisposed(tensor)) return "disposed: its memory was given back, so it has no values any more";
  const size = sizeOf(tensor.shape);
  const made: unknown[] = [];
  try {
    if (size <= limit) return { values: tensor.dataSync(), every: 1 };
    const every = Math.ceil(size / sampled);
    const flat = method(tensor, "reshape")?.([size]);
    made.push(flat);
    const sample = method(flat, "stridedSlice")?.([0], [size], [every]);
    made.push(sample);
    if (!isTensor(sample)) return `${size.toLocaleString("en-US")} values, too many to read for display`;
    return { values: sample.dataSync(), every };
  } catch (error) {
    return `values cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    for (const t of made) if (isObject(t)) method(t, "dispose")?.();
  }
}
