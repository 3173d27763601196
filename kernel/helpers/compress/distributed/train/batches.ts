import { random } from "../../../data/random.js";

/** Rows of each global batch, the same in every worker: shuffled anew in each epoch. */
export function batchesOf(rows: number, batchSize: number, epochs: number, seed: number): number[][] {
  const draw = random(seed);
  return Array.from({ length: epochs }, () => {
    const order = draw.shuffle(Array.from({ length: rows }, (_, row) => row));
    return Array.from({ length: Math.ceil(rows / batchSize) }, (_, at) => order.slice(at * batchSize, (at + 1) * batchSize));
  }).flat();
}

/** The part of a batch that is this worker's; parts differ by at most one row. */
export function shareOf<T>(batch: readonly T[], rank: number, size: number): T[] {
  return batch.slice(Math.floor((rank * batch.length) / size), Math.floor(((rank + 1) * batch.length) / size));
}
