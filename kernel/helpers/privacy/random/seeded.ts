import { shown } from "../../arguments.js";
import { generator } from "../../data/generator.js";

/** Bytes that anyone who knows the seed can repeat: for a lesson that must show the same numbers, never for a release. */
export function fillSeeded(seed: number): (view: Uint8Array<ArrayBuffer>) => void {
  if (!Number.isInteger(seed)) throw new RangeError(`expected unsafeSeed to be a whole number, got ${shown(seed)}`);
  const source = generator(seed);
  return (view) => {
    for (let at = 0; at < view.length; at += 4) {
      const word = source.next();
      for (let byte = 0; byte < 4 && at + byte < view.length; byte++) view[at + byte] = word >>> (8 * byte);
    }
  };
}
