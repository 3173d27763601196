import { say } from "../../../display/language.js";
import { known, oneOf, shown } from "../../arguments.js";
import { showLine } from "../structure/show.js";
import type { Pair } from "./split.js";

export type Rows = readonly ArrayLike<number>[];

/**
 * How near two nodes' vectors are, for each pair: their dot product, or the cosine of their angle.
 *
 * @param vectors a row a node.
 * @throws `unknown node: 5 in pair 0 (3 rows of vectors)`.
 * @example graph.scoreLinks([[1, 0], [0.5, 1], [0, 2]], [[0, 1], [1, 2]]) // [0.5, 2]
 */
export function scoreLinks(vectors: Rows, pairs: readonly Pair[], options: { measure?: "dot" | "cosine" } = {}): number[] {
  known(options, ["measure"]);
  const cosine = oneOf({ measure: options.measure ?? "dot" }, ["dot", "cosine"]) === "cosine";
  const dot = (a: ArrayLike<number>, b: ArrayLike<number>) => {
    let sum = 0;
    for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
    return sum;
  };
  return pairs.map(([i, j], at) => {
    const [a, b] = [i, j].map((node) => {
      if (vectors[node] === undefined) throw new RangeError(`unknown node: ${shown(node)} in pair ${at} (${vectors.length} rows of vectors)`);
      return vectors[node];
    });
    if (a.length !== b.length) throw new RangeError(`expected rows of one length, got ${a.length} and ${b.length} in pair ${at}`);
    const product = dot(a, b);
    return cosine ? product / (Math.sqrt(dot(a, a) * dot(b, b)) || 1) : product;
  });
}

export interface LinkQuality {
  /** Chance that an edge scores above a pair without one, ties half. */
  readonly auc: number;
  /** Area under precision over recall. */
  readonly averagePrecision: number;
}

/**
 * How well scores tell edges from pairs without one.
 *
 * @throws `expected at least one score in positive, got none`; `expected finite numbers in negative, got NaN at index 0`.
 * Source: scikit-learn `roc_auc_score`, `average_precision_score`.
 * @example graph.judgeLinks({ positive: [0.9, 0.4], negative: [0.5, 0.1] }) // { auc: 0.75, averagePrecision: 0.833 }
 */
export function judgeLinks(scores: { readonly positive: ArrayLike<number>; readonly negative: ArrayLike<number> }): LinkQuality {
  known(scores, ["positive", "negative"]);
  const all = (["positive", "negative"] as const).flatMap((name) => {
    if (scores[name].length === 0) throw new RangeError(`expected at least one score in ${name}, got none`);
    return Array.from(scores[name], (score, at) => {
      if (!Number.isFinite(score)) throw new RangeError(`expected finite numbers in ${name}, got ${shown(score)} at index ${at}`);
      return { score, edge: name === "positive" };
    });
  }).sort((a, b) => b.score - a.score);
  const [edges, others] = [scores.positive.length, scores.negative.length];
  let [found, wrong, area, precision] = [0, 0, 0, 0];
  for (let from = 0; from < all.length;) {
    let to = from;
    let [e, o] = [0, 0];
    for (; to < all.length && all[to].score === all[from].score; to++) {
      if (all[to].edge) e += 1;
      else o += 1;
    }
    area += e * (others - wrong - o / 2);
    found += e;
    wrong += o;
    precision += (e / edges) * (found / (found + wrong));
    from = to;
  }
  const result = { auc: area / (edges * others), averagePrecision: precision };
  return showLine(result, () => say(`AUC ${result.auc.toFixed(3)}, average precision ${precision.toFixed(3)}.`, `AUC ${result.auc.toFixed(3)}，平均精确率 ${precision.toFixed(3)}。`));
}
