import { known, shown } from "../../arguments.js";

/** A record, or an array with columns by number. */
export type Row = object;

export interface MeasureOptions {
  /** Columns by which someone could know a person from elsewhere: age, postcode, ... Names, or numbers where rows are arrays. */
  quasiIdentifiers: readonly (string | number)[];
  /** The column that must not be learnt about a person. */
  sensitive?: string | number;
}

export interface AnonymityGroup {
  /** The quasi-identifiers that its rows share. */
  readonly key: readonly unknown[];
  readonly size: number;
  /** Of the sensitive column; undefined without one. */
  readonly distinct?: number;
  /** In nats. */
  readonly entropy?: number;
  readonly expEntropy?: number;
  /** Total variation distance of the sensitive values from the whole table's. */
  readonly tEqual?: number;
  /** Earth mover's distance over the sorted distinct values, neighbours 1 / (m - 1) apart. */
  readonly tOrdered?: number;
}

export interface Anonymity {
  /** Size of the smallest group. */
  readonly k: number;
  /** Fewest distinct sensitive values in a group. */
  readonly lDistinct?: number;
  /** exp of the smallest entropy. */
  readonly lEntropy?: number;
  /** Largest distances of a group. */
  readonly tEqual?: number;
  readonly tOrdered?: number;
  /** In order of first appearance. */
  readonly groups: readonly AnonymityGroup[];
}

export function valueOf(row: Row, column: string | number, index: number): unknown {
  if (!(column in row)) throw new RangeError(`unknown column: ${column} in row ${index}`);
  return (row as Record<string | number, unknown>)[column];
}

/** Rows with the same values, by one text: values of different types never share it. */
export function groupRows(rows: readonly Row[], columns: readonly (string | number)[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  for (const [index, row] of rows.entries()) {
    const key = JSON.stringify(columns.map((column) => {
      const value = valueOf(row, column, index);
      return [typeof value, String(value)];
    }));
    const group = groups.get(key);
    if (group) group.push(index);
    else groups.set(key, [index]);
  }
  return groups;
}

/**
 * How anonymous a table is: k-anonymity, distinct and entropy l-diversity, t-closeness with equal and with ordered distance.
 * High values are no guarantee: whoever knows more than the quasi-identifiers, or has a second release, may still find someone.
 *
 * @param rows records, or arrays with columns by number
 * @throws `expected at least one row, got none`; `unknown column: age in row 0`
 * @see Sweeney 2002; Machanavajjhala et al. 2007; Li, Li and Venkatasubramanian 2007
 * @example
 * const rows = [{ age: "3*", ill: "flu" }, { age: "3*", ill: "cold" }, { age: "4*", ill: "flu" }];
 * privacy.measureAnonymity(rows, { quasiIdentifiers: ["age"] }).k // 1
 * privacy.measureAnonymity(rows, { quasiIdentifiers: [], sensitive: "ill" }).lDistinct // 2
 */
export function measureAnonymity(rows: readonly Row[], options: MeasureOptions): Anonymity {
  known(options, ["quasiIdentifiers", "sensitive"]);
  if (rows.length === 0) throw new RangeError("expected at least one row, got none");
  const { quasiIdentifiers, sensitive } = options;
  if (!Array.isArray(quasiIdentifiers)) throw new TypeError(`expected quasiIdentifiers as a list of columns, got ${shown(quasiIdentifiers)}`);
  const closeness = sensitive === undefined ? undefined : distances(rows.map((row, index) => valueOf(row, sensitive, index)));
  const groups = [...groupRows(rows, quasiIdentifiers).values()].map((members): AnonymityGroup =>
    Object.freeze({ key: Object.freeze(quasiIdentifiers.map((column) => valueOf(rows[members[0]!]!, column, members[0]!))), size: members.length, ...closeness?.(members) }));
  const least = (name: "size" | "distinct" | "expEntropy"): number => groups.reduce((low, group) => Math.min(low, group[name]!), Number.POSITIVE_INFINITY);
  const most = (name: "tEqual" | "tOrdered"): number => groups.reduce((high, group) => Math.max(high, group[name]!), 0);
  return Object.freeze({
    k: least("size"),
    ...(closeness && { lDistinct: least("distinct"), lEntropy: least("expEntropy"), tEqual: most("tEqual"), tOrdered: most("tOrdered") }),
    groups: Object.freeze(groups),
  });
}

/** For groups of rows, how their sensitive values differ from the whole table's. */
function distances(values: readonly unknown[]): (members: readonly number[]) => Required<Pick<AnonymityGroup, "distinct" | "entropy" | "expEntropy" | "tEqual" | "tOrdered">> {
  const sorted = [...new Set(values)].sort((a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0));
  const place = new Map(sorted.map((value, at) => [value, at]));
  const shares = (members: readonly number[]): Float64Array => {
    const share = new Float64Array(sorted.length);
    for (const index of members) share[place.get(values[index])!]! += 1 / members.length;
    return share;
  };
  const whole = shares(values.map((_, index) => index));
  return (members) => {
    const share = shares(members);
    let [distinct, entropy, apart, moved, carried] = [0, 0, 0, 0, 0];
    for (const [at, p] of share.entries()) {
      if (p > 0) {
        distinct += 1;
        entropy -= p * Math.log(p);
      }
      apart += Math.abs(p - whole[at]!);
      carried += p - whole[at]!;
      moved += Math.abs(carried);
    }
    return { distinct, entropy: Math.abs(entropy), expEntropy: Math.exp(Math.abs(entropy)), tEqual: apart / 2, tOrdered: sorted.length > 1 ? moved / (sorted.length - 1) : 0 };
  };
}
