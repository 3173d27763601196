import { shown } from "../../arguments.js";

export type Key = string | number | boolean;
export type Time = number | Date;

/** Rows by their key, in order of appearance. */
export function groupsOf<Row>(rows: readonly Row[], by: (row: Row) => Key): Map<Key, number[]> {
  const found = new Map<Key, number[]>();
  rows.forEach((row, at) => {
    const key = by(row);
    const group = found.get(key);
    if (group) group.push(at);
    else found.set(key, [at]);
  });
  return found;
}

export const classesOf = <Row>(rows: readonly Row[], by: (row: Row) => Key): number[][] => [...groupsOf(rows, by).values()];

export const timesOf = <Row>(rows: readonly Row[], time: (row: Row) => Time): number[] =>
  rows.map((row, at) => {
    const value: unknown = time(row);
    if (!(value instanceof Date) && typeof value !== "number") throw new TypeError(`expected a date or a number from time, got ${shown(value)} in row ${at}`);
    if (Number.isNaN(Number(value))) throw new TypeError(`expected a date or a number from time, got one that is none in row ${at}`);
    return Number(value);
  });

/** `total` seats by size, each within one of its exact share (largest remainders; ties to the larger). */
export function apportion(sizes: readonly number[], total: number): number[] {
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const exact = sizes.map((size) => (size * total) / all);
  const seats = exact.map(Math.floor);
  const left = total - seats.reduce((sum, seat) => sum + seat, 0);
  const order = sizes.map((_, at) => at).sort((a, b) => exact[b]! - seats[b]! - (exact[a]! - seats[a]!) || sizes[b]! - sizes[a]! || a - b);
  for (const at of order.slice(0, left)) seats[at]! += 1;
  return seats;
}
