import { say } from "../../../display/language.js";
import { known, oneOf } from "../../arguments.js";
import { isDate, isNumber, toDate, toNumber } from "../read/values.js";
import { shows } from "../statistics/show.js";
import { chosen, frameOf, isMissing, type AnyRow, type Rows } from "../table/rows.js";
import { fromColumns, type Table } from "../table/table.js";

export type CoerceType = "number" | "boolean" | "date" | "text";

export interface CoerceFailure {
  readonly row: number;
  readonly column: string;
  readonly value: unknown;
}

export interface Coerced<Row extends object = AnyRow> {
  /** Values that could not be read are missing (null) in it. */
  readonly table: Table<Row>;
  readonly failures: readonly CoerceFailure[];
}

export interface CoerceOptions {
  columns: Readonly<Record<string, CoerceType>>;
  /** Sign between thousands that numbers may have, e.g. ",". Default: none. */
  thousands?: string;
  /** Sign before the decimals. Default ".". */
  decimal?: "." | ",";
}

const trues = new Set(["true", "yes", "y", "1", "是", "对"]);
const falses = new Set(["false", "no", "n", "0", "否", "错"]);

/**
 * Values of columns as another type, with a report of every value that could not be read: nothing is guessed. Dates are ISO 8601, or YYYY/M/D and YYYY年M月D日; days that the calendar does not have fail.
 * Booleans are true, yes, y, 1, 是, 对 and their opposites.
 *
 * @throws `unknown column: price (columns: ...)`; `unknown type of price: float (known: number, boolean, date, text)`.
 * @example
 * const { table, failures } = data.coerce([{ price: "1,200" }, { price: "ask" }], { columns: { price: "number" }, thousands: "," });
 * [...table] // [{ price: 1200 }, { price: null }]
 * failures // [{ row: 1, column: "price", value: "ask" }]
 */
export function coerce<Row extends object>(rows: Rows<Row>, options: CoerceOptions): Coerced<Row> {
  known(options, ["columns", "thousands", "decimal"]);
  const frame = frameOf(rows);
  const wanted = Object.entries(options.columns).map(([name, type]) => [name, oneOf({ [`type of ${name}`]: type }, ["number", "boolean", "date", "text"])] as const);
  chosen(frame, wanted.map(([name]) => name));
  const types = new Map<string, CoerceType>(wanted);
  const failures: CoerceFailure[] = [];
  const columns = frame.names.map((name): [string, readonly unknown[]] => {
    const type = types.get(name);
    if (!type) return [name, frame.column(name)];
    return [name, frame.column(name).map((value, row) => {
      if (isMissing(value)) return null;
      const read = as(value, type, options);
      if (read === undefined) failures.push(Object.freeze({ row, column: name, value }));
      return read ?? null;
    })];
  });
  const made = { table: fromColumns<Row>(Object.fromEntries(columns), frame.names), failures: Object.freeze(failures) };
  return shows(made, () => [{ lines: [say(`${failures.length} ${failures.length === 1 ? "value" : "values"} could not be read and ${failures.length === 1 ? "is" : "are"} missing now`, `${failures.length} 个值无法读取，现记为缺失`)] }, { rows: failures.slice(0, 10) }]);
}

function as(value: unknown, type: CoerceType, { thousands, decimal = "." }: CoerceOptions): unknown {
  if (type === "text") return value instanceof Date ? value.toISOString() : String(value);
  if (type === "number") {
    if (typeof value === "number") return value;
    if (typeof value === "boolean") return Number(value);
    const word = thousands ? withoutThousands(String(value).trim(), thousands, decimal) : String(value).trim();
    return word !== undefined && isNumber(word, decimal) ? toNumber(word, decimal) : undefined;
  }
  if (type === "boolean") {
    if (typeof value === "boolean") return value;
    const word = String(value).trim().toLowerCase();
    return trues.has(word) ? true : falses.has(word) ? false : undefined;
  }
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value;
  return dateOf(String(value).trim());
}

/** 1,200 and 12,345,678.9, but not 1,2 or 12,34: there the sign means something else. */
function withoutThousands(word: string, sign: string, decimal: string): string | undefined {
  const [whole = "", ...rest] = word.split(decimal);
  const groups = whole.replace(/^[+-]/, "").split(sign);
  if (groups.length > 1 && (!/^\d{1,3}$/.test(groups[0]!) || !groups.slice(1).every((group) => /^\d{3}$/.test(group)))) return undefined;
  return [whole.replaceAll(sign, ""), ...rest].join(decimal);
}

function dateOf(word: string): Date | undefined {
  if (isDate(word)) return toDate(word);
  const found = /^(\d{4})(?:\/(\d{1,2})\/(\d{1,2})|年(\d{1,2})月(\d{1,2})[日号])$/.exec(word);
  if (!found) return undefined;
  const iso = [found[1]!, (found[2] ?? found[4])!.padStart(2, "0"), (found[3] ?? found[5])!.padStart(2, "0")].join("-");
  return isDate(iso) ? toDate(iso) : undefined;
}
