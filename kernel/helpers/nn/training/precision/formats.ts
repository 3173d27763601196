/** Bits of the significand with the leading one, least exponent of a normal number, largest finite number. */
export interface FloatFormat {
  readonly digits: number;
  readonly least: number;
  readonly largest: number;
}

export type Precision = "bfloat16" | "float16";

/** IEEE 754 binary16, and bfloat16 (the upper half of a float32). */
export const formats: Readonly<Record<Precision, FloatFormat>> = {
  bfloat16: { digits: 8, least: -126, largest: (2 - 2 ** -7) * 2 ** 127 },
  float16: { digits: 11, least: -14, largest: 65504 },
};
