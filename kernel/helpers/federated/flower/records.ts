import type { Weights } from "../weights.js";
import type { Limits } from "./limits.js";
import { fromNpy, toNpy } from "./npy.js";
import { encode, type Encoded, type FlowerObject } from "./object.js";
import { all, asDouble, asSint, bytes, concat, read, repeated, sint, text, uint, Writer, double, type Field } from "./protobuf.js";

export type Scalar = number | bigint | boolean | string | Uint8Array;
export type ConfigValue = Scalar | readonly Scalar[];

/** What a message carries, by the names that the server's strategy chose ("arrays", "config", "metrics"). */
export interface Records {
  readonly arrays: Readonly<Record<string, Weights>>;
  readonly metrics: Readonly<Record<string, Readonly<Record<string, ConfigValue>>>>;
  readonly configs: Readonly<Record<string, Readonly<Record<string, ConfigValue>>>>;
}

/** Flower's own size of a chunk. */
const chunkBytes = 5 * 2 ** 20;

const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

export function encodeRecords({ arrays = {}, metrics = {}, configs = {} }: Partial<Records>): Encoded {
  const named: [string, Encoded][] = [
    ...Object.entries(arrays).map(([name, weights]): [string, Encoded] => [name, encodeArrays(weights)]),
    ...Object.entries(metrics).map(([name, values]): [string, Encoded] => [name, encode("MetricRecord", encodeValues(values))]),
    ...Object.entries(configs).map(([name, values]): [string, Encoded] => [name, encode("ConfigRecord", encodeValues(values))]),
  ];
  return encode("RecordDict", json(Object.fromEntries(named.map(([name, { id }]) => [name, id]))), named.map(([, record]) => record));
}

function encodeArrays(weights: Weights): Encoded {
  const arrays = weights.map((weight): [string, Encoded] => {
    const file = toNpy(weight);
    const chunks: Encoded[] = [];
    for (let at = 0; at < file.length; at += chunkBytes) chunks.push(encode("ArrayChunk", file.subarray(at, at + chunkBytes)));
    const distinct = [...new Set(chunks.map(({ id }) => id))];
    const body = { dtype: "float32", shape: weight.shape, stype: "numpy.ndarray", arraychunk_ids: chunks.map(({ id }) => distinct.indexOf(id)) };
    return [weight.name, encode("Array", json(body), chunks)];
  });
  return encode("ArrayRecord", json(Object.fromEntries(arrays.map(([name, { id }]) => [name, id]))), arrays.map(([, array]) => array));
}

/** A whole number goes as Python's int: give a bigint where 3 must not become 3.0. */
function encodeValues(values: Readonly<Record<string, ConfigValue>>): Uint8Array {
  const out = new Writer();
  for (const [key, value] of Object.entries(values)) out.inner(1, (item) => item.text(1, key).inner(2, (inner) => encodeValue(inner, value, key)));
  return out.finish();
}

function encodeValue(out: Writer, value: ConfigValue, key: string): void {
  if (typeof value === "number") out.double(1, value);
  else if (typeof value === "bigint") out.sint(2, value);
  else if (typeof value === "boolean") out.uint(4, value ? 1 : 0);
  else if (typeof value === "string") out.bytes(5, new TextEncoder().encode(value));
  else if (value instanceof Uint8Array) out.bytes(6, value);
  else if (value.every((one) => typeof one === "number")) out.inner(21, (list) => value.forEach((one) => list.double(1, one)));
  else if (value.every((one) => typeof one === "bigint")) out.inner(22, (list) => value.forEach((one) => list.sint(1, one)));
  else throw new TypeError(`expected ${key} to be a value or a list of numbers, got a list of other things`);
}

/** A tree of checked objects, children by their names. */
export interface Tree {
  readonly object: FlowerObject;
  readonly children: ReadonlyMap<string, Tree>;
}

