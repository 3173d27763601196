import { shown, whole } from "../../arguments.js";
import { makeInbox, type Link } from "./link.js";

/** A worker's place in a ring. */
export interface Ring {
  readonly rank: number;
  readonly size: number;
  readonly next: Link;
  readonly previous: Link;
}

/**
 * Adds up the vectors of all workers of a ring, in place, so that each has the sum. Each worker only talks to its neighbours: the vector is cut in as many chunks as there are workers; in `size - 1` steps each chunk
 * goes round and is added to, in `size - 1` more the sums go round. So each worker sends `2 (size - 1) / size` of the vector, however many they are, and all have the same sums to the last bit.
 *
 * @returns bytes that this worker sent
 * @throws `expected 4 numbers from worker 0, got 3: vectors of all workers must have one length`
 * @see Patarasuk & Yuan (2009), "Bandwidth optimal all-reduce algorithms for clusters of workstations"
 * @example
 * const [a, b] = [Float32Array.of(1, 2, 3), Float32Array.of(10, 20, 30)];
 * const [first, second] = compress.distributed.memoryRing(2);
 * const bytes = await Promise.all([compress.distributed.ringAllReduce(a, first), compress.distributed.ringAllReduce(b, second)]);
 * [a, b, bytes] // [[11, 22, 33], [11, 22, 33], [12, 12]]
 */
export async function ringAllReduce(values: Float32Array, { rank, size, next, previous }: Ring): Promise<number> {
  if (!(values instanceof Float32Array)) throw new TypeError(`expected values as a Float32Array, got ${shown(values)}`);
  const chunk = (index: number): Float32Array => {
    const place = ((index % size) + size) % size;
    return values.subarray(Math.floor((place * values.length) / size), Math.floor(((place + 1) * values.length) / size));
  };
  let bytes = 0;
  const send = (part: Float32Array) => {
    next.send(part);
    bytes += part.byteLength;
  };
  const receive = async (wanted: Float32Array): Promise<Float32Array> => {
    const part = await previous.receive();
    if (part.length !== wanted.length) throw new RangeError(`expected ${wanted.length} numbers from worker ${(rank + size - 1) % size}, got ${part.length}: vectors of all workers must have one length`);
    return part;
  };
  for (let step = 0; step < size - 1; step++) {
    send(chunk(rank - step));
    const mine = chunk(rank - step - 1);
    const part = await receive(mine);
    for (let at = 0; at < mine.length; at++) mine[at]! += part[at]!;
  }
  for (let step = 0; step < size - 1; step++) {
    send(chunk(rank + 1 - step));
    const mine = chunk(rank - step);
    mine.set(await receive(mine));
  }
  return bytes;
}

/**
 * A ring inside one program, to try an algorithm without threads.
 *
 * @throws `expected size to be a whole number >= 1, got 0`
 * @example
 * compress.distributed.memoryRing(3).map(({ rank, size }) => rank + size) // [3, 4, 5]
 */
export function memoryRing(size: number): readonly Ring[] {
  whole({ size }, 1);
  // Pipe i goes from worker i to the next, and back.
  const pipes = Array.from({ length: size }, () => ({ there: makeInbox<Float32Array>(), back: makeInbox<Float32Array>() }));
  const end = (out: typeof pipes[0]["there"], into: typeof pipes[0]["there"]): Link => ({ send: (values) => out.push(values.slice()), receive: () => into.take() });
  return Object.freeze(pipes.map(({ there, back }, rank) => {
    const before = pipes[(rank + size - 1) % size]!;
    return { rank, size, next: end(there, back), previous: end(before.back, before.there) };
  }));
}
