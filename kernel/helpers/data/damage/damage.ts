import { say } from "../../../display/language.js";
import { fraction, known } from "../../arguments.js";
import { random, type Random } from "../random.js";
import { variance } from "../statistics/numbers.js";
import { shows } from "../statistics/show.js";
import { all, chosen, frameOf, isMissing, type AnyRow, type Rows } from "../table/rows.js";
import { fromColumns, type Table } from "../table/table.js";
import { typo } from "./typo.js";

export interface DamageOptions {
  /** Share of rows that are entered a second time, word for word. All shares: 0 to 1, default 0. */
  duplicates?: number;
  /** Share of rows that are entered a second time with one typing mistake or one number rounded. */
  nearDuplicates?: number;
  /** Share of cells that are lost. */
  missing?: number;
  /** Share of cells with words that get a typing mistake. */
  typos?: number;
  /** Share of cells with numbers that are thrown 6 to 10 standard deviations away. */
  outliers?: number;
  /** Adds a column that tells the column `target` (a number: with a little noise; a class: as a code), under a harmless name. */
  leakage?: { readonly target: string; /** Default "ref_code". */ readonly name?: string };
  /** Columns that are damaged. Default: all, but the leakage's target. */
  columns?: readonly string[];
  /** Default 1. */
  seed?: number;
}

export interface CellDamage {
  readonly row: number;
  readonly column: string;
  /** What was there. */
  readonly before: unknown;
  readonly after: unknown;
}

/** What was done, by the rows of the damaged table: what a learner should find. */
export interface DamageTruth {
  readonly duplicates: readonly { readonly row: number; readonly of: number }[];
  readonly nearDuplicates: readonly { readonly row: number; readonly of: number; readonly column: string }[];
  readonly missing: readonly CellDamage[];
  readonly typos: readonly CellDamage[];
  readonly outliers: readonly CellDamage[];
  /** Name of the column that leaks; undefined where none does. */
  readonly leakage: string | undefined;
  /** Of each row of the damaged table its row in the one given. */
  readonly origin: readonly number[];
}

/**
 * A table with faults put in on purpose, in random order, and the truth about them, to practise finding them on. A cell is damaged once at most; duplicates are made last, and rows that were doubled are not damaged
 * otherwise, so that every pair is one.
 *
 * @throws `expected missing from 0 to 1, got 2`; `unknown column: area (columns: ...)`; `expected no column ref_code: the leakage takes this name`.
 * @example
 * const rows = Array.from({ length: 50 }, (_, i) => ({ name: `house ${i}`, price: 100 + i }));
 * const { table, truth } = data.damage(rows, { duplicates: 0.1, missing: 0.05, seed: 7 });
 * table.numRows() // 55
 * [truth.duplicates.length, truth.missing.length] // [5, 5]
 * data.duplicates(table).count // 5
 */
