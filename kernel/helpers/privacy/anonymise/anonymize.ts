import { fraction, known, positive, whole } from "../../arguments.js";
import type { Hierarchy } from "./hierarchy.js";
import { measureAnonymity, valueOf, type Anonymity, type Row } from "./measure.js";

export interface AnonymizeOptions {
  /** The quasi-identifiers, each with how it may be generalised. */
  hierarchies: Readonly<Record<string, Hierarchy>>;
  /** Every group of the release has at least so many rows. */
  k: number;
  /** For l and t. */
  sensitive?: string;
  /** Every group has at least so many distinct sensitive values. */
  l?: number;
  /** Every group's sensitive values are at most so far (total variation) from the release's. */
  t?: number;
  /** Up to this fraction of rows may be left out instead of generalising all. Default 0. */
  maxSuppressed?: number;
}

export interface Anonymized {
  /** Generalised copies, in the order of the input, without the suppressed ones. Columns that are no quasi-identifiers stay as they are: take direct identifiers out yourself. */
  readonly rows: readonly Record<string, unknown>[];
  /** Level of each quasi-identifier: 0 is untouched, one above its hierarchy is `*`. */
  readonly levels: Readonly<Record<string, number>>;
  /** Indices of rows that were left out. */
  readonly suppressed: readonly number[];
  /** From 0 (nothing lost) to 1: mean over the cells of (values that the cell could be - 1) / (values in the column - 1); a suppressed row's cells count 1. */
  readonly loss: number;
  /** Of the release. */
  readonly measured: Anonymity;
}

const mostNodes = 100_000;

/**
 * Makes a table k-anonymous, and l-diverse and t-close where asked for: each quasi-identifier is generalised to one level for the whole table, rows of groups that are still too small are left out,
 * and of all combinations of levels that suffice the one that loses least is taken (every combination is tried).
 *
 * @param rows records
 * @returns `{ rows, levels, suppressed, loss, measured }`
 * @throws `no generalisation reaches k 5: ...` where even `*` everywhere does not suffice; `expected at most 100000 combinations of levels, got ...`
 * @see Samarati 2001; El Emam et al. 2009; loss as in Iyengar 2002
 * @example
 * const rows = [31, 33, 38, 52, 57].map((age) => ({ age }));
 * const release = privacy.anonymize(rows, { hierarchies: { age: privacy.rangeHierarchy({ widths: [10, 50] }) }, k: 2 });
 * release.rows.map(({ age }) => age) // ["30-40", "30-40", "30-40", "50-60", "50-60"]
 * release.loss // 0.4
 */
export function anonymize(rows: readonly Row[], options: AnonymizeOptions): Anonymized {
  known(options, ["hierarchies", "k", "sensitive", "l", "t", "maxSuppressed"]);
  const { hierarchies, sensitive } = options;
  const k = whole({ k: options.k }, 1);
  const l = options.l === undefined ? undefined : positive({ l: options.l });
  const t = options.t === undefined ? undefined : fraction({ t: options.t });
  const allowed = fraction({ maxSuppressed: options.maxSuppressed ?? 0 }) * rows.length;
  if (rows.length === 0) throw new RangeError("expected at least one row, got none");
  if ((l !== undefined || t !== undefined) && sensitive === undefined) throw new TypeError("expected sensitive with l or t, got none");
  const names = Object.keys(hierarchies);
  const columns = names.map((name) => generalised(rows, name, hierarchies[name]!));
  const nodes = columns.reduce((product, { levels }) => product * levels.length, 1);
  if (nodes > mostNodes) throw new RangeError(`expected at most ${mostNodes} combinations of levels, got ${nodes}`);
  const secret = sensitive === undefined ? undefined : rows.map((row, index) => valueOf(row, sensitive, index));

  let best: { loss: number; levels: number[]; suppressed: number[] } | undefined;
  for (let node = 0; node < nodes; node++) {
    let rest = node;
    const levels = columns.map((column) => {
      const level = rest % column.levels.length;
      rest = (rest - level) / column.levels.length;
      return level;
    });
    const coded = columns.map((column, at) => column.levels[levels[at]!]!);
    const suppressed = tooSmall(rows.length, coded.map(({ codes }) => codes), k, l, secret);
    if (suppressed.length > allowed || suppressed.length === rows.length) continue;
    const out = new Set(suppressed);
    const loss = meanLoss(rows.length, coded.map(({ lost }) => lost), out);
    if (best && loss >= best.loss) continue;
    if (t !== undefined && release(rows, names, columns, levels, out, sensitive).measured.tEqual! > t) continue;
    best = { loss, levels, suppressed };
  }
  if (!best) throw new RangeError(`no generalisation reaches k ${k}${l === undefined ? "" : `, l ${l}`}${t === undefined ? "" : `, t ${t}`} with at most ${Math.floor(allowed)} rows left out`);
  const { levels, suppressed, loss } = best;
  return Object.freeze({
    ...release(rows, names, columns, levels, new Set(suppressed), sensitive),
    levels: Object.freeze(Object.fromEntries(names.map((name, at) => [name, levels[at]!]))), suppressed: Object.freeze(suppressed), loss,
  });
}

