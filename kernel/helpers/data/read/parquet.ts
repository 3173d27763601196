import { parquetMetadataAsync, parquetReadObjects, parquetSchema } from "hyparquet";
import { compressors } from "hyparquet-compressors";
import { known } from "../../arguments.js";
import { unknownColumn, type AnyRow } from "../table/rows.js";
import { fromColumns, type Table } from "../table/table.js";
import { bytesOf, readOptionNames, type ReadOptions, type Source } from "./bytes.js";

export interface ReadParquetOptions extends ReadOptions {
  /** Only these columns. Default: all. */
  columns?: readonly string[];
}

/**
 * A Parquet file as a table (hyparquet; snappy, gzip, zstd, lz4 and brotli). 64-bit integers become numbers where all of a column are exact as such, else they stay `bigint`.
 *
 * @throws `truncated Parquet file: x.parquet (...)`; `expected a Parquet file, got x.csv`; `unknown column: area (columns: ...)`; as `readCsv` for the file itself.
 * @example
 * const made = data.readParquet(new TextEncoder().encode("PAR1 and no more"));
 * await made.catch((error) => error.message) // "truncated Parquet file: the bytes (it does not end in PAR1)"
 */
export async function readParquet<Row extends object = AnyRow>(source: Source, options: ReadParquetOptions = {}): Promise<Table<Row>> {
  known(options, [...readOptionNames, "columns"]);
  const { name, bytes } = await bytesOf(source, options);
  if (mark(bytes, 0) !== "PAR1") throw new TypeError(`expected a Parquet file, got ${name}`);
  if (bytes.length < 12 || mark(bytes, bytes.length - 4) !== "PAR1") throw new RangeError(`truncated Parquet file: ${name} (it does not end in PAR1)`);
  const file = { byteLength: bytes.length, slice: (from: number, to?: number) => bytes.slice(from, to).buffer };
  try {
    const metadata = await parquetMetadataAsync(file);
    const names = parquetSchema(metadata).children.map(({ element }) => element.name);
    const wanted = options.columns ? [...options.columns] : names;
    for (const column of wanted) if (!names.includes(column)) throw Object.assign(unknownColumn(column, names), { ours: true });
    const rows = await parquetReadObjects({ file, metadata, compressors, columns: wanted });
    options.signal?.throwIfAborted();
    return fromColumns<Row>(Object.fromEntries(wanted.map((column) => [column, numbersWhereExact(rows.map((row) => (row[column] as unknown) ?? null))])), wanted);
  } catch (error) {
    if ((error as { ours?: true }).ours || options.signal?.aborted) throw error;
    throw new RangeError(`truncated Parquet file: ${name} (${error instanceof Error ? error.message : String(error)})`, { cause: error });
  }
}

const mark = (bytes: Uint8Array, at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));

function numbersWhereExact(values: unknown[]): unknown[] {
  if (!values.some((value) => typeof value === "bigint")) return values;
  const exact = values.every((value) => typeof value !== "bigint" || (value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)));
  return exact ? values.map((value) => (typeof value === "bigint" ? Number(value) : value)) : values;
}
