import { dsvFormat } from "d3-dsv";
import { known, oneOf, shown } from "../../arguments.js";
import type { AnyRow } from "../table/rows.js";
import { fromColumns, type Table } from "../table/table.js";
import { bytesOf, readOptionNames, type ReadOptions, type Source } from "./bytes.js";
import { decode, type Encoding } from "./encoding.js";
import { detectDelimiter } from "./delimiter.js";
import { scan } from "./scan.js";
import { typed } from "./values.js";

export interface ParseCsvOptions {
  /** One character. Default: found (see `detectDelimiter`). */
  delimiter?: string;
  /** Default true: the first record names the columns. False: they are `c0`, `c1`, ...; or names, and the first record is data. */
  header?: boolean | readonly string[];
  /** Default true: a column becomes numbers, dates (ISO 8601, UTC) or true/false where all its values are. False: words. 00123 and integers past 2^53 stay words. */
  types?: boolean;
  /** Words that mean "missing", in every column, e.g. `["NA", "-9"]`. Default: the empty field, and in columns that are otherwise numbers, dates or true/false also NA, N/A, NaN, null, None, -, ? and the dot. */
  missing?: readonly string[];
  /** Sign before the decimals: "," for German or French files. Default ".". */
  decimal?: "." | ",";
}

export interface ReadCsvOptions extends ParseCsvOptions, ReadOptions {
  /** Default: found (see `detectEncoding`). */
  encoding?: Encoding;
}

const parseNames = ["delimiter", "header", "types", "missing", "decimal"] as const;

/**
 * A delimited text (CSV, TSV, ...; RFC 4180, quotes and line breaks in quotes included) as a table. Missing values are `null`.
 *
 * @throws `expected 3 fields in line 7 of x.csv, got 2: "..."`; `duplicate column in x.csv: price`; `unnamed column 3 in x.csv`; `a quote opened in line 4 of x.csv is never closed`; `empty file: x.csv`; `expected a delimited text in x.csv, got a web page: ...`; `expected delimiter to be one character, got "::"`.
 * @example
 * const houses = data.parseCsv("id;price;sold\n007;1,5;2024-03-01\n008;NA;2024-03-09", { decimal: "," });
 * [...houses].map(({ id, price }) => [id, price]) // [["007", 1.5], ["008", null]]
 */
export function parseCsv<Row extends object = AnyRow>(text: string, options: ParseCsvOptions = {}): Table<Row> {
  known(options, parseNames);
  return parse<Row>("the text", text, options);
}

/**
 * A CSV file as a table: encoding and delimiter are found or given, gzip is opened. For options and errors see `parseCsv`.
 *
 * @param source path, URL, bytes, `File`, or a file of `data.upload()`.
 * @throws as `parseCsv`; `expected utf-8 text in x.csv, got byte 0xC4 in line 2; it reads as gb18030: give { encoding: "gb18030" }`; `no file at x.csv`; `expected x.csv of at most 512 MiB, got 700 MiB: ...`.
 * @example
 * const bytes = new Uint8Array([0xb3, 0xc7, 0x2c, 0x6e, 0x0a, 0xb1, 0xb1, 0xbe, 0xa9, 0x2c, 0x32]);
 * [...(await data.readCsv(bytes))] // [{ 城: "北京", n: 2 }]
 */
export async function readCsv<Row extends object = AnyRow>(source: Source, options: ReadCsvOptions = {}): Promise<Table<Row>> {
  known(options, [...parseNames, ...readOptionNames, "encoding"]);
  const file = await bytesOf(source, options);
  return parse<Row>(file.name, decode(file, options.encoding), options);
}

function parse<Row extends object>(name: string, given: string, options: ParseCsvOptions): Table<Row> {
  const text = given.startsWith("\ufeff") ? given.slice(1) : given;
  if (text.trim() === "") throw new RangeError(`empty file: ${name}`);
  if (/^\s*<(!doctype|html)\b/i.test(text)) throw new TypeError(`expected a delimited text in ${name}, got a web page: is this the address of the file itself?`);
  const delimiter = options.delimiter ?? detectDelimiter(text);
  if (typeof delimiter !== "string" || delimiter.length !== 1 || delimiter === '"' || /[\r\n]/.test(delimiter)) throw new RangeError(`expected delimiter to be one character, got ${shown(delimiter)}`);
  const decimal = oneOf({ decimal: options.decimal ?? "." }, [".", ","]);
  const records = dsvFormat(delimiter).parseRows(text);
  const unclosed = text.includes('"') ? scan(text, delimiter, false).open : undefined;
  if (unclosed !== undefined) throw new SyntaxError(`a quote opened in line ${unclosed} of ${name} is never closed`);
  const { header = true } = options;
  const names = namesOf(name, header, records[0]!);
  const body = header === true ? records.slice(1) : records;
  const from = header === true ? 1 : 0;
  // An empty line is no record, but in a file of one column, where it is a missing value.
  const blank = (record: readonly string[]) => record.length === 1 && record[0] === "" && names.length > 1;
  const ragged = body.findIndex((record) => record.length !== names.length && !blank(record));
  if (ragged >= 0) {
    const line = scan(text, delimiter).lines[ragged + from];
    const other = options.delimiter === undefined ? `; the delimiter was taken to be ${shown(delimiter)}: give { delimiter: ... } if it is another` : "";
    throw new RangeError(`expected ${names.length} fields in line ${line} of ${name}, got ${body[ragged]!.length}: ${shown(body[ragged]!.join(delimiter))}${other}`);
  }
  const rows = body.filter((record) => !blank(record));
  const missing = options.missing && new Set(["", ...options.missing.map((word) => word.trim())]);
  const columns = names.map((column, at): [string, unknown[]] => {
    const words = rows.map((record) => record[at]!);
    return [column, options.types === false ? words.map((word) => (word === "" || missing?.has(word.trim()) ? null : word)) : typed(words, { missing, decimal })];
  });
  return fromColumns<Row>(Object.fromEntries(columns), names);
}

function namesOf(file: string, header: boolean | readonly string[], first: readonly string[]): string[] {
  const names = header === true ? first.map((name) => name.trim()) : header === false ? first.map((_, at) => `c${at}`) : [...header];
  names.forEach((name, at) => {
    if (name === "") throw new RangeError(`unnamed column ${at} in ${file}: give { header: [...] } with all the names, or { header: false } where there are none`);
    if (names.indexOf(name) !== at) throw new RangeError(`duplicate column in ${file}: ${name} (columns ${names.indexOf(name)} and ${at})`);
  });
  return names;
}
