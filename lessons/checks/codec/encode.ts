import { CodecError, defaultLimits, tensorElements, typedArrays, type CodecLimits } from "./vocabulary.js";

// Taken before any cell runs: a learner who replaces JSON or btoa by accident still gets their values across.
const { stringify } = JSON;
const { isArray } = Array;
const toBase64 = btoa;

/** The text of a value, or a CodecError that names the part which cannot cross. Reads getters; keeps own enumerable string keys only. */
export function encode(value: unknown, limits: CodecLimits = {}): string {
  const { size, depth } = { ...defaultLimits, ...limits };
  const parts: string[] = [];
  const open = new Map<object, string>();
  let length = 0;

  const write = (text: string): void => {
    length += text.length;
    if (length > size) throw new CodecError("too-large", `the value is larger than ${size} characters`);
    parts.push(text);
  };

  const items = (tag: string, list: Iterable<unknown>, at: string, level: number): void => {
    write(`["${tag}"`);
    let index = 0;
    for (const item of list) {
      write(",");
      walk(item, `${at}[${index++}]`, level + 1);
    }
    write("]");
  };

  const walk = (value: unknown, at: string, level: number): void => {
    if (level > depth) throw new CodecError("too-deep", `${short(at)} is nested deeper than ${depth}`);
    switch (typeof value) {
      case "boolean":
        return write(value ? "true" : "false");
      case "string":
        if (value.length > size) throw new CodecError("too-large", `${short(at)} is longer than ${size} characters`);
        return write(stringify(value));
      case "number":
        return write(Number.isFinite(value) && !Object.is(value, -0) ? `${value}` : `["n","${Object.is(value, -0) ? "-0" : value}"]`);
      case "undefined":
        return write('["u"]');
      case "bigint":
        return write(`["i","${value}"]`);
      case "function":
        return write(`["f",${stringify(String(value.name))}]`);
      case "symbol":
        throw new CodecError("unsupported", `${short(at)} is a symbol, which cannot be checked`);
      default:
        return value === null ? write("null") : object(value as object, at, level);
    }
  };

  const object = (value: object, at: string, level: number): void => {
    const seen = open.get(value);
    if (seen !== undefined) throw new CodecError("cycle", `${short(at)} refers back to ${short(seen)}`);
    open.set(value, at);
    if (isArray(value)) items("[", value, at, level);
    else if (value instanceof Map) items("m", pairs(value), at, level);
    else if (value instanceof Set) items("s", value, at, level);
    else if (value instanceof Date) write(`["d",${Number.isNaN(value.getTime()) ? "null" : value.getTime()}]`);
    else if (value instanceof Error) write(`["e",${stringify(String(value.name))},${stringify(String(value.message))}]`);
    else if (ArrayBuffer.isView(value)) write(`["b",${stringify(elementType(value, at))},"${base64(value, size)}"]`);
    else if (isTensor(value)) tensor(value, at);
    else {
      refuse(value, at);
      write('["{"');
      for (const key of Object.keys(value)) {
        if (key === "__proto__") throw new CodecError("unsupported", `${short(at)} has a key __proto__`);
        write(`,${stringify(key)},`);
        walk((value as Record<string, unknown>)[key], `${at}.${key}`, level + 1);
      }
      write("]");
    }
    open.delete(value);
  };

  const tensor = (value: Tensor, at: string): void => {
    if (value.isDisposed) throw new CodecError("unsupported", `${short(at)} is a disposed tensor`);
    const data = value.dataSync();
    write(`["t",${stringify(value.dtype)},[${value.shape.join(",")}],`);
    if (value.dtype === "string") {
      write("[");
      Array.from(data as ArrayLike<unknown>).forEach((text, index) => write((index ? "," : "") + stringify(String(text))));
      write("]]");
    } else if (value.dtype in tensorElements && ArrayBuffer.isView(data)) write(`"${base64(data, size)}"]`);
    else throw new CodecError("unsupported", `${short(at)} is a tensor of dtype ${value.dtype}`);
  };

  walk(value, "value", 0);
  return parts.join("");
}

interface Tensor {
  dtype: string;
  shape: number[];
  isDisposed?: boolean;
  dataSync(): unknown;
}

function isTensor(value: object): value is Tensor {
  const { dtype, shape, dataSync } = value as Partial<Tensor>;
  return typeof dtype === "string" && isArray(shape) && typeof dataSync === "function";
}

function* pairs(map: Map<unknown, unknown>): Iterable<unknown> {
  for (const [key, value] of map) {
    yield key;
    yield value;
  }
}

/** Objects whose content is not in their fields would cross as `{}`: refuse them by name. */
function refuse(value: object, at: string): void {
  if (typeof (value as { then?: unknown }).then === "function") throw new CodecError("unsupported", `${short(at)} is a promise: is an await missing?`);
  const opaque = [WeakMap, WeakSet, WeakRef, RegExp, ArrayBuffer].find((kind) => value instanceof kind);
  if (opaque) throw new CodecError("unsupported", `${short(at)} is a ${opaque.name}, which cannot be checked`);
}

function elementType(view: ArrayBufferView, at: string): string {
  for (const [name, kind] of typedArrays) if (view instanceof kind) return name;
  throw new CodecError("unsupported", `${short(at)} is a ${view.constructor.name}, which cannot be checked`);
}

function base64(view: ArrayBufferView, size: number): string {
  if (view.byteLength * (4 / 3) > size) throw new CodecError("too-large", `the value is larger than ${size} characters`);
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  let text = "";
  for (let start = 0; start < bytes.length; start += 0x8000) text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  return toBase64(text);
}

const short = (path: string): string => (path.length > 80 ? `${path.slice(0, 77)}...` : path);
