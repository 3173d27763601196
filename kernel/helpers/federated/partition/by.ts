import { known } from "../../arguments.js";

export interface ByOptions<T> {
  /** The site of a row: a column's name, or a function of the row. */
  by: keyof T | ((row: T) => string | number | boolean);
}

/**
 * Rows by where they are: a hospital, a school, a town. The honest partition, where the data has such a column.
 *
 * @returns `{ name, rows }` a site, in the order in which the sites first appear.
 * @throws `expected a site in row 3, got undefined`.
 * @example federated.partitionBy([{ town: "A", x: 1 }, { town: "B", x: 2 }, { town: "A", x: 3 }], { by: "town" }).map(({ rows }) => rows.length) // [2, 1]
 */
export function partitionBy<T>(rows: readonly T[], options: ByOptions<T>): { name: string; rows: T[] }[] {
  known(options, ["by"]);
  const { by } = options;
  const sites = new Map<string, T[]>();
  rows.forEach((row, at) => {
    const site: unknown = typeof by === "function" ? by(row) : row[by];
    if (site === undefined || site === null || site === "" || Number.isNaN(site)) throw new RangeError(`expected a site in row ${at}, got ${site === "" ? '""' : String(site)}`);
    const name = String(site);
    const part = sites.get(name);
    if (part) part.push(row);
    else sites.set(name, [row]);
  });
  return [...sites].map(([name, part]) => ({ name, rows: part }));
}
