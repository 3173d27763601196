/** How a signature is cut for locality-sensitive hashing: two that agree in all rows of a band are looked at. */
export interface Bands {
  readonly bands: number;
  readonly rows: number;
}

/** The cut of at most `hashes` numbers whose curve 1 - (1 - s^rows)^bands errs least around the threshold: areas of false pairs below it and of lost pairs above it. Lost pairs weigh `recall`. */
export function chooseBands(hashes: number, threshold: number, recall = 0.95): Bands {
  let best: Bands & { error: number } = { bands: hashes, rows: 1, error: Infinity };
  for (let rows = 1; rows <= hashes; rows++) {
    for (let bands = 1; bands <= Math.floor(hashes / rows); bands++) {
      const error = (1 - recall) * area((s) => 1 - (1 - s ** rows) ** bands, 0, threshold) + recall * area((s) => (1 - s ** rows) ** bands, threshold, 1);
      if (error < best.error) best = { bands, rows, error };
    }
  }
  return { bands: best.bands, rows: best.rows };
}

/** The chance that a pair of this similarity is looked at. */
export const chance = ({ bands, rows }: Bands, similarity: number): number => 1 - (1 - similarity ** rows) ** bands;

function area(curve: (s: number) => number, from: number, to: number): number {
  const steps = 200;
  let total = 0;
  for (let at = 0; at < steps; at++) total += curve(from + ((at + 0.5) / steps) * (to - from));
  return (total / steps) * (to - from);
}

/** Pairs of signatures that agree in a band. */
export function candidates(signatures: readonly Uint32Array[], { bands, rows }: Bands): [number, number][] {
  const seen = new Set<number>();
  const pairs: [number, number][] = [];
  for (let band = 0; band < bands; band++) {
    const buckets = new Map<string, number[]>();
    signatures.forEach((signature, item) => {
      const key = signature.subarray(band * rows, (band + 1) * rows).join();
      const bucket = buckets.get(key);
      if (!bucket) return void buckets.set(key, [item]);
      for (const other of bucket) {
        const pair = other * signatures.length + item;
        if (!seen.has(pair)) {
          seen.add(pair);
          pairs.push([other, item]);
        }
      }
      bucket.push(item);
    });
  }
  return pairs;
}
