import type { Kind } from "../table/kind.js";

export interface NumberSummary {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Sample standard deviation (n - 1). */
  readonly deviation: number;
  /** At 5, 25, 50, 75 and 95 per cent, linear between values. */
  readonly quantiles: { readonly p5: number; readonly p25: number; readonly p50: number; readonly p75: number; readonly p95: number };
  /** Adjusted Fisher-Pearson; NaN below 3 values. */
  readonly skewness: number;
  readonly zeros: number;
}

export interface ColumnProfile {
  readonly name: string;
  readonly kind: Kind;
  readonly missing: number;
  /** Different values, missing ones aside. */
  readonly unique: number;
  /** The five commonest, missing ones aside. */
  readonly top: readonly { readonly value: unknown; readonly count: number }[];
  /** Of numbers, and of dates in milliseconds since 1970. */
  readonly numbers?: NumberSummary;
}

export type WarningKind =
  | "empty" | "constant" | "id" | "mixed" | "numbers as text" | "dates as text" | "missing" | "skewed" | "outliers" | "suspicious dates" | "spellings" | "protected" | "correlated" | "duplicates" | "many categories";

export interface ProfileWarning {
  readonly kind: WarningKind;
  /** Undefined: of the whole table. */
  readonly column?: string;
  readonly message: string;
}

export interface Profile {
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
  /** Rows equal to an earlier one. */
  readonly duplicates: number;
  /** Pearson's r of the columns of numbers, over the rows where both are there; NaN with a constant. */
  readonly correlations: { readonly names: readonly string[]; readonly pearson: readonly (readonly number[])[] };
  readonly warnings: readonly ProfileWarning[];
}
