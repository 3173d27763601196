import { known } from "../../arguments.js";
import { groupRows, type Row } from "./measure.js";

export interface LinkageOptions {
  /** Columns that both tables have. */
  on: readonly string[];
}

export interface Linkage {
  /** For each known person, the rows of the release that fit (indices). */
  readonly candidates: readonly (readonly number[])[];
  /** How many known people fit exactly one row. */
  readonly unique: number;
  /** How many fit none. */
  readonly missing: number;
  /** How many a guess among the fitting rows would find on average: the sum of 1 / candidates. */
  readonly expectedFound: number;
}

/**
 * A linkage attack: someone who knows a few columns about people (a voters' list, a colleague's birthday) looks them up in a release without names.
 *
 * @param tables `released`: the table without names; `known`: what the attacker has
 * @throws `expected at least one column in on, got none`; `unknown column: zip in row 0`
 * @see Sweeney 2002
 * @example
 * const released = [{ zip: 1, ill: "flu" }, { zip: 2, ill: "cold" }, { zip: 2, ill: "flu" }];
 * privacy.linkageAttack({ released, known: [{ zip: 1 }, { zip: 2 }, { zip: 3 }] }, { on: ["zip"] }) // { unique: 1, missing: 1, expectedFound: 1.5 }
 */
export function linkageAttack(tables: { released: readonly Row[]; known: readonly Row[] }, options: LinkageOptions): Linkage {
  known(tables, ["released", "known"]);
  known(options, ["on"]);
  if (options.on.length === 0) throw new RangeError("expected at least one column in on, got none");
  const groups = groupRows(tables.released, options.on);
  const candidates: (readonly number[])[] = Array.from({ length: tables.known.length }, () => []);
  for (const [key, people] of groupRows(tables.known, options.on)) for (const person of people) candidates[person] = Object.freeze(groups.get(key) ?? []);
  const sizes = candidates.map(({ length }) => length);
  return Object.freeze({
    candidates: Object.freeze(candidates),
    unique: sizes.filter((size) => size === 1).length,
    missing: sizes.filter((size) => size === 0).length,
    expectedFound: sizes.reduce((sum, size) => sum + (size ? 1 / size : 0), 0),
  });
}
