import { known, shown } from "../../arguments.js";
import type { AnyRow } from "../table/rows.js";
import { fromColumns, table, type Table } from "../table/table.js";
import { bytesOf, readOptionNames, type ReadOptions, type Source } from "./bytes.js";
import { decode, type Encoding } from "./encoding.js";

export interface ReadJsonOptions extends ReadOptions {
  /** Default: found (see `detectEncoding`). */
  encoding?: Encoding;
  /** Names from the outside in that lead to the rows: `["data", "items"]`. */
  path?: readonly string[];
}

/**
 * A JSON file as a table: an array of records, or an object of columns (`{ a: [1, 2], b: [3, 4] }`).
 *
 * @throws `invalid JSON in x.json: ...`; `expected an array of records or columns in x.json, got ...`; `expected "items" in x.json, got ...`; as `readCsv` for the file itself.
 * @example
 * const bytes = new TextEncoder().encode('{"items": [{"a": 1}, {"a": 2, "b": "x"}]}');
 * [...(await data.readJson(bytes, { path: ["items"] }))] // [{ a: 1, b: null }, { a: 2, b: "x" }]
 */
export async function readJson<Row extends object = AnyRow>(source: Source, options: ReadJsonOptions = {}): Promise<Table<Row>> {
  known(options, [...readOptionNames, "encoding", "path"]);
  const file = await bytesOf(source, options);
  let value: unknown;
  try {
    value = JSON.parse(decode(file, options.encoding));
  } catch (error) {
    if (error instanceof SyntaxError) throw new SyntaxError(`invalid JSON in ${file.name}: ${error.message}; one record a line is read by data.readJsonLines`, { cause: error });
    throw error;
  }
  for (const name of options.path ?? []) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) throw new RangeError(`expected "${name}" in ${file.name}, got ${shown(value)}`);
    value = (value as AnyRow)[name];
  }
  if (Array.isArray(value) && value.every((row) => typeof row === "object" && row !== null && !Array.isArray(row))) return table(value) as Table<Row>;
  if (typeof value === "object" && value !== null && Object.values(value).length > 0 && Object.values(value).every(Array.isArray)) return fromColumns<Row>(value as Record<string, unknown[]>);
  throw new TypeError(`expected an array of records or columns in ${file.name}, got ${shown(value)}${options.path ? "" : ": give { path: [...] } to the rows"}`);
}

/**
 * A file with one JSON record a line (JSON Lines, NDJSON) as a table. Empty lines are passed over.
 *
 * @throws `invalid JSON in line 3 of x.jsonl: ...`; `expected a record in line 3 of x.jsonl, got 5`; as `readCsv` for the file itself.
 * @example
 * (await data.readJsonLines(new TextEncoder().encode('{"a": 1}\n{"a": 2}'))).numRows() // 2
 */
export async function readJsonLines<Row extends object = AnyRow>(source: Source, options: Omit<ReadJsonOptions, "path"> = {}): Promise<Table<Row>> {
  known(options, [...readOptionNames, "encoding"]);
  const file = await bytesOf(source, options);
  const rows: AnyRow[] = [];
  decode(file, options.encoding).split(/\r?\n/).forEach((line, at) => {
    if (line.trim() === "") return;
    let row: unknown;
    try {
      row = JSON.parse(line);
    } catch (error) {
      throw new SyntaxError(`invalid JSON in line ${at + 1} of ${file.name}: ${(error as Error).message}`, { cause: error });
    }
    if (typeof row !== "object" || row === null || Array.isArray(row)) throw new TypeError(`expected a record in line ${at + 1} of ${file.name}, got ${shown(row)}`);
    rows.push(row);
  });
  if (rows.length === 0) throw new RangeError(`empty file: ${file.name}`);
  return table(rows) as Table<Row>;
}
