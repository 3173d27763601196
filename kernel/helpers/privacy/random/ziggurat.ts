// The Ziggurat: the area under exp(-x^2/2), x >= 0, cut into 256 layers of equal area. A draw picks a layer and a place in it; 99% of draws are inside
// the part of the layer that lies wholly under the curve and need one multiplication.

const layers = 256;
/** Where the tail begins: the r at which 255 layers, each of the lowest one's area, end exactly at the top of the curve (a test holds it). */
const tail = 3.654152885361009;

const density = (x: number): number => Math.exp(-0.5 * x * x);

/** Area of the lowest layer: the rectangle up to r and the tail beyond it. */
function layerArea(r: number): number {
  // Simpson's rule on the tail: beyond r + 9 there is less than 1e-30.
  const steps = 20000;
  const h = 9 / steps;
  let sum = density(r) + density(r + 9);
  for (let i = 1; i < steps; i++) sum += (i % 2 ? 4 : 2) * density(r + i * h);
  return r * density(r) + (sum * h) / 3;
}

const area = layerArea(tail);

/** edge[i]: right end of layer i (0 = lowest, as if it were a rectangle with the tail's area); height[i]: its lower y. */
const edge = new Float64Array(layers + 1);
const height = new Float64Array(layers + 1);
edge[0] = area / density(tail);
edge[1] = tail;
height[1] = density(tail);
for (let layer = 2; layer < layers; layer++) {
  height[layer] = height[layer - 1]! + area / edge[layer - 1]!;
  edge[layer] = Math.sqrt(-2 * Math.log(height[layer]!));
}
height[layers] = 1;

/** How far the layers miss the top of the curve: 0 but for rounding, if `tail` is right. */
export const gapAtTop = height[layers - 1]! + area / edge[layers - 1]! - 1;

/** A 24-bit signed place times width[i] is x; below inner[i] in size it is surely under the curve. */
const width = edge.map((x) => x / 2 ** 23);
const inner = Int32Array.from({ length: layers }, (_, layer) => Math.floor((edge[layer + 1]! / edge[layer]!) * 2 ** 23));

const spare = new Uint32Array(128);
const spareBytes = new Uint8Array(spare.buffer);

/** Writes values[from..to), reading a word each from `words`; the 1% that need more draw it from `fill`. */
export function ziggurat(values: Float32Array, from: number, to: number, words: Int32Array, scale: number, fill: (view: Uint8Array<ArrayBuffer>) => void): void {
  let left = 0;
  const next = (): number => {
    if (left === 0) {
      fill(spareBytes);
      left = spare.length;
    }
    left -= 1;
    const word = spare[left]!;
    spare[left] = 0;
    return word;
  };
  /** In (0, 1), 52 bits, never 0 or 1. */
  const uniform = (): number => ((next() >>> 6) * 2 ** 26 + (next() >>> 6) + 0.5) / 2 ** 52;
  for (let at = from; at < to; at++) {
    let word = words[at - from]!;
    for (;;) {
      const layer = word & 255;
      const place = word >> 8;
      const x = place * width[layer]!;
      if ((place < 0 ? -place : place) < inner[layer]!) {
        values[at] = x * scale;
        break;
      }
      if (layer === 0) {
        // The tail, exactly (Marsaglia 1964).
        let beyond: number;
        do beyond = -Math.log(uniform()) / tail;
        while (-2 * Math.log(uniform()) < beyond * beyond);
        values[at] = (place < 0 ? -tail - beyond : tail + beyond) * scale;
        break;
      }
      const size = x < 0 ? -x : x;
      if (height[layer]! + uniform() * (height[layer + 1]! - height[layer]!) < density(size)) {
        values[at] = x * scale;
        break;
      }
      word = next() | 0;
    }
  }
}
