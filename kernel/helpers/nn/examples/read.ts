import { known, sameLength, shown } from "../../arguments.js";
import type { Examples, Points } from "./contract.js";

/** Rows of numbers, one after the other. */
export interface Table {
  values: Float64Array;
  rows: number;
  width: number;
}

export interface ReadExamples extends Table {
  features: readonly string[];
  /** The answers as they were given. */
  y: ArrayLike<unknown>;
  /** What the answers are called in messages: `y`, or the target column. */
  yName: string;
  weights?: Float64Array;
}

const isRow = (row: unknown): row is ArrayLike<number> => Array.isArray(row) || (ArrayBuffer.isView(row) && !(row instanceof DataView));

/** Examples, checked: rows of one width, finite numbers, an answer each. */
export function readExamples(data: Examples): ReadExamples {
  if (data === null || typeof data !== "object") throw new TypeError(`expected data as { x, y } or { rows, features, target }, got ${shown(data)}`);
  if ("rows" in data) {
    known(data, ["rows", "features", "target", "weights"]);
    const { rows, target } = data;
    const features = columnNames(data.features, data.features?.length ?? 0);
    if (typeof target !== "string") throw new TypeError(`expected target to be the name of a column, got ${shown(target)}`);
    if (features.includes(target)) throw new RangeError(`expected target not to be among the features, got ${shown(target)}: the model would only copy it`);
    const table = readRecords("rows", rows, features);
    const y = rows.map((row, at) => {
      if (!(target in row)) throw new RangeError(`unknown column: ${target} (row ${at} has ${Object.keys(row).slice(0, 8).join(", ")})`);
      return (row as Record<string, unknown>)[target];
    });
    return { ...table, features, y, yName: target, ...readWeights(data.weights, table.rows) };
  }
  known(data, ["x", "y", "features", "weights"]);
  const table = toTable("x", data.x);
  if (!isRow(data.y)) throw new TypeError(`expected y to be a list of answers, got ${shown(data.y)}`);
  sameLength({ x: data.x, y: data.y });
  return { ...table, features: columnNames(data.features, table.width), y: data.y, yName: "y", ...readWeights(data.weights, table.rows) };
}

/** Points without answers. */
export function readPoints(data: Points): Table & { features: readonly string[] } {
  if (typeof data === "object" && data !== null && "rows" in data) {
    known(data, ["rows", "features"]);
    const features = columnNames(data.features, data.features?.length ?? 0);
    return { ...readRecords("rows", data.rows, features), features };
  }
  const table = toTable("points", data);
  return { ...table, features: columnNames(undefined, table.width) };
}

/** Rows that a fitted model is asked about: of its width, or records with its features. */
export function readRows(rows: unknown, features: readonly string[]): Table {
  if (!Array.isArray(rows)) throw new TypeError(`expected rows of ${features.length} numbers, got ${shown(rows)}`);
  if (rows.length === 0) return { values: new Float64Array(0), rows: 0, width: features.length };
  return isRow(rows[0]) ? toTable("rows", rows, features.length) : readRecords("rows", rows, features);
}

/** Rows of numbers as one array. */
export function toTable(name: string, given: readonly ArrayLike<number>[], width?: number): Table {
  if (!Array.isArray(given) || given.length === 0) throw new RangeError(`expected ${name} to be rows of numbers, at least one, got ${shown(given)}`);
  const columns = width ?? (isRow(given[0]) ? given[0].length : 0);
  if (columns === 0) throw new RangeError(`expected ${name} to be rows of at least one number, got ${shown(given[0])} in row 0`);
  const values = new Float64Array(given.length * columns);
  let at = 0;
  for (let row = 0; row < given.length; row++) {
    const cells = given[row] as ArrayLike<number>;
    if (!isRow(cells) || cells.length !== columns) throw new RangeError(`expected ${columns} numbers in row ${row} of ${name}, got ${isRow(cells) ? cells.length : shown(cells)}`);
    for (let column = 0; column < columns; column++) {
      const value = cells[column];
      if (!Number.isFinite(value)) throw new RangeError(`expected finite numbers in ${name}, got ${shown(value)} in row ${row}, column ${column}`);
      values[at++] = value;
    }
  }
  return { values, rows: given.length, width: columns };
}

function readRecords(name: string, rows: readonly object[], features: readonly string[]): Table {
  if (!Array.isArray(rows) || rows.length === 0) throw new RangeError(`expected ${name} to be records, at least one, got ${shown(rows)}`);
  if (features.length === 0) throw new RangeError("expected features to name at least one column, got none");
  const values = new Float64Array(rows.length * features.length);
  let at = 0;
  for (let row = 0; row < rows.length; row++) {
    const record = rows[row] as Record<string, unknown>;
    if (record === null || typeof record !== "object") throw new TypeError(`expected a record in row ${row} of ${name}, got ${shown(record)}`);
    for (const feature of features) {
      const value = record[feature];
      if (value === undefined && !(feature in record)) throw new RangeError(`unknown column: ${feature} (row ${row} has ${Object.keys(record).slice(0, 8).join(", ")})`);
      if (typeof value !== "number" || !Number.isFinite(value)) throw new RangeError(`expected finite numbers in column ${feature}, got ${shown(value)} in row ${row}`);
      values[at++] = value;
    }
  }
  return { values, rows: rows.length, width: features.length };
}

/** Names of the columns, one each and no two alike; default x0, x1, ... */
function columnNames(names: readonly string[] | undefined, width: number): readonly string[] {
  if (names === undefined) return Object.freeze(Array.from({ length: width }, (_, column) => `x${column}`));
  if (!Array.isArray(names) || names.length !== width) throw new RangeError(`expected ${width} features, one a column, got ${shown(names)}`);
  const wrong = names.findIndex((name) => typeof name !== "string");
  if (wrong >= 0) throw new TypeError(`expected features to be names, got ${shown(names[wrong])} at index ${wrong}`);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new RangeError(`expected features to differ, got ${shown(twice)} twice`);
  return Object.freeze([...names]);
}

function readWeights(weights: ArrayLike<number> | undefined, rows: number): { weights?: Float64Array } {
  if (weights === undefined) return {};
  if (weights.length !== rows) throw new RangeError(`expected weights of length ${rows}, one a row, got ${weights.length}`);
  let sum = 0;
  const read = Float64Array.from(weights, (weight, at) => {
    if (!(weight >= 0 && Number.isFinite(weight))) throw new RangeError(`expected weights >= 0, got ${shown(weight)} at index ${at}`);
    sum += weight;
    return weight;
  });
  if (sum === 0) throw new RangeError("expected weights that are not all 0");
  return { weights: read };
}
