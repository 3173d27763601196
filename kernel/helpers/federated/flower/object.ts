import { sha256 } from "@noble/hashes/sha2.js";
import { toHex } from "../secagg/bytes.js";
import { concat } from "./protobuf.js";

export type ObjectType = "Message" | "RecordDict" | "ArrayRecord" | "MetricRecord" | "ConfigRecord" | "Array" | "ArrayChunk";

/** One node of what Flower sends: bytes named by their own SHA-256, `"<type> <children> <length>" 0 body`. */
export interface FlowerObject {
  readonly type: ObjectType;
  readonly children: readonly string[];
  readonly body: Uint8Array;
}

/** A tree of objects to send: the bytes of each by its name, children before parents. */
export interface Encoded {
  readonly id: string;
  readonly children: readonly Encoded[];
  readonly content: Uint8Array;
}

export function encode(type: ObjectType, body: Uint8Array, children: readonly Encoded[] = []): Encoded {
  const once = [...new Map(children.map((child) => [child.id, child])).values()];
  const head = new TextEncoder().encode(`${type} ${once.map(({ id }) => id).join(",")} ${body.length}\0`);
  const content = concat([head, body]);
  return { id: nameOf(content), children: once, content };
}

export const nameOf = (content: Uint8Array): string => toHex(sha256(content));

const types = ["Message", "RecordDict", "ArrayRecord", "MetricRecord", "ConfigRecord", "Array", "ArrayChunk"];

/** @throws `object 12ab… is not what its name says: its SHA-256 is 34cd…` and others that name the object. */
export function decode(id: string, content: Uint8Array): FlowerObject {
  const found = nameOf(content);
  if (found !== id) throw new Error(`object ${short(id)} is not what its name says: its SHA-256 is ${short(found)}`);
  const end = content.indexOf(0);
  const head = end < 0 ? "" : new TextDecoder().decode(content.subarray(0, end));
  const [type = "", children = "", length = ""] = head.split(" ");
  const body = content.subarray(end + 1);
  if (!types.includes(type) || !/^(?:[0-9a-f]{64}(?:,[0-9a-f]{64})*)?$/.test(children)) throw new Error(`object ${short(id)} has no head that this client knows: ${JSON.stringify(head.slice(0, 40))}`);
  if (Number(length) !== body.length) throw new Error(`object ${short(id)} says that it has ${length} bytes, and has ${body.length}`);
  return { type: type as ObjectType, children: children ? children.split(",") : [], body };
}

const short = (id: string) => `${id.slice(0, 8)}…`;
