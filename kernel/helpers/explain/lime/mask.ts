import type { Random } from "../../data/random.js";
import { limeFit, type LimeFitOptions, type LocalLine } from "./fit.js";

/** Masks of what is kept (1) and left out (0), the first one all kept; `draw` fills each of the others. */
export function masks(parts: number, samples: number, draw: (mask: Uint8Array) => void): Uint8Array[] {
  return Array.from({ length: samples }, (_, sample) => {
    const mask = new Uint8Array(parts).fill(1);
    if (sample > 0) draw(mask);
    return mask;
  });
}

/** A number of parts drawn evenly from 1 to all, then which: as lime does for texts. */
export const leaveOutSome = (dice: Random) => (mask: Uint8Array): void => {
  const order = dice.shuffle(Array.from(mask.keys()));
  for (const part of order.slice(0, dice.integer(1, mask.length))) mask[part] = 0;
};

export const leaveOutHalf = (dice: Random) => (mask: Uint8Array): void => {
  for (let part = 0; part < mask.length; part++) mask[part] = dice.integer(0, 1);
};

export const fitMasks = (samples: readonly Uint8Array[], labels: ArrayLike<number>, options: LimeFitOptions): LocalLine => limeFit({ samples, labels }, { ...options, distance: "cosine" });
