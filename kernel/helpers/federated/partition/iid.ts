import { known, whole } from "../../arguments.js";
import { random } from "../../data/random.js";

export interface IidOptions {
  /** How many parts. */
  clients: number;
  /** Default 0. */
  seed?: number;
}

/**
 * Rows dealt out at random, in parts of equal size (they differ by one row at most): every client sees the same distribution.
 * The easy case of federated learning; compare with `partitionDirichlet` and `partitionBy`.
 *
 * @returns one array of rows a client; every row is in exactly one. The rows are not copied.
 * @throws `expected clients to be a whole number >= 1, got 0`; `expected at least 3 rows for 3 clients, got 2`.
 * @example federated.partitionIid([1, 2, 3, 4, 5], { clients: 2 }).map((part) => part.length) // [3, 2]
 */
export function partitionIid<T>(rows: readonly T[], options: IidOptions): T[][] {
  known(options, ["clients", "seed"]);
  const clients = whole({ clients: options.clients }, 1);
  if (rows.length < clients) throw new RangeError(`expected at least ${clients} rows for ${clients} clients, got ${rows.length}`);
  const shuffled = random(options.seed ?? 0).shuffle(rows);
  return Array.from({ length: clients }, (_, client) => shuffled.filter((_, at) => at % clients === client));
}
