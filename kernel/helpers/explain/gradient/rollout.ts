import { shown } from "../../arguments.js";
import { frozen } from "../table.js";

/**
 * Attention through all layers: heads averaged, each layer half itself and half what came in (the residual path), layers multiplied.
 * A description of where information could flow, not of what the answer rests on.
 *
 * @param layers from the first to the last: [layer][head][query][key], rows that sum to 1
 * @returns [query][key]: the share of each first-layer token in each last-layer one; rows sum to 1
 * @throws rows that do not sum to 1; layers of different sizes
 * @see Abnar and Zuidema (2020), "Quantifying attention flow in transformers"
 * @example explain.attentionRollout([[[[0, 1], [0, 1]]]]) // [[0.5, 0.5], [0, 1]]
 */
export function attentionRollout(layers: readonly (readonly (readonly (readonly number[])[])[])[]): readonly (readonly number[])[] {
  const n = layers?.[0]?.[0]?.length ?? 0;
  if (n === 0) throw new RangeError(`expected at least one layer of attention, got ${shown(layers)}`);
  let flow = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (__, j) => Number(i === j)));
  layers.forEach((heads, at) => {
    const mean = Array.from({ length: n }, () => new Array<number>(n).fill(0));
    heads.forEach((head) => {
      if (head.length !== n) throw new RangeError(`expected layers of ${n} tokens, got ${head.length} in layer ${at}`);
      head.forEach((row, i) => {
        const sum = row.reduce((a, b) => a + b, 0);
        if (row.length !== n || !(Math.abs(sum - 1) < 1e-3)) throw new RangeError(`expected rows of ${n} weights that sum to 1, got ${row.length} that sum to ${sum} in layer ${at}`);
        row.forEach((weight, j) => (mean[i][j] += weight / sum / heads.length));
      });
    });
    const before = flow;
    flow = mean.map((row, i) => before[i].map((own, k) => 0.5 * own + 0.5 * row.reduce((total, weight, j) => total + weight * before[j][k], 0)));
  });
  return frozen(flow);
}
