/** A node: its index from 0, or its name. */
export type NodeRef = number | string;

/** An edge as it is written: ends and, where it has one, its weight. */
export type EdgeRow = readonly [source: NodeRef, target: NodeRef] | readonly [source: NodeRef, target: NodeRef, weight: number] | { readonly source: NodeRef; readonly target: NodeRef; readonly weight?: number };

/**
 * A graph as plain data: for each node the nodes that it points to, one after another in compressed rows (CSR). Node i's neighbours are
 * `targets[offsets[i]]` to `targets[offsets[i + 1] - 1]`, sorted. Undirected: each edge stands in both its ends' rows, a self-loop once.
 */
export interface Graph {
  readonly nodes: number;
  /** Each edge counted once. */
  readonly edges: number;
  readonly directed: boolean;
  /** By node; `"0"`, `"1"`, ... where none were given. */
  readonly names: readonly string[];
  /** Length nodes + 1. */
  readonly offsets: Int32Array;
  readonly targets: Int32Array;
  /** Beside `targets`; all 1 where none were given. */
  readonly weights: Float64Array;
}
