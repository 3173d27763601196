import { escape } from "../../../display/escape.js";
import { number } from "../../../display/number.js";
import { cell, header } from "../../../display/table/cells.js";
import { known } from "../../arguments.js";
import { pearson } from "../statistics/numbers.js";
import { shows, type Part } from "../statistics/show.js";
import { duplicates } from "../duplicates/exact.js";
import { chosen, frameOf, type Frame, type Rows } from "../table/rows.js";
import { sparkline } from "../table/spark.js";
import { profileColumn } from "./column.js";
import type { ColumnProfile, Profile, ProfileWarning } from "./contract.js";
import { columnWarnings } from "./warnings.js";

export interface ProfileOptions {
  /** Default: all. */
  columns?: readonly string[];
  /** Dates after it are suspicious. Default: now. */
  today?: Date;
}

/**
 * What a table holds, column by column, with what is worth a look: empty, constant and id-like columns, mixed types, numbers and dates kept as text, missing values (above 20%), skewness (beyond 2),
 * outliers (3 interquartile ranges outside the quartiles), suspicious dates, spellings of one value, columns that may say who somebody is (by their names, English and Chinese), pairs with |r| > 0.95, repeated rows.
 *
 * Numbers as pandas gives them (`describe`, `skew`, `corr`). A warning is a question, not a verdict.
 *
 * @throws `unknown column: area (columns: ...)`; `expected at least 1 row, got 0`.
 * @example
 * const profile = data.profile([{ x: 1, sex: "f" }, { x: 2, sex: "f" }, { x: 6, sex: "f" }]);
 * profile.columns[0].numbers.deviation // 2.6458
 * profile.warnings.map(({ kind }) => kind) // ["protected", "constant"]
 */
export function profile(rows: Rows<object>, options: ProfileOptions = {}): Profile {
  known(options, ["columns", "today"]);
  const frame = frameOf(rows);
  if (frame.length === 0) throw new RangeError("expected at least 1 row, got 0");
  const names = chosen(frame, options.columns);
  const today = options.today ?? new Date();
  const columns = names.map((name) => profileColumn(name, frame.column(name)));
  const repeated = duplicates(rows, { columns: names }).count;
  const correlations = correlate(frame, columns);
  const warnings: ProfileWarning[] = [
    ...columns.flatMap((column) => columnWarnings(column, frame.column(column.name), today)),
    ...correlatedWarnings(correlations),
    ...(repeated ? [Object.freeze({ kind: "duplicates" as const, message: `${repeated} ${repeated === 1 ? "row is" : "rows are"} equal to an earlier one` })] : []),
  ];
  const result: Profile = { rows: frame.length, columns: Object.freeze(columns), duplicates: repeated, correlations, warnings: Object.freeze(warnings) };
  return shows(result, () => parts(result, frame));
}

function correlate(frame: Frame, columns: readonly ColumnProfile[]): Profile["correlations"] {
  const names = columns.filter(({ kind }) => kind === "number").map(({ name }) => name);
  const values = names.map((name) => Float64Array.from(frame.column(name), (value) => (typeof value === "number" || typeof value === "bigint" ? Number(value) : Number.NaN)));
  const matrix = names.map(() => new Array<number>(names.length).fill(Number.NaN));
  for (let a = 0; a < names.length; a++) for (let b = a; b < names.length; b++) matrix[a]![b] = matrix[b]![a] = pearson(values[a]!, values[b]!);
  return Object.freeze({ names: Object.freeze(names), pearson: Object.freeze(matrix.map((row) => Object.freeze(row))) });
}

function correlatedWarnings({ names, pearson: matrix }: Profile["correlations"]): ProfileWarning[] {
  const found: ProfileWarning[] = [];
  for (let a = 0; a < names.length; a++)
    for (let b = a + 1; b < names.length; b++)
      if (Math.abs(matrix[a]![b]!) > 0.95) found.push(Object.freeze({ kind: "correlated" as const, column: names[a]!, message: `${names[a]} and ${names[b]} say almost the same (r = ${number(matrix[a]![b]!, 3)})` }));
  return found;
}

function parts(profile: Profile, frame: Frame): Part[] {
  const { rows, columns, warnings } = profile;
  const say = (value: number, kind: string) => (kind === "date" ? new Date(value).toISOString().slice(0, 10) : number(value));
  const summary = (column: ColumnProfile): string[] => {
    const { numbers, kind, top } = column;
    if (numbers) return [say(numbers.min, kind), say(numbers.quantiles.p50, kind), say(numbers.max, kind), kind === "date" ? "" : `${number(numbers.mean)} ± ${number(numbers.deviation)}`];
    return ["", top[0] ? `${String(top[0].value).slice(0, 24)} (${top[0].count})` : "", "", ""];
  };
  const heads = ["column", "type", "missing", "different", "distribution", "least", "middle or commonest", "most", "mean ± deviation"];
  const lines = columns.map((column) => ({ column, cells: summary(column) }));
  const html = `<table class="lyceum-table" cellpadding="4"><caption>Profile of ${rows.toLocaleString("en-US")} rows</caption><thead><tr>${heads.map((head, at) => header(head, at < 2 || at === 4 ? "left" : "right", "col")).join("")}</tr></thead><tbody>${lines
    .map(({ column, cells }) => `<tr>${header(escape(column.name), "left", "row")}${cell(column.kind, "left")}${cell(column.missing ? String(column.missing) : "", "right")}${cell(String(column.unique), "right")}${cell(sparkline(frame.column(column.name), column.kind), "left")}${cells.map((text) => cell(escape(text), "right")).join("")}</tr>`)
    .join("\n")}</tbody></table>`;
  const text = [`Profile of ${rows} rows`, ...lines.map(({ column, cells }) => `${column.name}: ${column.kind}, ${column.missing} missing, ${column.unique} different${cells.some(Boolean) ? `, ${cells.filter(Boolean).join(" / ")}` : ""}`)].join("\n");
  return [{ html, text }, { lines: warnings.length ? ["Worth a look:"] : [] }, { lines: warnings.map(({ message }) => message) }];
}
