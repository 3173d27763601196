import { shown } from "../../arguments.js";
import type { AnnotationRow, Annotations, Label, Votes } from "./contract.js";

/** Annotations, checked, as typed arrays. */
export function readVotes<L extends Label>(annotations: Annotations<L>, classes?: readonly L[]): Votes<L> {
  if (!Array.isArray(annotations)) throw new TypeError(`expected annotations as rows or a matrix, got ${shown(annotations)}`);
  if (annotations.length === 0) throw new RangeError("expected at least one annotation, got none");
  const table = Array.isArray(annotations[0]) ? fromMatrix(annotations as readonly (readonly (L | null | undefined)[])[]) : fromRows(annotations as readonly AnnotationRow<L>[]);
  return index(table, classes);
}

interface Columns<L> {
  items: (string | number)[];
  annotators: (string | number)[];
  item: number[];
  annotator: number[];
  label: L[];
  where: (at: number) => string;
}

function fromMatrix<L extends Label>(matrix: readonly (readonly (L | null | undefined)[])[]): Columns<L> {
  const width = matrix[0]!.length;
  const [item, annotator, label]: [number[], number[], L[]] = [[], [], []];
  for (let i = 0; i < matrix.length; i++) {
    const row = matrix[i]!;
    if (!Array.isArray(row)) throw new TypeError(`expected a row of labels for item ${i}, got ${shown(row)}`);
    if (row.length !== width) throw new RangeError(`expected ${width} labels in every row (null where missing), got ${row.length} in row ${i}`);
    for (let j = 0; j < width; j++) {
      const value = row[j];
      if (value === null || value === undefined) continue;
      item.push(i);
      annotator.push(j);
      label.push(value);
    }
  }
  return { items: matrix.map((_, i) => i), annotators: Array.from({ length: width }, (_, j) => j), item, annotator, label, where: (at) => `row ${item[at]}, column ${annotator[at]}` };
}

function fromRows<L extends Label>(rows: readonly AnnotationRow<L>[]): Columns<L> {
  const items = new Map<string | number, number>();
  const annotators = new Map<string | number, number>();
  const number = (names: Map<string | number, number>, name: unknown, what: string, at: number): number => {
    if (typeof name !== "string" && typeof name !== "number") throw new TypeError(`expected ${what} as a string or number in row ${at}, got ${shown(name)}`);
    const found = names.get(name);
    if (found !== undefined) return found;
    names.set(name, names.size);
    return names.size - 1;
  };
  const [item, annotator, label]: [number[], number[], L[]] = [[], [], []];
  rows.forEach((row, at) => {
    if (typeof row !== "object" || row === null || Array.isArray(row)) throw new TypeError(`expected { item, annotator, label } in row ${at}, got ${shown(row)}`);
    item.push(number(items, row.item, "item", at));
    annotator.push(number(annotators, row.annotator, "annotator", at));
    label.push(row.label);
  });
  return { items: [...items.keys()], annotators: [...annotators.keys()], item, annotator, label, where: (at) => `row ${at}` };
}

function index<L extends Label>({ items, annotators, item, annotator, label, where }: Columns<L>, given?: readonly L[]): Votes<L> {
  for (let at = 0; at < label.length; at++) {
    const value = label[at] as unknown;
    if ((typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") || Number.isNaN(value)) {
      throw new TypeError(`expected a label that is a string, number or boolean in ${where(at)}, got ${shown(value)}`);
    }
  }
  const classes = given ? distinct(given) : sorted([...new Set(label)]);
  const place = new Map(classes.map((name, at) => [name, at]));
  const start = new Int32Array(items.length + 1);
  for (const i of item) start[i + 1]!++;
  for (let i = 0; i < items.length; i++) start[i + 1]! += start[i]!;
  const next = start.slice();
  const [annotatorOf, labelOf] = [new Int32Array(item.length), new Int32Array(item.length)];
  for (let at = 0; at < item.length; at++) {
    const found = place.get(label[at]!);
    if (found === undefined) throw new RangeError(`unknown label: ${String(label[at])} in ${where(at)} (classes: ${classes.join(", ")})`);
    const to = next[item[at]!]!++;
    annotatorOf[to] = annotator[at]!;
    labelOf[to] = found;
  }
  return { items, annotators, classes, start, annotator: annotatorOf, label: labelOf };
}

function distinct<L extends Label>(classes: readonly L[]): L[] {
  if (classes.length === 0) throw new RangeError("expected at least one class in classes, got none");
  const twice = classes.find((name, at) => classes.indexOf(name) !== at);
  if (twice !== undefined) throw new RangeError(`expected each class once in classes, got ${String(twice)} twice`);
  return [...classes];
}

/** Numbers by size, words by code unit, false before true. */
function sorted<L extends Label>(labels: L[]): L[] {
  return labels.sort((a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a) < String(b) ? -1 : 1));
}

/** Estimators that compare annotators need two of them, and a label for every item. */
export function requireAnnotators({ annotators }: Votes, least: number, why: string): void {
  if (annotators.length < least) throw new RangeError(`expected at least ${least} annotators, got ${annotators.length}: ${why}`);
}

export function requireLabels({ items, start }: Votes): void {
  for (let i = 0; i < items.length; i++) if (start[i] === start[i + 1]) throw new RangeError(`expected at least one label for every item, got none for item ${items[i]}`);
}

/** At most one label of an annotator for an item. */
export function requireSingle(votes: Votes): void {
  const seen = new Int32Array(votes.annotators.length).fill(-1);
  for (let i = 0; i < votes.items.length; i++) {
    for (let at = votes.start[i]!; at < votes.start[i + 1]!; at++) {
      const who = votes.annotator[at]!;
      if (seen[who] === i) throw new RangeError(`expected one label an item from each annotator, got more from annotator ${votes.annotators[who]} for item ${votes.items[i]}`);
      seen[who] = i;
    }
  }
}
