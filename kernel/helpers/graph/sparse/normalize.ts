import { say } from "../../../display/language.js";
import { known, oneOf } from "../../arguments.js";
import type { Graph } from "../structure/contract.js";
import { showLine } from "../structure/show.js";

/** A matrix that is mostly zeros: its other entries, row by row. Plain data. */
export interface Sparse {
  readonly rows: number;
  readonly columns: number;
  /** Of each entry. */
  readonly rowOf: Int32Array;
  readonly columnOf: Int32Array;
  readonly values: Float64Array;
}

export interface NormalizeOptions {
  /** "symmetric": D^-1/2 A D^-1/2, as in GCN; "row": D^-1 A, the mean over neighbours; "none": A. Default "symmetric". */
  kind?: "symmetric" | "row" | "none";
  /** Add an edge of weight 1 from each node to itself, on top of what is there; default true. */
  selfLoops?: boolean;
}

/**
 * The adjacency matrix as graph networks multiply with it: A + I, each entry divided by degrees (sums of rows of A + I).
 * Directed: row i gathers from the nodes that i points to. A node without any entry keeps a row of zeros, and where its degree would divide (directed,
 * symmetric, without self-loops) its column is 0 too.
 *
 * Source: Kipf and Welling 2017.
 * @example
 * const a = graph.normalizedAdjacency(graph.fromEdges([[0, 1]]));
 * a.values // [0.5, 0.5, 0.5, 0.5]
 */
export function normalizedAdjacency(g: Graph, options: NormalizeOptions = {}): Sparse {
  known(options, ["kind", "selfLoops"]);
  const kind = oneOf({ kind: options.kind ?? "symmetric" }, ["symmetric", "row", "none"]);
  const loops = options.selfLoops ?? true;
  const [rowOf, columnOf, values]: [number[], number[], number[]] = [[], [], []];
  const sums = new Float64Array(g.nodes);
  const put = (i: number, j: number, weight: number) => {
    rowOf.push(i);
    columnOf.push(j);
    values.push(weight);
    sums[i] += weight;
  };
  for (let i = 0; i < g.nodes; i++) {
    let placed = !loops;
    for (let at = g.offsets[i]; at < g.offsets[i + 1]; at++) {
      const j = g.targets[at];
      const here = !placed && j >= i;
      if (here) placed = true;
      if (here && j > i) put(i, i, 1);
      put(i, j, g.weights[at] + Number(here && j === i));
    }
    if (!placed) put(i, i, 1);
  }
  const scaled = Float64Array.from(values, (value, at) => {
    if (kind === "none") return value;
    if (kind === "row") return value / sums[rowOf[at]];
    const product = sums[rowOf[at]] * sums[columnOf[at]];
    return product === 0 ? 0 : value / Math.sqrt(product);
  });
  return sparse(g.nodes, g.nodes, Int32Array.from(rowOf), Int32Array.from(columnOf), scaled);
}

export const sparse = (rows: number, columns: number, rowOf: Int32Array, columnOf: Int32Array, values: Float64Array): Sparse =>
  showLine({ rows, columns, rowOf, columnOf, values }, () => say(`Sparse matrix, ${rows} x ${columns}, ${values.length} entries that are not 0.`, `稀疏矩阵，${rows} × ${columns}，${values.length} 个非零元素。`));

/**
 * A sparse matrix as rows of numbers, for those small enough to look at.
 *
 * @throws `expected at most 5000 rows, got 9000`.
 * @example graph.dense(graph.normalizedAdjacency(graph.fromEdges([[0, 1]]), { kind: "none" })) // [[1, 1], [1, 1]]
 */
export function dense({ rows, columns, rowOf, columnOf, values }: Sparse): number[][] {
  if (rows > 5000) throw new RangeError(`expected at most 5000 rows, got ${rows}`);
  const result = Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
  values.forEach((value, at) => (result[rowOf[at]][columnOf[at]] += value));
  return result;
}
