/** Bytes in one weight file: 4 MiB, as tfjs's converter does, so that browsers cache and fetch the parts side by side. */
export const shardSize = 4 * 1024 * 1024;

/** `group1-shard1of3.bin` and its bytes, in order. One empty shard where there are no weights. */
export function splitShards(bytes: Uint8Array): { name: string; bytes: Uint8Array }[] {
  const count = Math.max(1, Math.ceil(bytes.length / shardSize));
  return Array.from({ length: count }, (_, index) => ({
    name: `group1-shard${index + 1}of${count}.bin`,
    bytes: bytes.subarray(index * shardSize, (index + 1) * shardSize),
  }));
}

/** Weights as tfjs hands them over: one buffer, or several. */
export function joinBuffers(data: ArrayBuffer | ArrayBuffer[]): Uint8Array {
  const parts = [data].flat().map((buffer) => new Uint8Array(buffer));
  const joined = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
