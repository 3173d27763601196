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

const scaled = new Float64Array(layers);
/** Words a block: what needs a second look stays in the cache. */
const blockLength = 4096;
/** Of a block, what needs a second look: where, and its word. */
const places = new Int32Array(blockLength);
const openWords = new Int32Array(blockLength);

type Fill = (view: Uint8Array<ArrayBuffer>) => void;

/**
 * Turns the random words that lie in `values` into numbers, in place. Each part has spare words of its own, an equal share of `spare`, for the 1.5% of the
 * numbers that need more than one: so parts can be drawn side by side, and a seed gives the same numbers however many are.
 */
export type Draw = (values: Float32Array, spare: Int32Array, parts: number, scale: number, refill: (part: number) => void) => void;

/** The same as machine code, where the engine has left it (kernel/engine/tiers/tensorflow.ts), on all cores: a fraction of the time, and the same numbers. */
const place = Symbol.for("lyceum.normals");
type Native = (values: Float32Array, spare: Int32Array, parts: number, width: Float64Array, height: Float64Array, inner: Int32Array, tail: number, scale: number, refill: (part: number) => void) => void;

export function fastest(): Draw {
  const native = (globalThis as { [place]?: Native })[place];
  return native ? (values, spare, parts, scale, refill) => native(values, spare, parts, width, height, inner, tail, scale, refill) : drawHere;
}

/** Fills `values` with normal numbers of this scale from random bytes of `fill`. */
export function ziggurat(values: Float32Array<ArrayBuffer>, scale: number, fill: Fill, draw = fastest()): void {
  const parts = values.length < 4096 ? 1 : 4;
  // A number that needs more takes about three words.
  const share = Math.max(64, Math.ceil(values.length / parts / 16));
  const spare = new Int32Array(parts * share);
  fill(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  fill(new Uint8Array(spare.buffer));
  draw(values, spare, parts, scale, (part) => fill(new Uint8Array(spare.buffer, 4 * part * share, 4 * share)));
  spare.fill(0);
}

/** In TypeScript, for the page and for Node without TensorFlow. */
export const drawHere: Draw = (values, spare, parts, scale, refill) => {
  for (let layer = 0; layer < layers; layer++) scaled[layer] = width[layer]! * scale;
  const words = new Int32Array(values.buffer, values.byteOffset, values.length);
  const length = Math.ceil(values.length / parts);
  for (let part = 0; part < parts; part++) {
    const own = spare.subarray((part * spare.length) / parts, ((part + 1) * spare.length) / parts);
    const end = Math.min(values.length, (part + 1) * length);
    drawPart(values, words, part * length, end, scale, own, () => refill(part));
  }
};

function drawPart(values: Float32Array, words: Int32Array, from: number, to: number, scale: number, spare: Int32Array, refill: () => void): void {
  let left = spare.length;
  const next = (): number => {
    if (left === 0) {
      refill();
      left = spare.length;
    }
    return spare[--left]!;
  };
  /** In (0, 1), 52 bits, never 0 or 1. */
  const uniform = (): number => ((next() >>> 6) * 2 ** 26 + (next() >>> 6) + 0.5) / 2 ** 52;
  for (let at = from; at < to; at += blockLength) {
    const open = first(values, words, at, Math.min(to, at + blockLength));
    for (let one = 0; one < open; one++) values[places[one]!] = exact(openWords[one]!, next, uniform) * scale;
  }
}

/** What lies surely under the curve, and where the others are. Apart from them, so that the loop stays tight: twice as fast as one for both. */
function first(values: Float32Array, words: Int32Array, from: number, to: number): number {
  let open = 0;
  for (let at = from; at < to; at++) {
    const word = words[at]!;
    const layer = word & 255;
    const place = word >> 8;
    values[at] = place * scaled[layer]!;
    places[open] = at;
    openWords[open] = word;
    open += Math.abs(place) >= inner[layer]! ? 1 : 0;
  }
  return open;
}

function exact(word: number, next: () => number, uniform: () => number): number {
  for (;;) {
    const layer = word & 255;
    const place = word >> 8;
    const x = place * width[layer]!;
    if (Math.abs(place) < inner[layer]!) return x;
    if (layer === 0) {
      // The tail, exactly (Marsaglia 1964).
      let beyond: number;
      do beyond = -Math.log(uniform()) / tail;
      while (-2 * Math.log(uniform()) < beyond * beyond);
      return place < 0 ? -tail - beyond : tail + beyond;
    }
    if (height[layer]! + uniform() * (height[layer + 1]! - height[layer]!) < density(Math.abs(x))) return x;
    word = next();
  }
}
