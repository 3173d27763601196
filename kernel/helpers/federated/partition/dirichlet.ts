import { known, positive, whole } from "../../arguments.js";
import { random, type Random } from "../../data/random.js";

export interface DirichletOptions<T> {
  clients: number;
  /** The label of a row. */
  label: (row: T) => string | number | boolean;
  /** Concentration, > 0: 100 is nearly equal shares, 0.1 leaves most clients with one or two labels. */
  alpha: number;
  /** Every client has at least this many rows; shares are drawn again until it holds. Default 1. */
  least?: number;
  /** Default 0. */
  seed?: number;
}

/** Draws before giving up on `least`. */
const attempts = 1000;

/**
 * Label skew: for each label, the shares of the clients are drawn from a symmetric Dirichlet(alpha) distribution
 * (Hsu, Qi, Brown 2019, "Measuring the Effects of Non-Identical Data Distribution for Federated Visual Classification",
 * in the per-label form of Yurochkin et al. 2019).
 *
 * @returns one array of rows a client; every row is in exactly one.
 * @throws `expected alpha > 0, got 0`; `no draw of 1000 gave every client 5 rows: ...`.
 * @example
 * const rows = Array.from({ length: 100 }, (_, i) => ({ label: i % 2 }));
 * federated.partitionDirichlet(rows, { clients: 4, label: (row) => row.label, alpha: 0.5 }).flat().length // 100
 */
export function partitionDirichlet<T>(rows: readonly T[], options: DirichletOptions<T>): T[][] {
  known(options, ["clients", "label", "alpha", "least", "seed"]);
  const clients = whole({ clients: options.clients }, 1);
  const alpha = positive({ alpha: options.alpha });
  const least = whole({ least: options.least ?? 1 });
  if (rows.length < clients * least) throw new RangeError(`expected at least ${clients * least} rows for ${clients} clients of ${least}, got ${rows.length}`);
  const generator = random(options.seed ?? 0);
  const byLabel = new Map<string | number | boolean, T[]>();
  for (const row of rows) {
    const label = options.label(row);
    byLabel.set(label, [...(byLabel.get(label) ?? []), row]);
  }
  for (let attempt = 0; attempt < attempts; attempt++) {
    const parts = deal([...byLabel.values()], clients, alpha, generator);
    if (parts.every((part) => part.length >= least)) return parts;
  }
  throw new RangeError(`no draw of ${attempts} gave every client ${least} rows: raise alpha (${alpha}), or lower clients (${clients}) or least`);
}

function deal<T>(groups: T[][], clients: number, alpha: number, generator: Random): T[][] {
  const parts: T[][] = Array.from({ length: clients }, () => []);
  for (const group of groups) {
    const shuffled = generator.shuffle(group);
    let share = 0;
    let from = 0;
    dirichlet(clients, alpha, generator).forEach((fraction, client) => {
      share += fraction;
      const to = client === clients - 1 ? shuffled.length : Math.round(share * shuffled.length);
      for (const row of shuffled.slice(from, to)) parts[client]!.push(row);
      from = Math.max(from, to);
    });
  }
  return parts;
}

/** Normalised Gamma(alpha) draws, in logarithms: at a small alpha the draws themselves are below the smallest float. */
function dirichlet(count: number, alpha: number, generator: Random): number[] {
  const logs = Array.from({ length: count }, () => logGamma(alpha, generator));
  const most = Math.max(...logs);
  const parts = logs.map((log) => Math.exp(log - most));
  const sum = parts.reduce((a, b) => a + b, 0);
  return parts.map((part) => part / sum);
}

/** Logarithm of a Gamma(alpha, 1) draw: Marsaglia and Tsang 2000, with their boost for alpha < 1. */
function logGamma(alpha: number, generator: Random): number {
  if (alpha < 1) return logGamma(alpha + 1, generator) + Math.log(1 - generator.uniform()) / alpha;
  const d = alpha - 1 / 3;
  for (;;) {
    const x = generator.normal();
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - generator.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return Math.log(d * v);
  }
}