export function decodeRecords(tree: Tree, limits: Limits): Records {
  expectType(tree, "RecordDict");
  // The same array under many names would grow to any size too.
  let left = limits.elements;
  const records: { arrays: Record<string, Weights>; metrics: Record<string, Record<string, ConfigValue>>; configs: Record<string, Record<string, ConfigValue>> } = { arrays: {}, metrics: {}, configs: {} };
  for (const [name, child] of named(tree)) {
    if (child.object.type === "ArrayRecord") records.arrays[name] = named(child).map(([array, inner]) => {
        const decoded = decodeArray(inner, array, { ...limits, elements: left });
        left -= decoded.values.length + 1;
        if (left < 0) throw new Error(`expected at most ${limits.elements} elements in a message`);
        return Object.freeze({ name: array, ...decoded });
      });
    else if (child.object.type === "MetricRecord") records.metrics[name] = decodeValues(child.object.body);
    else if (child.object.type === "ConfigRecord") records.configs[name] = decodeValues(child.object.body);
    else throw new Error(`expected a record in ${name}, got ${child.object.type}`);
  }
  return records;
}

function decodeArray(tree: Tree, name: string, limits: Limits) {
  expectType(tree, "Array");
  const { stype, arraychunk_ids: places } = parse(tree) as { stype?: unknown; arraychunk_ids?: unknown };
  if (stype !== "numpy.ndarray") throw new Error(`expected stype numpy.ndarray of ${name}, got ${JSON.stringify(stype)}`);
  if (!Array.isArray(places) || places.length > limits.objects) throw new Error(`expected a list of chunks of ${name}`);
  let sum = 0;
  const chunks = places.map((place: unknown) => {
    const chunk = tree.children.get(tree.object.children[place as number] ?? "");
    if (!chunk) throw new Error(`expected chunk ${JSON.stringify(place)} of ${name} among ${tree.object.children.length}`);
    expectType(chunk, "ArrayChunk");
    sum += chunk.object.body.length;
    // One small chunk named many times would grow to any size.
    if (sum > 4 * limits.elements + 65536) throw new Error(`expected at most ${limits.elements} elements in ${name}`);
    return chunk.object.body;
  });
  return fromNpy(concat(chunks), name, limits.elements);
}

function named(tree: Tree): [string, Tree][] {
  return Object.entries(parse(tree)).map(([name, id]) => {
    const child = tree.children.get(String(id));
    if (!child) throw new Error(`expected the object of ${name} among the children of its ${tree.object.type}`);
    return [name, child];
  });
}

function parse({ object }: Tree): Record<string, unknown> {
  const value: unknown = JSON.parse(new TextDecoder().decode(object.body));
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new Error(`expected a JSON object in ${object.type}`);
  return value as Record<string, unknown>;
}

function expectType({ object }: Tree, type: FlowerObject["type"]): void {
  if (object.type !== type) throw new Error(`expected an object of type ${type}, got ${object.type}`);
}

function decodeValues(body: Uint8Array): Record<string, ConfigValue> {
  return Object.fromEntries(all(read(body), 1).map((item) => {
    const fields = read(item);
    return [text(fields, 1), decodeValue(read(bytes(fields, 2)))];
  }));
}

function decodeValue(fields: Field[]): ConfigValue {
  const field = fields.at(-1);
  const list = field ? () => read(field.bytes) : () => [];
  switch (field?.number) {
    case 1: return double(fields, 1);
    case 2: return sint(fields, 2);
    case 3: return uint(fields, 3);
    case 4: return uint(fields, 4) !== 0n;
    case 5: return text(fields, 5);
    case 6: return bytes(fields, 6).slice();
    case 21: return repeated(list(), 1, 1).map(asDouble);
    case 22: return repeated(list(), 1, 0).map(asSint);
    case 23: return repeated(list(), 1, 0);
    case 24: return repeated(list(), 1, 0).map((bit) => bit !== 0n);
    case 25: return all(list(), 1).map((one) => new TextDecoder().decode(one));
    case 26: return all(list(), 1).map((one) => one.slice());
    default: throw new Error(`unknown kind of value in a record: ${field?.number ?? "none"}`);
  }
}
