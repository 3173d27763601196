import { known, whole } from "../../arguments.js";
import { random } from "../../data/random.js";
import type { NodeLabel } from "./labels.js";

export interface NodeSplitOptions {
  /** Nodes of each class to learn from; default 20. */
  perClass?: number;
  /** Nodes to choose by, of what is left; default as many as to learn from. */
  validation?: number;
  /** Nodes to judge on at the end; default all that are left. */
  test?: number;
  /** Default 1. */
  seed?: number;
}

export interface NodeSplit {
  readonly train: readonly number[];
  readonly validation: readonly number[];
  readonly test: readonly number[];
}

/**
 * Nodes to learn from (as many of each class), to choose by, and to judge on, as indices. Nodes without a label (null) are in none.
 *
 * @throws `expected at least 20 nodes of class "a" to learn from and 1 beyond, got 5`; `expected at most 10 nodes for validation and test, got 20`.
 * @example graph.splitNodes(["a", "a", "a", "b", "b", "b"], { perClass: 1, validation: 2 }).test.length // 2
 */
export function splitNodes(labels: readonly (NodeLabel | null)[], options: NodeSplitOptions = {}): NodeSplit {
  known(options, ["perClass", "validation", "test", "seed"]);
  const perClass = whole({ perClass: options.perClass ?? 20 }, 1);
  const order = random(options.seed ?? 1).shuffle(labels.flatMap((label, node) => (label === null ? [] : [node])));
  const counts = new Map<NodeLabel, number>();
  for (const node of order) counts.set(labels[node]!, (counts.get(labels[node]!) ?? 0) + 1);
  for (const [name, count] of counts) if (count < perClass + 1) throw new RangeError(`expected at least ${perClass} nodes of class ${JSON.stringify(name)} to learn from and 1 beyond, got ${count}`);
  const taken = new Map<NodeLabel, number>();
  const [train, rest]: [number[], number[]] = [[], []];
  for (const node of order) {
    const have = taken.get(labels[node]!) ?? 0;
    taken.set(labels[node]!, have + 1);
    (have < perClass ? train : rest).push(node);
  }
  const validation = whole({ validation: options.validation ?? Math.min(train.length, Math.floor(rest.length / 2)) });
  const test = whole({ test: options.test ?? Math.max(0, rest.length - validation) });
  if (validation + test > rest.length) throw new RangeError(`expected at most ${rest.length} nodes for validation and test, got ${validation + test}`);
  return Object.freeze({ train, validation: rest.slice(0, validation), test: rest.slice(validation, validation + test) });
}
