import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import type { JumpableRandomGenerator } from "pure-rand/types/JumpableRandomGenerator";

/**
 * xoroshiro128+, its 128 bits filled from the seed by SplitMix64, as its authors ask for (Blackman and Vigna 2021, section 5.2). A small seed
 * put into the state as it is leaves most bits equal: the first numbers of all small seeds are then nearly the same.
 *
 * @param seed an integer; its lowest 64 bits count.
 */
export function generator(seed: number): JumpableRandomGenerator {
  const next = splitMix64(BigInt(seed));
  const [low, high] = [next(), next()];
  return xoroshiro128plusFromState([half(low >> 32n), half(low), half(high >> 32n), half(high)]);
}

const half = (word: bigint): number => Number(BigInt.asIntN(32, word));

/** Steele, Lea and Flood 2014; with the constants of Vigna's reference program. */
export function splitMix64(seed: bigint): () => bigint {
  let state = BigInt.asUintN(64, seed);
  return () => {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
    let mixed = state;
    mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n);
    mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn);
    return mixed ^ (mixed >> 31n);
  };
}
