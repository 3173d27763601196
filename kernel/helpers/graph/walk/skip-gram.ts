import { aliasOf, drawAlias } from "./alias.js";
import { fastUniform } from "./fast.js";

export interface SkipGramOptions {
  dimensions: number;
  window: number;
  negatives: number;
  epochs: number;
  learningRate: number;
  seed: number;
}

/**
 * Skip-gram with negative sampling: for each node of a walk and each node near it in the walk, their vectors' product grows, and that with nodes
 * drawn by frequency^0.75 shrinks. One pair at a time, in 32-bit floats; the learning rate falls to a ten-thousandth in a straight line.
 * Gives the rows one after another, and the mean loss of each epoch.
 */
export function skipGram(walks: readonly Int32Array[], nodes: number, { dimensions: d, window, negatives, epochs, learningRate, seed }: SkipGramOptions): { vectors: Float32Array; loss: number[] } {
  const uniform = fastUniform(seed);
  const counts = new Float64Array(nodes);
  let total = 0;
  for (const walk of walks) {
    for (const node of walk) counts[node]++;
    total += walk.length;
  }
  const noise = aliasOf(counts.map((count) => count ** 0.75));
  const vectors = Float32Array.from({ length: nodes * d }, () => (uniform() - 0.5) / d);
  const contexts = new Float32Array(nodes * d);
  const change = new Float32Array(d);
  const loss: number[] = [];
  let seen = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    let [sum, pairs] = [0, 0];
    for (const walk of walks) {
      for (let at = 0; at < walk.length; at++) {
        const rate = learningRate * Math.max(1e-4, 1 - seen++ / (epochs * total));
        // Nearer nodes count more: the reach is drawn from 1 to the window.
        const reach = 1 + ((uniform() * window) | 0);
        const centre = walk[at] * d;
        for (let near = Math.max(0, at - reach); near <= at + reach && near < walk.length; near++) {
          if (near === at) continue;
          change.fill(0);
          for (let k = 0; k <= negatives; k++) {
            const other = k === 0 ? walk[near] : drawAlias(noise, 0, nodes, uniform);
            if (k > 0 && other === walk[near]) continue;
            const context = other * d;
            let product = 0;
            for (let c = 0; c < d; c++) product += vectors[centre + c] * contexts[context + c];
            const chance = 1 / (1 + Math.exp(-product));
            const pull = rate * ((k === 0 ? 1 : 0) - chance);
            sum -= Math.log(Math.max(1e-12, k === 0 ? chance : 1 - chance));
            for (let c = 0; c < d; c++) {
              change[c] += pull * contexts[context + c];
              contexts[context + c] += pull * vectors[centre + c];
            }
          }
          for (let c = 0; c < d; c++) vectors[centre + c] += change[c];
          pairs += 1;
        }
      }
    }
    loss.push(pairs === 0 ? 0 : sum / pairs);
  }
  return { vectors, loss };
}
