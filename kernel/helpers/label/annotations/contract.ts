/** A class: a word, a number, or true and false. */
export type Label = string | number | boolean;

/** One label that one annotator gave to one item. */
export interface AnnotationRow<L extends Label = Label> {
  item: string | number;
  annotator: string | number;
  label: L;
}

/**
 * Who said what: rows `{ item, annotator, label }`, or a matrix with a row an item and a column an annotator, where `null` is a missing label.
 * Only rows can hold more than one label of the same annotator for the same item.
 */
export type Annotations<L extends Label = Label> = readonly AnnotationRow<L>[] | readonly (readonly (L | null | undefined)[])[];

export interface ClassOptions<L extends Label> {
  /** All classes in their order; a class that nobody used counts too. Default: those that occur, numbers and words sorted. */
  classes?: readonly L[];
}

/** The same as typed arrays, one entry a label, sorted by item: what the estimators read. */
export interface Votes<L extends Label = Label> {
  readonly items: readonly (string | number)[];
  readonly annotators: readonly (string | number)[];
  readonly classes: readonly L[];
  /** `start[i]` to `start[i + 1]`: the labels of item i. */
  readonly start: Int32Array;
  readonly annotator: Int32Array;
  readonly label: Int32Array;
}
