/**
 * Fast uniform numbers for inner loops (xorshift32, Marsaglia 2003), started from a seed. Millions of draws a walk or an epoch need less quality than
 * speed; everything else draws from `data.random`.
 */
export function fastUniform(seed: number): () => number {
  let state = (Math.imul(seed ^ (seed >>> 16), 0x45d9f3b) ^ 0x9e3779b9) | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
}
