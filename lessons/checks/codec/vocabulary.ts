/**
 * The text is JSON. Numbers (finite, not -0), strings, booleans and null stand for themselves; everything else is an array whose
 * first element is one of these tags:
 *
 * ["[", ...items]                array                  ["{", k1, v1, k2, v2, ...]     plain object, class instance
 * ["u"]                          undefined              ["n", "NaN"|"Infinity"|...]    number JSON cannot say
 * ["i", "123"]                   bigint                 ["d", milliseconds | null]     Date; null is invalid
 * ["m", k1, v1, ...]             Map                    ["s", ...items]                Set
 * ["b", "float32", base64]       typed array            ["t", dtype, shape, payload]   tensor: base64, or strings
 * ["e", name, message]           Error                  ["f", name]                    function: a mark, it cannot cross
 */
export type CodecProblem = "malformed" | "too-large" | "too-deep" | "unsupported" | "cycle";

/** Why a value cannot cross. `message` names the place: `value.layers[2].next`. */
export class CodecError extends Error {
  override name = "CodecError";
  constructor(readonly problem: CodecProblem, message: string) {
    super(message);
  }
}

export interface CodecLimits {
  /** Longest text in UTF-16 units. Default 8 * 1024 * 1024. */
  size?: number;
  /** Deepest nesting. Default 64. */
  depth?: number;
}

export const defaultLimits = { size: 8 * 1024 * 1024, depth: 64 } as const;

/** What a decoded function is: its name. The check can call it by path, `student.call("model.predict", ...)`. */
export interface FunctionMark {
  readonly kind: "function";
  readonly name: string;
}

const marks = new WeakSet<object>();

export function functionMark(name: string): FunctionMark {
  const mark = Object.freeze({ kind: "function" as const, name });
  marks.add(mark);
  return mark;
}

/** True for marks that `decode` made; a student's object with the same fields is not one. */
export function isFunctionMark(value: unknown): value is FunctionMark {
  return typeof value === "object" && value !== null && marks.has(value);
}

type TypedArray =
  | Int8Array | Uint8Array | Uint8ClampedArray | Int16Array | Uint16Array | Int32Array | Uint32Array
  | Float32Array | Float64Array | BigInt64Array | BigUint64Array;

/** Element types by name; little-endian, as every machine we run on. */
export const typedArrays: ReadonlyMap<string, { new (buffer: ArrayBuffer): TypedArray; BYTES_PER_ELEMENT: number }> = new Map<
  string,
  { new (buffer: ArrayBuffer): TypedArray; BYTES_PER_ELEMENT: number }
>([
  ["int8", Int8Array], ["uint8", Uint8Array], ["uint8c", Uint8ClampedArray], ["int16", Int16Array], ["uint16", Uint16Array],
  ["int32", Int32Array], ["uint32", Uint32Array], ["float32", Float32Array], ["float64", Float64Array],
  ["int64", BigInt64Array], ["uint64", BigUint64Array],
]);

/** How a tensor's values travel, by dtype; strings travel as JSON. */
export const tensorElements: Readonly<Record<string, string>> = Object.freeze({ float32: "float32", int32: "int32", bool: "uint8", complex64: "float32" });
