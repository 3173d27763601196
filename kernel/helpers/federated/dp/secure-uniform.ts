/** `crypto.getRandomValues` gives 65,536 bytes a call at most. */
const wordsPerCall = 16384;

/** Uniform in (0, 1], 53 bits each, from the system's secure source. Never 0, so that a logarithm of it is finite. */
export function secureUniforms(count: number): Float64Array {
  const result = new Float64Array(count);
  const words = new Uint32Array(Math.min(2 * count, wordsPerCall));
  for (let at = 0, word = words.length; at < count; at++) {
    if (word >= words.length) {
      globalThis.crypto.getRandomValues(words);
      word = 0;
    }
    result[at] = ((words[word++]! >>> 5) * 2 ** 26 + (words[word++]! >>> 6) + 1) / 2 ** 53;
  }
  return result;
}
