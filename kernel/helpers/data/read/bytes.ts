import { say } from "../../../display/language.js";
import { Gunzip } from "fflate";
import { bytes as size } from "../../../display/number.js";
import { positive, shown } from "../../arguments.js";
import { progress as showProgress } from "../../train/progress.js";
import { openFile } from "./node/file.js";

/** Where data comes from: a path or URL (in a page a path is a URL relative to it), bytes, a `File`, or a file of `data.upload()`. */
export type Source = string | URL | ArrayBuffer | ArrayBufferView | Blob | { readonly name: string; readonly bytes: Uint8Array };

export interface ReadOptions {
  /** Ends the reading: `AbortSignal.timeout(5000)`, or of an `AbortController`. */
  signal?: AbortSignal;
  /** Larger files are refused by name, in bytes; above 0. Default 512 MiB. */
  limit?: number;
  /** A bar while it is read: true, false, or a function of bytes done and (where known) to come. Default: a bar from 8 MiB on. */
  progress?: boolean | ((done: number, total: number | undefined) => void);
}

export const readOptionNames = ["signal", "limit", "progress"] as const;

export interface Bytes {
  /** For messages: the file's name, or "the bytes". */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What a file, a request or a blob gives: pieces, and how many bytes there will be. */
export interface Stream {
  readonly total: number | undefined;
  readonly pieces: AsyncIterable<Uint8Array>;
}

const mebi = 1 << 20;
const barFrom = 8 * mebi;

/**
 * All bytes of a source; gzip is opened.
 * @throws `expected x.csv of at most 512 MiB, got 700 MiB: give { limit: ... }`; `empty file: x.csv`; `no file at x.csv`; `AbortError`.
 */
export async function bytesOf(source: Source, options: ReadOptions = {}): Promise<Bytes> {
  const limit = positive({ limit: options.limit ?? 512 * mebi });
  options.signal?.throwIfAborted();
  const { name, found } = await open(source, options.signal);
  const raw = found instanceof Uint8Array ? found : await collect(name, found, limit, options);
  checkSize(name, raw.length, limit);
  if (raw.length === 0) throw new RangeError(`empty file: ${name}`);
  return { name, bytes: raw[0] === 0x1f && raw[1] === 0x8b ? unzip(name, raw, limit) : raw };
}

async function open(source: Source, signal: AbortSignal | undefined): Promise<{ name: string; found: Uint8Array | Stream }> {
  if (source instanceof ArrayBuffer) return { name: "the bytes", found: new Uint8Array(source) };
  if (ArrayBuffer.isView(source)) return { name: "the bytes", found: new Uint8Array(source.buffer, source.byteOffset, source.byteLength) };
  if (source instanceof Blob) return { name: (source as Partial<File>).name ?? "the blob", found: { total: source.size, pieces: pieces(source.stream()) } };
  if (typeof source === "string" || source instanceof URL) return openAddress(String(source), signal);
  if (source?.bytes instanceof Uint8Array) return { name: source.name, found: source.bytes };
  throw new TypeError(`expected a path, URL, bytes or a file, got ${shown(source)}`);
}

async function openAddress(address: string, signal: AbortSignal | undefined): Promise<{ name: string; found: Stream }> {
  const name = address.startsWith("data:") ? "the data: URL" : (address.split(/[?#]/)[0]!.split(/[\\/]/).filter(Boolean).at(-1) ?? address);
  if (!/^(https?|data|blob):/.test(address)) {
    const file = await openFile(address, signal);
    if (file) return { name, found: file };
  }
  let response: Response;
  try {
    response = await fetch(address, signal ? { signal } : {});
  } catch (error) {
    signal?.throwIfAborted();
    throw new Error(`cannot reach ${address}: ${error instanceof Error ? ((error.cause as Error | undefined)?.message ?? error.message) : String(error)}`, { cause: error });
  }
  if (!response.ok) throw new Error(`cannot read ${address}: the server answers ${response.status} ${response.statusText}`.trimEnd());
  const length = Number(response.headers.get("content-length"));
  // With an encoding the header counts what travels, not what arrives.
  const total = length > 0 && !response.headers.get("content-encoding") ? length : undefined;
  return { name, found: { total, pieces: response.body ? pieces(response.body) : one(new Uint8Array(await response.arrayBuffer())) } };
}

async function* pieces(stream: ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

async function* one(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}

async function collect(name: string, { total, pieces: parts }: Stream, limit: number, { signal, progress }: ReadOptions): Promise<Uint8Array> {
  if (total !== undefined) checkSize(name, total, limit);
  const report = reporter(name, total, progress);
  const kept: Uint8Array[] = [];
  let done = 0;
  try {
    for await (const part of parts) {
      signal?.throwIfAborted();
      kept.push(part);
      done += part.length;
      checkSize(name, done, limit);
      report.at(done);
    }
  } finally {
    report.end();
  }
  return joined(kept, done);
}

function reporter(name: string, total: number | undefined, progress: ReadOptions["progress"]): { at(done: number): void; end(): void } {
  if (typeof progress === "function") return { at: (done) => progress(done, total), end: () => {} };
  if (progress === false || (progress === undefined && (total ?? 0) < barFrom)) return { at: () => {}, end: () => {} };
  const steps = total === undefined ? undefined : Math.max(1, Math.ceil(total / mebi));
  const bar = showProgress({ ...(steps !== undefined && { steps }), title: say(`Reading ${name}, in MiB`, `正在读取 ${name}（MiB）`) });
  let shownSteps = 0;
  return {
    at(done) {
      for (; shownSteps < Math.floor(done / mebi); shownSteps++) bar.step();
    },
    end: () => bar.done(),
  };
}

function checkSize(name: string, length: number, limit: number): void {
  if (length > limit) throw new RangeError(`expected ${name} of at most ${size(limit)}, got ${size(length)}: give { limit: ... } in bytes if there is memory for it`);
}

/** In small steps, so that a file that grows a thousandfold is refused before it fills the memory. */
function unzip(name: string, bytes: Uint8Array, limit: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  let begun = 0;
  const gunzip = new Gunzip((part) => {
    length += part.length;
    parts.push(part);
  });
  gunzip.onmember = () => (begun = length);
  for (let at = 0; at < bytes.length; at += 1 << 16) {
    try {
      gunzip.push(bytes.subarray(at, at + (1 << 16)), at + (1 << 16) >= bytes.length);
    } catch (error) {
      throw new RangeError(`truncated gzip file: ${name} (${error instanceof Error ? error.message : String(error)})`, { cause: error });
    }
    checkSize(`${name}, unzipped,`, length, limit);
  }
  // The last four bytes say how long the last part becomes, modulo 2^32: a cut file ends in others.
  const said = bytes.length < 18 ? -1 : new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(0, true);
  if (said !== (length - begun) % 2 ** 32) throw new RangeError(`truncated gzip file: ${name} (${length - begun} bytes found)`);
  return joined(parts, length);
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
