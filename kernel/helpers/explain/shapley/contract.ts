/** What each column adds to each prediction. For every row: `baseValue` + the sum of its `values` = its `prediction`. */
export interface Attributions {
  readonly names: readonly string[];
  /** The rows that were explained. */
  readonly x: readonly (readonly number[])[];
  /** A row for each explained row, a number for each column, in the unit of the prediction. */
  readonly values: readonly (readonly number[])[];
  /** The prediction before anything is known about a row: the mean over the background. */
  readonly baseValue: number;
  readonly predictions: readonly number[];
}
