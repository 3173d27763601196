/**
 * The part of protobuf's wire format (proto3) that Flower's messages use: varints, 64-bit floats, length-delimited fields.
 * Written by hand from the format's public description: no schema, no generated code. Unknown fields are skipped, as the format asks.
 */
export class Writer {
  private readonly parts: Uint8Array[] = [];

  uint(field: number, value: bigint | number): this {
    return value === 0n || value === 0 ? this : this.varint(BigInt(field) << 3n).varint(BigInt.asUintN(64, BigInt(value)));
  }

  /** Zigzag: small negative numbers stay short. Written also when 0: in a `oneof` its presence counts. */
  sint(field: number, value: bigint): this {
    return this.varint(BigInt(field) << 3n).varint(BigInt.asUintN(64, (value << 1n) ^ (value >> 63n)));
  }

  /** Written also when 0, see `sint`. */
  double(field: number, value: number): this {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, value, true);
    this.varint((BigInt(field) << 3n) | 1n);
    this.parts.push(bytes);
    return this;
  }

  bytes(field: number, value: Uint8Array): this {
    this.varint((BigInt(field) << 3n) | 2n).varint(BigInt(value.length));
    this.parts.push(value);
    return this;
  }

  text(field: number, value: string): this {
    return value === "" ? this : this.bytes(field, new TextEncoder().encode(value));
  }

  /** A message inside. */
  inner(field: number, write: (inner: Writer) => void): this {
    const inner = new Writer();
    write(inner);
    return this.bytes(field, inner.finish());
  }

  finish(): Uint8Array<ArrayBuffer> {
    return concat(this.parts);
  }

  private varint(value: bigint): this {
    const bytes: number[] = [];
    let rest = value;
    for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
    bytes.push(Number(rest));
    this.parts.push(Uint8Array.from(bytes));
    return this;
  }
}

export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** One field as it stands on the wire. */
export interface Field {
  readonly number: number;
  /** Wire types 0 and 1 (as raw bits). */
  readonly bits: bigint;
  /** Wire type 2; empty else. */
  readonly bytes: Uint8Array;
  readonly wire: 0 | 1 | 2 | 5;
}

/** @throws `protobuf ends in the middle of a field`; `unknown protobuf wire type 3`. */
export function read(message: Uint8Array): Field[] {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
  const fields: Field[] = [];
  let at = 0;
  const take = (count: number) => {
    if (count > message.length - at) throw new RangeError("protobuf ends in the middle of a field");
    at += count;
    return at - count;
  };
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      if (shift > 63n) throw new RangeError("protobuf varint of more than 10 bytes");
      const byte = message[take(1)]!;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asUintN(64, value);
    }
  };
  while (at < message.length) {
    const key = varint();
    const [number, wire] = [Number(key >> 3n), Number(key & 7n)];
    const none = { number, bits: 0n, bytes: message.subarray(0, 0) };
    if (wire === 0) fields.push({ ...none, wire, bits: varint() });
    else if (wire === 1) fields.push({ ...none, wire, bits: view.getBigUint64(take(8), true) });
    else if (wire === 5) take(4);
    else if (wire === 2) {
      const length = Number(varint());
      const from = take(length);
      fields.push({ ...none, wire, bytes: message.subarray(from, from + length) });
    } else throw new RangeError(`unknown protobuf wire type ${wire}`);
  }
  return fields;
}

/** The last field of that number counts, as the format says. */
const last = (fields: readonly Field[], number: number) => fields.findLast((field) => field.number === number);

export const all = (fields: readonly Field[], number: number): Uint8Array[] => fields.filter((field) => field.number === number && field.wire === 2).map(({ bytes }) => bytes);
export const uint = (fields: readonly Field[], number: number): bigint => last(fields, number)?.bits ?? 0n;
export const bytes = (fields: readonly Field[], number: number): Uint8Array => last(fields, number)?.bytes ?? new Uint8Array();
export const text = (fields: readonly Field[], number: number): string => decoder.decode(bytes(fields, number));
export const double = (fields: readonly Field[], number: number): number => asDouble(uint(fields, number));
export const sint = (fields: readonly Field[], number: number): bigint => asSint(uint(fields, number));

const decoder = new TextDecoder("utf-8", { fatal: true });

export const asSint = (bits: bigint): bigint => BigInt.asIntN(64, (bits >> 1n) ^ -(bits & 1n));

export function asDouble(bits: bigint): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
}

/** The values of a repeated field of numbers, packed or not. */
export function repeated(fields: readonly Field[], number: number, wire: 0 | 1): bigint[] {
  return fields.filter((field) => field.number === number).flatMap((field) => {
    if (field.wire !== 2) return [field.bits];
    if (wire === 0) return varints(field.bytes);
    if (field.bytes.length % 8) throw new RangeError("packed protobuf doubles end in the middle of a number");
    const view = new DataView(field.bytes.buffer, field.bytes.byteOffset, field.bytes.byteLength);
    return Array.from({ length: field.bytes.length / 8 }, (_, at) => view.getBigUint64(8 * at, true));
  });
}

function varints(packed: Uint8Array): bigint[] {
  const values: bigint[] = [];
  let value = 0n;
  let shift = 0n;
  for (const byte of packed) {
    value |= BigInt(byte & 127) << shift;
    shift += 7n;
    if (byte >= 128) continue;
    values.push(BigInt.asUintN(64, value));
    [value, shift] = [0n, 0n];
  }
  if (shift > 0n) throw new RangeError("packed protobuf numbers end in the middle of one");
  return values;
}
