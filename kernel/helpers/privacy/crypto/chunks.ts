// A file as authenticated chunks, after the STREAM construction (Hoang, Reyhanitabar, Rogaway and Vizár 2015): the nonce holds the chunk's number and whether it is the last.
// Header, 68 bytes: "LYC1", chunk size (uint32, big endian), nonce (12), the file's own key, encrypted with the caller's (48).
import { known, whole } from "../../arguments.js";
import { bytes as randomBytes } from "../random/bytes.js";
import { openBytes, sealBytes } from "./aes.js";
import { concat, utf8 } from "./encoding.js";
import { importKey } from "./keys.js";
import { DecryptionError } from "./refusal.js";

type Chunks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

const magic = utf8("LYC1");
const headerLength = 68;
const tagLength = 16;
const largestChunk = 2 ** 24;

export interface ChunksOptions {
  key: CryptoKey;
  /** As for `encrypt`. Default "". */
  context?: string;
}

/**
 * Encrypts a stream or a large file piece by piece (AES-256-GCM), in memory for one chunk at a time. Each file has its own random key, encrypted with yours.
 *
 * @param source pieces of any size: a Node stream, a `Blob`'s stream, an array of Uint8Array
 * @param options `chunkSize` in bytes, 1 to 2^24, default 65536
 * @returns pieces to write one after the other
 * @example
 * const key = await privacy.createKey();
 * const lengths = [];
 * for await (const piece of privacy.encryptChunks([new Uint8Array(10)], { key })) lengths.push(piece.length);
 * lengths // [68, 26]
 */
export async function* encryptChunks(source: Chunks, options: ChunksOptions & { chunkSize?: number }): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  known(options, ["key", "context", "chunkSize"]);
  const { key, context = "", chunkSize = 65536 } = options;
  if (whole({ chunkSize }, 1) > largestChunk) throw new RangeError(`expected chunkSize <= ${largestChunk}, got ${chunkSize}`);
  const raw = randomBytes(32);
  const iv = randomBytes(12);
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, chunkSize);
  const start = concat([magic, size]);
  yield concat([start, iv, await sealBytes(key, iv, raw, concat([start, utf8(context)]))]);
  const fileKey = await importKey(raw, { extractable: false });
  raw.fill(0);
  let number = 0;
  for await (const { piece, last } of pieces(source, chunkSize)) yield sealBytes(fileKey, nonce(number++, last), piece, new Uint8Array());
}

/**
 * What `encryptChunks` encrypted. A chunk is given only once it is checked; that the end is the true end is known only when the loop finishes, so act on the whole, or be ready to undo.
 *
 * @param source the pieces, in any cut
 * @throws DecryptionError for a wrong key or context, changed, missing, repeated or reordered chunks, a file that was cut or lengthened; `expected a file of encrypted chunks`
 * @example
 * const key = await privacy.createKey();
 * let total = 0;
 * for await (const piece of privacy.decryptChunks(privacy.encryptChunks([new Uint8Array(100), new Uint8Array(50)], { key, chunkSize: 64 }), { key })) total += piece.length;
 * total // 150
 */
export async function* decryptChunks(source: Chunks, options: ChunksOptions): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  known(options, ["key", "context"]);
  const { key, context = "" } = options;
  const reader = new Reader(source);
  const header = await reader.take(headerLength);
  if (header.length < headerLength || magic.some((byte, at) => header[at] !== byte)) throw new DecryptionError("expected a file of encrypted chunks");
  const chunkSize = new DataView(header.buffer, header.byteOffset).getUint32(4);
  const raw = await openBytes(key, header.slice(8, 20), header.slice(20), concat([header.subarray(0, 8), utf8(context)]));
  const fileKey = await importKey(raw, { extractable: false });
  raw.fill(0);
  let number = 0;
  for await (const { piece, last } of pieces(reader.rest(), chunkSize + tagLength)) yield openBytes(fileKey, nonce(number++, last), piece, new Uint8Array());
}

function nonce(number: number, last: boolean): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(12);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(number));
  bytes[11] = Number(last);
  return bytes;
}

/** Cuts to one size; only the last piece may be shorter, and an empty source is one empty last piece. */
async function* pieces(source: Chunks, size: number): AsyncGenerator<{ piece: Uint8Array<ArrayBuffer>; last: boolean }> {
  const reader = new Reader(source);
  let piece = await reader.take(size);
  for (;;) {
    const next = await reader.take(size);
    yield { piece, last: next.length === 0 };
    if (next.length === 0) return;
    piece = next;
  }
}

class Reader {
  readonly #source: AsyncIterator<Uint8Array> | Iterator<Uint8Array>;
  #held: Uint8Array[] = [];
  #length = 0;

  constructor(source: Chunks) {
    this.#source = Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  }

  /** So many bytes, or all that is left. */
  async take(count: number): Promise<Uint8Array<ArrayBuffer>> {
    while (this.#length < count) {
      const { done, value } = await this.#source.next();
      if (done) break;
      if (!(value instanceof Uint8Array)) throw new TypeError(`expected pieces of Uint8Array, got ${typeof value}`);
      this.#held.push(value);
      this.#length += value.length;
    }
    // A large piece is cut by views, not copied again for every chunk.
    const taken: Uint8Array[] = [];
    let missing = Math.min(count, this.#length);
    this.#length -= missing;
    while (missing > 0) {
      const first = this.#held[0]!;
      if (first.length <= missing) {
        taken.push(first);
        this.#held.shift();
        missing -= first.length;
      } else {
        taken.push(first.subarray(0, missing));
        this.#held[0] = first.subarray(missing);
        missing = 0;
      }
    }
    return concat(taken);
  }

  async *rest(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const piece = await this.take(65536);
      if (piece.length === 0) return;
      yield piece;
    }
  }
}
