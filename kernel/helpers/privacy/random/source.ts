import { fillSecure } from "./fill.js";
import { fillSeeded } from "./seeded.js";

/** An option of everything that draws noise. */
export interface NoiseOptions {
  /** UNSAFE: repeatable noise, which whoever guesses the seed can subtract. For lessons and tests only. Default: the system's secure source. */
  unsafeSeed?: number | undefined;
}

/** Uniform whole numbers from a stream of random bytes, read in blocks. Used bytes are wiped, so that a later look at memory does not tell the noise. */
export class Source {
  readonly #buffer = new Uint8Array(8192);
  readonly #fill: (view: Uint8Array<ArrayBuffer>) => void;
  #at = 8192;
  #bits = 0;
  #bitsLeft = 0;

  constructor(fill: (view: Uint8Array<ArrayBuffer>) => void) {
    this.#fill = fill;
  }

  byte(): number {
    if (this.#at === this.#buffer.length) {
      this.#fill(this.#buffer);
      this.#at = 0;
    }
    const value = this.#buffer[this.#at]!;
    this.#buffer[this.#at++] = 0;
    return value;
  }

  bit(): boolean {
    if (this.#bitsLeft === 0) {
      this.#bits = this.byte();
      this.#bitsLeft = 8;
    }
    const one = (this.#bits & 1) === 1;
    this.#bits >>= 1;
    this.#bitsLeft -= 1;
    return one;
  }

  /** Uniform in 0..n-1, n from 1 to 2^48, without bias: numbers past n are drawn again. */
  smallBelow(n: number): number {
    if (n === 1) return 0;
    const bits = Math.ceil(Math.log2(n));
    const bytes = Math.ceil(bits / 8);
    for (;;) {
      let value = this.byte() & (0xff >> (8 * bytes - bits));
      for (let more = 1; more < bytes; more++) value = value * 256 + this.byte();
      if (value < n) return value;
    }
  }

  /** Uniform in 0..n-1 for n of any size. */
  below(n: bigint): bigint {
    if (n <= 0xffff_ffff_ffffn) return BigInt(this.smallBelow(Number(n)));
    const bits = (n - 1n).toString(2).length;
    const bytes = Math.ceil(bits / 8);
    const mask = 0xff >> (8 * bytes - bits);
    for (;;) {
      let hex = (this.byte() & mask).toString(16);
      for (let more = 1; more < bytes; more++) hex += this.byte().toString(16).padStart(2, "0");
      const value = BigInt(`0x${hex}`);
      if (value < n) return value;
    }
  }
}

const secure = new Source(fillSecure);

/** The secure source, or the seeded one where it is asked for by its unsafe name. */
export const sourceFor = ({ unsafeSeed }: NoiseOptions): Source => (unsafeSeed === undefined ? secure : new Source(fillSeeded(unsafeSeed)));
