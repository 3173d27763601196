import { imageType } from "../../../display/image/magic.js";
import { known } from "../../arguments.js";
import type { AnyRow } from "../table/rows.js";
import type { Table } from "../table/table.js";
import { bytesOf, readOptionNames, type ReadOptions, type Source } from "./bytes.js";
import { readCsv } from "./csv.js";
import { readJson, readJsonLines } from "./json.js";
import { readParquet } from "./parquet.js";

/**
 * A file of rows as a table, read as what it is: Parquet by its first bytes, JSON and JSON Lines by their first sign, else delimited text (CSV, TSV).
 *
 * @throws `x.png is a picture: read it with data.readImage`; `x.idx is an IDX file: read it with data.readIdx`; as `readCsv`, `readJson`, `readJsonLines` and `readParquet`.
 * @example
 * (await data.read(new TextEncoder().encode('{"a": 1}\n{"a": 2}'))).columnNames() // ["a"]
 */
export async function read<Row extends object = AnyRow>(source: Source, options: ReadOptions = {}): Promise<Table<Row>> {
  known(options, readOptionNames);
  const file = await bytesOf(source, options);
  const { name, bytes } = file;
  if (imageType(bytes)) throw new TypeError(`${name} is a picture: read it with data.readImage`);
  if (String.fromCharCode(...bytes.subarray(0, 4)) === "PAR1") return readParquet<Row>(file);
  if (bytes[0] === 0 && bytes[1] === 0 && bytes[2]! >= 8 && bytes[2]! <= 14 && bytes[3]! > 0) throw new TypeError(`${name} is an IDX file: read it with data.readIdx`);
  // JSON may come in UTF-16: the zeros between and the marks before are not looked at.
  const first = String.fromCharCode(...bytes.subarray(0, 64).filter((byte) => byte > 0 && byte < 0x80)).trimStart()[0];
  if (first === "[") return readJson<Row>(file);
  if (first !== "{") return readCsv<Row>(file);
  try {
    return await readJson<Row>(file);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return readJsonLines<Row>(file);
  }
}
