import FFT from "fft.js";

interface Transform {
  realTransform(out: Float64Array, data: Float64Array): void;
  inverseTransform(out: Float64Array, data: Float64Array): void;
}

/** The tables of the last size: both directions of a composition, and the next one, need the same. */
let last: Fourier | undefined;

/** Fast Fourier transforms of one length, a power of two, in double precision (tf.spectral has single precision only). */
export class Fourier {
  readonly #fft: Transform;
  constructor(readonly size: number) {
    this.#fft = new (FFT as unknown as new (size: number) => Transform)(size);
  }

  static of(size: number): Fourier {
    return last?.size === size ? last : (last = new Fourier(size));
  }

  /** Real and imaginary parts in turn; of the second half nothing is filled in: it mirrors the first. */
  forward(values: Float64Array): Float64Array {
    const out = new Float64Array(2 * this.size);
    this.#fft.realTransform(out, values);
    return out;
  }

  /** From a spectrum whose first half is given. */
  backward(half: Float64Array): Float64Array {
    const { size } = this;
    for (let k = 1; k < size / 2; k++) {
      half[2 * (size - k)] = half[2 * k]!;
      half[2 * (size - k) + 1] = -half[2 * k + 1]!;
    }
    const out = new Float64Array(2 * size);
    this.#fft.inverseTransform(out, half);
    const real = new Float64Array(size);
    for (let k = 0; k < size; k++) real[k] = out[2 * k]!;
    return real;
  }
}
