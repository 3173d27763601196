import type { DecodedTensor } from "../contract.js";
import { CodecError, defaultLimits, functionMark, tensorElements, typedArrays, type CodecLimits } from "./vocabulary.js";

/** The value of a text that `encode` made. Anything else is a CodecError; no code of the text's author runs, no prototype is touched. */
export function decode(text: unknown, limits: CodecLimits = {}): unknown {
  const { size, depth } = { ...defaultLimits, ...limits };
  if (typeof text !== "string") throw new CodecError("malformed", `expected text, got ${typeof text}`);
  if (text.length > size) throw new CodecError("too-large", `expected at most ${size} characters, got ${text.length}`);
  let tree: unknown;
  try {
    tree = JSON.parse(text);
  } catch {
    throw new CodecError("malformed", "the answer is not JSON");
  }
  return read(tree, depth);
}

function read(node: unknown, depth: number): unknown {
  if (depth < 0) throw new CodecError("too-deep", "the answer is nested too deeply");
  if (node === null || typeof node === "boolean" || typeof node === "string" || typeof node === "number") return node;
  if (!Array.isArray(node)) throw malformed("an object outside the vocabulary");
  const [tag, ...rest] = node as unknown[];
  if (typeof tag !== "string" || !Object.hasOwn(readers, tag)) throw malformed("an unknown tag");
  return readers[tag]!(rest, (child) => read(child, depth - 1));
}

type Reader = (rest: unknown[], child: (node: unknown) => unknown) => unknown;

const readers: Record<string, Reader> = {
  "[": (rest, child) => rest.map(child),
  "{": (rest, child) => {
    const result: Record<string, unknown> = {};
    for (const [key, value] of pairs(rest)) {
      if (typeof key !== "string" || key === "__proto__") throw malformed("a key");
      result[key] = child(value);
    }
    return result;
  },
  u: (rest) => exactly(rest, 0) && undefined,
  n: (rest) => {
    const special = new Map<unknown, number>([["NaN", NaN], ["Infinity", Infinity], ["-Infinity", -Infinity], ["-0", -0]]);
    exactly(rest, 1);
    if (!special.has(rest[0])) throw malformed("a number");
    return special.get(rest[0]);
  },
  i: (rest) => {
    const [digits] = strings(rest, 1);
    // Converting digits costs time that grows with the square of their count.
    if (!/^-?\d{1,10000}$/.test(digits!)) throw malformed("a bigint");
    return BigInt(digits!);
  },
  d: (rest) => {
    exactly(rest, 1);
    if (rest[0] !== null && typeof rest[0] !== "number") throw malformed("a date");
    return new Date(rest[0] ?? NaN);
  },
  m: (rest, child) => new Map(pairs(rest).map(([key, value]) => [child(key), child(value)])),
  s: (rest, child) => new Set(rest.map(child)),
  b: (rest) => {
    const [type, base64] = strings(rest, 2);
    return elements(type!, base64!);
  },
  t: (rest) => {
    exactly(rest, 3);
    return tensor(rest[0], rest[1], rest[2]);
  },
  e: (rest) => {
    const [name, message] = strings(rest, 2);
    return Object.assign(new Error(message), { name, stack: `${name}: ${message}` });
  },
  f: (rest) => functionMark(strings(rest, 1)[0]!),
};

function tensor(dtype: unknown, shape: unknown, payload: unknown): DecodedTensor {
  if (!Array.isArray(shape) || shape.length > 16 || !shape.every((n) => Number.isSafeInteger(n) && n >= 0)) throw malformed("a shape");
  const count = (shape as number[]).reduce((product, n) => product * n, 1);
  if (dtype === "string") {
    if (!Array.isArray(payload) || payload.length !== count) throw malformed("a string tensor");
    return Object.freeze({ kind: "tensor", dtype, shape: Object.freeze([...shape]), values: strings(payload, count) });
  }
  if (typeof dtype !== "string" || !Object.hasOwn(tensorElements, dtype) || typeof payload !== "string") throw malformed("a tensor");
  const values = elements(tensorElements[dtype]!, payload) as Float32Array;
  if (values.length !== count * (dtype === "complex64" ? 2 : 1)) throw malformed(`a tensor: ${values.length} values for shape [${shape}]`);
  return Object.freeze({ kind: "tensor", dtype: dtype as "float32", shape: Object.freeze([...shape]), values });
}

function elements(type: string, base64: string): ArrayBufferView {
  const kind = typedArrays.get(type);
  if (!kind || base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) throw malformed("a typed array");
  const bytes = Uint8Array.from(atob(base64), (unit) => unit.charCodeAt(0));
  if (bytes.length % kind.BYTES_PER_ELEMENT !== 0) throw malformed(`a typed array: ${bytes.length} bytes of ${type}`);
  return new kind(bytes.buffer);
}

function pairs(rest: unknown[]): [unknown, unknown][] {
  if (rest.length % 2 !== 0) throw malformed("an odd number of keys and values");
  return Array.from({ length: rest.length / 2 }, (_, index) => [rest[2 * index], rest[2 * index + 1]]);
}

function strings(rest: unknown[], count: number): string[] {
  exactly(rest, count);
  if (!rest.every((item) => typeof item === "string")) throw malformed("a text");
  return rest as string[];
}

function exactly(rest: unknown[], count: number): true {
  if (rest.length !== count) throw malformed("a wrong number of parts");
  return true;
}

const malformed = (what: string): CodecError => new CodecError("malformed", `the answer cannot be read: ${what}`);