export function damage(rows: Rows<object>, options: DamageOptions = {}): { readonly table: Table; readonly truth: DamageTruth } {
  known(options, ["duplicates", "nearDuplicates", "missing", "typos", "outliers", "leakage", "columns", "seed"]);
  const share = (name: "duplicates" | "nearDuplicates" | "missing" | "typos" | "outliers") => fraction({ [name]: options[name] ?? 0 });
  const frame = frameOf(rows);
  const draw = random(options.seed ?? 1);
  const { leakage } = options;
  const names = chosen(frame, options.columns, (_, name) => name !== leakage?.target);
  const columns = new Map(frame.names.map((name) => [name, [...frame.column(name)]]));
  const all_ = [...frame.names];
  const leaking = leakage && (leakage.name ?? "ref_code");
  if (leakage && leaking) {
    chosen(frame, [leakage.target]);
    if (columns.has(leaking)) throw new RangeError(`expected no column ${leaking}: the leakage takes this name`);
    columns.set(leaking, leak(frame.column(leakage.target), draw));
    all_.push(leaking);
  }

  const order = draw.shuffle(Array.from({ length: frame.length }, (_, row) => row));
  const exact = order.splice(0, Math.round(share("duplicates") * frame.length));
  const near = order.splice(0, Math.min(order.length, Math.round(share("nearDuplicates") * frame.length)));
  const touched = new Set<string>();
  const cells = (fits: (value: unknown, name: string) => boolean) => draw.shuffle(order.flatMap((row) => names.filter((name) => !touched.has(`${row}/${name}`) && !isMissing(columns.get(name)![row]) && fits(columns.get(name)![row], name)).map((column) => ({ row, column }))));
  const change = (part: number, fits: (value: unknown, name: string) => boolean, make: (value: unknown, column: string) => unknown): CellDamage[] => {
    if (part === 0) return [];
    const found = cells(fits);
    // A share of all such cells of the table, also of those in rows that stay whole.
    const among = names.reduce((n, name) => n + frame.column(name).filter((value) => !isMissing(value) && fits(value, name)).length, 0);
    const done: CellDamage[] = [];
    for (const { row, column } of found) {
      if (done.length >= Math.round(part * among)) break;
      const before = columns.get(column)![row];
      const after = make(before, column);
      if (after === undefined) continue;
      touched.add(`${row}/${column}`);
      columns.get(column)![row] = after;
      done.push({ row, column, before, after });
    }
    return done;
  };
  const deviations = new Map(names.filter((name) => all(frame.column(name), "number")).map((name) => [name, Math.sqrt(variance(frame.column(name).filter((value): value is number => !isMissing(value))))]));
  const integers = new Set([...deviations.keys()].filter((name) => frame.column(name).every((value) => isMissing(value) || Number.isInteger(value))));
  const outliers = change(share("outliers"), (value, name) => typeof value === "number" && deviations.get(name)! > 0, (value, column) => {
    const far = (value as number) + (draw.uniform() < 0.5 ? -1 : 1) * (6 + 4 * draw.uniform()) * deviations.get(column)!;
    return integers.has(column) ? Math.round(far) : far;
  });
  const typos = change(share("typos"), (value) => typeof value === "string", (value) => typo(value as string, draw));
  const missing = change(share("missing"), () => true, () => null);

  // Second entries, then all in random order.
  type Entry = { of: number; cells?: AnyRow; kind?: "exact" | "near"; column?: string };
  const entries: Entry[] = Array.from({ length: frame.length }, (_, row) => ({ of: row }));
  for (const row of exact) entries.push({ of: row, kind: "exact" });
  for (const row of near) {
    const slip = slipIn(names, (name) => columns.get(name)![row], draw);
    if (slip) entries.push({ of: row, kind: "near", cells: { [slip.column]: slip.value }, column: slip.column });
  }
  const mixed = draw.shuffle(entries);
  const places = new Map(mixed.flatMap(({ of, kind }, row) => (kind ? [] : [[of, row] as const])));
  const moved = (damages: readonly CellDamage[]) => Object.freeze(damages.map((one) => Object.freeze({ ...one, row: places.get(one.row)! })).sort((a, b) => a.row - b.row));
  const second = (kind: "exact" | "near") => mixed.flatMap((entry, row) => (entry.kind === kind ? [Object.freeze({ row, of: places.get(entry.of)!, ...(entry.column !== undefined && { column: entry.column }) })] : []));
  const truth: DamageTruth = Object.freeze({
    duplicates: Object.freeze(second("exact")), nearDuplicates: Object.freeze(second("near") as { row: number; of: number; column: string }[]), missing: moved(missing), typos: moved(typos), outliers: moved(outliers),
    leakage: leaking || undefined, origin: Object.freeze(mixed.map(({ of }) => of)),
  });
  const table = fromColumns<AnyRow>(Object.fromEntries(all_.map((name) => [name, mixed.map(({ of, cells: own }) => (own && name in own ? own[name] : columns.get(name)![of]))])), all_);
  return shows({ table, truth }, () => [{ lines: [say(`${table.numRows()} rows with ${truth.duplicates.length} duplicates, ${truth.nearDuplicates.length} near duplicates, ${missing.length} missing cells, ${typos.length} typing mistakes, ${outliers.length} outliers${leaking ? `, and a column that leaks: ${leaking}` : ""}`, `${table.numRows()} 行：${truth.duplicates.length} 处重复，${truth.nearDuplicates.length} 处近似重复，${missing.length} 个缺失单元格，${typos.length} 处错别字，${outliers.length} 个离群值${leaking ? `，以及一个泄露答案的列：${leaking}` : ""}`)] }]);
}

/** A typing mistake in one word, or one number rounded (or, if it is whole, off by one). */
function slipIn(names: readonly string[], cell: (name: string) => unknown, draw: Random): { column: string; value: unknown } | undefined {
  for (const column of draw.shuffle(names)) {
    const value = cell(column);
    if (typeof value === "string") {
      const made = typo(value, draw);
      if (made !== undefined) return { column, value: made };
    }
    if (typeof value === "number") return { column, value: Number.isInteger(value) ? value + (draw.uniform() < 0.5 ? -1 : 1) : Number(value.toPrecision(2)) === value ? value * 1.01 : Number(value.toPrecision(2)) };
  }
  return undefined;
}

function leak(target: readonly unknown[], draw: Random): unknown[] {
  if (all(target, "number") && new Set(target).size > 10) {
    const there = target.filter((value): value is number => !isMissing(value));
    const deviation = Math.sqrt(variance(there));
    return target.map((value) => (isMissing(value) ? null : (value as number) * 0.01 + draw.normal() * deviation * 0.0005));
  }
  // Each class has three codes of its own.
  const codes = new Map<string, string[]>();
  const free = draw.shuffle(Array.from({ length: 900 }, (_, at) => String(100 + at)));
  return target.map((value) => {
    const key = String(value);
    if (!codes.has(key)) codes.set(key, free.splice(0, 3));
    return `R${codes.get(key)![draw.integer(0, 2)]}`;
  });
}
