import { ColumnTable, escape } from "arquero";
import { displaySymbol, type MimeBundle } from "../../../display/contract.js";
import { shown } from "../../arguments.js";
import type { AnyRow } from "./rows.js";
import { showTable } from "./show.js";

/**
 * A table of columns: arquero's `ColumnTable` with all its verbs (filter, derive, groupby, rollup, orderby, join, pivot, ...), which shows itself with types, missing
 * values and distributions, and which gives plain records when it is looped over. A table never changes: each verb makes a new one.
 *
 * A function of a row is called for each row as it is, so it may use whatever is around it; arquero alone would compile its text, and take `towns.includes(row.town)` for a function of its own.
 * Only a function that names `op.` is compiled; `data.op.mean("price")` and texts such as "mean(d.price)" say the same without one.
 */
export class Table<Row extends object = AnyRow> extends ColumnTable {
  override *[Symbol.iterator](): IterableIterator<Row & AnyRow> {
    yield* this.objects() as (Row & AnyRow)[];
  }

  override filter(criteria: Expression<Row>): this {
    return super.filter(asItIs(criteria));
  }

  override derive(values: Readonly<Record<string, Expression<Row>>>, options?: Parameters<ColumnTable["derive"]>[1]): this {
    return super.derive(eachAsItIs(values) as Parameters<ColumnTable["derive"]>[0], options);
  }

  override groupby(...keys: Parameters<ColumnTable["groupby"]>): this {
    return super.groupby(...(keys.map((key) => (isPlain(key) ? eachAsItIs(key) : key)) as Parameters<ColumnTable["groupby"]>));
  }

  override orderby(...keys: Parameters<ColumnTable["orderby"]>): this {
    return super.orderby(...(keys.map((key) => (isPlain(key) ? eachAsItIs(key) : asItIs(key))) as Parameters<ColumnTable["orderby"]>));
  }

  [displaySymbol](): MimeBundle {
    return showTable(this);
  }
}

/** A function of a row, or what arquero takes: text, `op` calls. */
export type Expression<Row> = ((row: Row & AnyRow) => unknown) | string | { toString(): string };

// oxlint-disable-next-line typescript/no-explicit-any -- arquero's own types say `any` here
function asItIs(expression: unknown): any {
  return typeof expression === "function" && !/\bop\s*\./.test(Function.prototype.toString.call(expression)) ? escape(expression) : expression;
}

const eachAsItIs = (values: object) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, asItIs(value)]));

/** `{ name: expression }`, and none of arquero's wrapped expressions. */
const isPlain = (value: unknown): value is object => typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype && !("expr" in value);

/**
 * A table of records, or of columns by name. Names come from all records; what a record lacks is `null`.
 *
 * @param rows `[{ a: 1 }, { a: 2 }]` or `{ a: [1, 2] }` (arrays or typed arrays of one length).
 * @throws `expected a record in row 1, got 3`; `expected 2 values in column b like in a, got 3`.
 * @example
 * const table = data.table([{ town: "A", price: 3 }, { town: "B", price: 5 }, { town: "A", price: 4 }]);
 * table.filter((row) => row.price > 3).numRows() // 2
 * [...table.groupby("town").rollup({ mean: data.op.mean("price") })] // [{ town: "A", mean: 3.5 }, { town: "B", mean: 5 }]
 */
export function table<Row extends object>(rows: Iterable<Row>): Table<Row>;
export function table<Columns extends Readonly<Record<string, ArrayLike<unknown>>>>(columns: Columns): Table<{ [Name in keyof Columns]: Columns[Name][number] }>;
export function table(given: Iterable<object> | Readonly<Record<string, ArrayLike<unknown>>>): Table {
  if (given instanceof Table) return given;
  if (typeof given !== "object" || given === null) throw new TypeError(`expected rows or columns, got ${shown(given)}`);
  return fromColumns(Symbol.iterator in given ? columnsOf(given as Iterable<AnyRow>) : (given as Record<string, ArrayLike<unknown>>));
}

function columnsOf(rows: Iterable<AnyRow>): Record<string, unknown[]> {
  const columns: Record<string, unknown[]> = {};
  let row = 0;
  for (const record of rows) {
    if (typeof record !== "object" || record === null) throw new TypeError(`expected a record in row ${row}, got ${shown(record)}`);
    for (const name in record) (Object.hasOwn(columns, name) ? columns[name]! : (columns[name] = new Array<unknown>(row).fill(null))).push(record[name] ?? null);
    row += 1;
    for (const name in columns) if (columns[name]!.length < row) columns[name]!.push(null);
  }
  return columns;
}

/** `names` keeps the order of columns called 2020, 2021, which an object sorts before all others. */
export function fromColumns<Row extends object = AnyRow>(columns: Readonly<Record<string, ArrayLike<unknown>>>, names?: readonly string[]): Table<Row> {
  const first = Object.entries(columns)[0];
  for (const [name, values] of Object.entries(columns)) {
    if (typeof values?.length !== "number") throw new TypeError(`expected an array in column ${name}, got ${shown(values)}`);
    if (values.length !== first![1].length) throw new RangeError(`expected ${first![1].length} values in column ${name} like in ${first![0]}, got ${values.length}`);
  }
  return new Table<Row>(columns as never, names && [...names]);
}
