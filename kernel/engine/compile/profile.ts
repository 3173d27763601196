/** What TensorFlow says about one run: how long each operation took, and what it made of the graph. */
export interface Profile {
  /** Operations of the rewritten graph, by name: `_FusedMatMul`, `n12`, ... */
  ops: { name: string; op: string }[];
  /** Microseconds an operation took, by its name; several threads overlap. */
  microseconds: Map<string, number>;
}

type Fields = Map<number, (number | Uint8Array)[]>;

/** Reads a serialized `RunMetadata` (tensorflow/core/protobuf/config.proto), as far as it is used here. */
export function readProfile(bytes: Uint8Array): Profile {
  const metadata = fields(bytes);
  const microseconds = new Map<string, number>();
  for (const stats of messages(metadata, 1)) {
    for (const device of messages(stats, 1)) {
      for (const node of messages(device, 2)) {
        const name = text(node, 1);
        const [start = 0, end = 0] = [number(node, 3), number(node, 4)];
        if (name) microseconds.set(name, (microseconds.get(name) ?? 0) + (end - start));
      }
    }
  }
  const ops: Profile["ops"] = [];
  for (const graphs of messages(metadata, 4)) {
    for (const graph of messages(graphs, 3)) for (const node of messages(graph, 1)) ops.push({ name: text(node, 1) ?? "", op: text(node, 2) ?? "" });
  }
  return { ops, microseconds };
}

const messages = (message: Fields, at: number): Fields[] => (message.get(at) ?? []).flatMap((value) => (typeof value === "number" ? [] : [fields(value)]));
const number = (message: Fields, at: number): number | undefined => message.get(at)?.find((value) => typeof value === "number");
const decoder = new TextDecoder();
const text = (message: Fields, at: number): string | undefined => {
  const found = message.get(at)?.[0];
  return found instanceof Uint8Array ? decoder.decode(found) : undefined;
};

/** A protobuf message's fields by number. Integers beyond 2^53 lose digits; none of ours come near. */
function fields(bytes: Uint8Array): Fields {
  const found: Fields = new Map();
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; at < bytes.length; scale *= 128) {
      const byte = bytes[at++]!;
      value += (byte & 127) * scale;
      if (byte < 128) break;
    }
    return value;
  };
  while (at < bytes.length) {
    const tag = varint();
    const [name, kind] = [Math.floor(tag / 8), tag % 8];
    let value: number | Uint8Array;
    if (kind === 0) value = varint();
    else if (kind === 2) {
      const length = varint();
      value = bytes.subarray(at, at + length);
      at += length;
    } else if (kind === 1 || kind === 5) {
      value = 0;
      at += kind === 1 ? 8 : 4;
    } else break;
    found.set(name, [...(found.get(name) ?? []), value]);
  }
  return found;
}
