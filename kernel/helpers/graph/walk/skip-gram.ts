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
 * drawn by frequency^0.75 shrinks. One pair at a time; the learning rate falls to a ten-thousandth in a straight line.
 * Gives a row a node, and the mean loss of each epoch, measured on every eighth walk.
 */
export function skipGram(walks: readonly Int32Array[], nodes: number, { dimensions, window, negatives, epochs, learningRate, seed }: SkipGramOptions): { vectors: Float32Array[]; loss: number[] } {
  const uniform = fastUniform(seed);
  const counts = new Float64Array(nodes);
  let total = 0;
  for (const walk of walks) {
    for (const node of walk) counts[node]++;
    total += walk.length;
  }
  const noise = aliasOf(counts.map((count) => count ** 0.75));
  // Rows are filled up with zeros, which stay zeros, to a multiple of four: the loops below take four at a time.
  const d = 4 * Math.ceil(dimensions / 4);
  const vectors = Float64Array.from({ length: nodes * d }, (_, at) => (at % d < dimensions ? (uniform() - 0.5) / dimensions : 0));
  const contexts = new Float64Array(nodes * d);
  const change = new Float64Array(d);
  const loss: number[] = [];
  let seen = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    let [sum, pairs] = [0, 0];
    for (const [number, walk] of walks.entries()) {
      const measured = number % 8 === 0;
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
            for (let c = 0; c < d; c += 4) {
              const u = centre + c;
              const v = context + c;
              product += vectors[u] * contexts[v] + vectors[u + 1] * contexts[v + 1] + vectors[u + 2] * contexts[v + 2] + vectors[u + 3] * contexts[v + 3];
            }
            const chance = 1 / (1 + Math.exp(-product));
            const pull = rate * ((k === 0 ? 1 : 0) - chance);
            if (measured) sum -= Math.log(Math.max(1e-12, k === 0 ? chance : 1 - chance));
            for (let c = 0; c < d; c += 4) {
              const u = centre + c;
              const v = context + c;
              const w = contexts[v];
              const x = contexts[v + 1];
              const y = contexts[v + 2];
              const z = contexts[v + 3];
              change[c] += pull * w;
              change[c + 1] += pull * x;
              change[c + 2] += pull * y;
              change[c + 3] += pull * z;
              contexts[v] = w + pull * vectors[u];
              contexts[v + 1] = x + pull * vectors[u + 1];
              contexts[v + 2] = y + pull * vectors[u + 2];
              contexts[v + 3] = z + pull * vectors[u + 3];
            }
          }
          for (let c = 0; c < d; c++) vectors[centre + c] += change[c];
          if (measured) pairs += 1;
        }
      }
    }
    loss.push(pairs === 0 ? 0 : sum / pairs);
  }
  const rows = Array.from({ length: nodes }, (_, node) => Float32Array.from(vectors.subarray(node * d, node * d + dimensions)));
  return { vectors: rows, loss };
}
