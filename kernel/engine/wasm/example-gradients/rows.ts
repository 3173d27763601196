import type { Plan } from "./contract.js";

/** A table's rows: positions with the same id add up before the norm is taken. */
export function planRows(idsAt: number, right: number, { positions, rows, n }: { positions: number; rows: number; n: number }): Plan {
  const bytes = n * 4;
  return {
    bytes: positions * bytes,
    start({ run, heap, batch, out, scratch, dot }) {
      const ids = new Int32Array(heap.buffer, idsAt, batch * positions);
      /** The place in scratch of each row's sum, from 1; 0 for rows that the example has not. */
      const places = new Int32Array(rows);
      const found: number[] = [];
      return {
        squared(example) {
          for (const id of found) places[id] = 0;
          found.length = 0;
          for (let position = example * positions; position < (example + 1) * positions; position++) {
            const id = ids[position]!;
            // As in TensorFlow, ids outside the table are dropped.
            if (id < 0 || id >= rows) continue;
            const from = right + position * bytes;
            if (places[id] === 0) {
              places[id] = found.push(id);
              heap.copyWithin((scratch >>> 2) + (found.length - 1) * n, from >>> 2, (from >>> 2) + n);
            } else run["addScaled"]!(from, scratch + (places[id]! - 1) * bytes, bytes, 1);
          }
          return dot(scratch, scratch, found.length * bytes);
        },
        add(_example, weight) {
          found.forEach((id, place) => run["addScaled"]!(scratch + place * bytes, out + id * bytes, bytes, weight));
        },
      };
    },
  };
}