interface Level {
  /** Of each row, generalised. */
  values: unknown[];
  /** The same as small numbers. */
  codes: Int32Array;
  /** Information lost in each row's cell. */
  lost: Float64Array;
}

/** A column at each of its levels, `*` last. */
function generalised(rows: readonly Row[], name: string, hierarchy: Hierarchy): { levels: Level[] } {
  const values = rows.map((row, index) => valueOf(row, name, index));
  const distinct = new Set(values).size;
  const steps: ((value: unknown) => unknown)[] = [(value) => value, ...hierarchy, () => "*"];
  return {
    levels: steps.map((step) => {
      const wide = values.map(step);
      const covered = new Map<unknown, Set<unknown>>();
      for (const [index, value] of wide.entries()) {
        const set = covered.get(value) ?? new Set();
        covered.set(value, set.add(values[index]));
      }
      const code = new Map([...covered.keys()].map((value, at) => [value, at]));
      return {
        values: wide,
        codes: Int32Array.from(wide, (value) => code.get(value)!),
        lost: Float64Array.from(wide, (value) => (distinct > 1 ? (covered.get(value)!.size - 1) / (distinct - 1) : 0)),
      };
    }),
  };
}

/** Rows of groups with too few rows or too few sensitive values. */
function tooSmall(count: number, codes: readonly Int32Array[], k: number, l: number | undefined, secret: readonly unknown[] | undefined): number[] {
  const groups = new Map<string, number[]>();
  for (let row = 0; row < count; row++) {
    let key = "";
    for (const column of codes) key += `${column[row]},`;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  const bad = [...groups.values()].filter((group) => group.length < k || (l !== undefined && new Set(group.map((row) => secret![row])).size < l));
  return bad.flat().sort((a, b) => a - b);
}

function meanLoss(count: number, lost: readonly Float64Array[], out: ReadonlySet<number>): number {
  if (lost.length === 0) return out.size / count;
  let sum = 0;
  for (let row = 0; row < count; row++) for (const column of lost) sum += out.has(row) ? 1 : column[row]!;
  return sum / (count * lost.length);
}

function release(rows: readonly Row[], names: readonly string[], columns: readonly { levels: Level[] }[], levels: readonly number[], out: ReadonlySet<number>, sensitive: string | undefined): Pick<Anonymized, "rows" | "measured"> {
  const kept = rows.flatMap((row, index) => {
    if (out.has(index)) return [];
    const wide = names.map((name, at) => [name, columns[at]!.levels[levels[at]!]!.values[index]] as const);
    return [Object.freeze({ ...(row as Record<string, unknown>), ...Object.fromEntries(wide) })];
  });
  return { rows: Object.freeze(kept), measured: measureAnonymity(kept, { quasiIdentifiers: names, ...(sensitive !== undefined && { sensitive }) }) };
}

