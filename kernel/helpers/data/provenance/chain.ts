import { shown } from "../../arguments.js";
import { shows } from "../statistics/show.js";
import { frameOf, type Rows } from "../table/rows.js";
import { hashFrame, hashText } from "./hash.js";

/** One step in the life of a table. Plain data: keep it beside the file. */
export interface ProvenanceStep {
  /** What was done, for people. */
  readonly what: string;
  /** Options and figures of the step: plain JSON. */
  readonly details: Readonly<Record<string, unknown>>;
  readonly rows: number;
  readonly columns: number;
  /** `data.hash` of the table after the step. */
  readonly table: string;
  /** `id` of the step before; empty for the first. */
  readonly previous: string;
  /** SHA-256 of all the above: it fixes this step and, through `previous`, every earlier one. */
  readonly id: string;
}

export interface Provenance {
  readonly steps: readonly ProvenanceStep[];
  /** A longer chain; this one stays as it is. */
  step(what: string, rows: Rows<object>, details?: Readonly<Record<string, unknown>>): Provenance;
}

export interface ProvenanceCheck {
  readonly holds: boolean;
  /** Why not; empty where it holds. */
  readonly reason: string;
}

/**
 * Where a table comes from and what was done to it, as a chain of hashes: nobody can change an early step and leave the later ones. It proves that nothing changed since, not that it was true.
 *
 * @param what where it comes from.
 * @throws `expected what to be text, got 3`.
 * @example
 * const rows = [{ a: 1 }, { a: 1 }];
 * const chain = data.provenance("survey.csv, room 4, 2024", rows).step("without duplicates", data.duplicates(rows).unique);
 * chain.steps.map(({ rows }) => rows) // [2, 1]
 * data.checkProvenance(chain.steps, [{ a: 1 }]).holds // true
 */
export function provenance(what: string, rows: Rows<object>, details: Readonly<Record<string, unknown>> = {}): Provenance {
  return chain([], what, rows, details);
}

/**
 * Does a chain hold together, and (where rows are given) does it end in these rows?
 *
 * @param steps as `provenance` gives them, perhaps from JSON.
 * @example
 * const { steps } = data.provenance("made up", [{ a: 1 }]);
 * data.checkProvenance([{ ...steps[0], rows: 7 }]).reason // "step 0 (made up) was changed after it was recorded"
 */
export function checkProvenance(steps: readonly ProvenanceStep[], rows?: Rows<object>): ProvenanceCheck {
  const fails = (reason: string): ProvenanceCheck => Object.freeze({ holds: false, reason });
  if (steps.length === 0) return fails("there is no step");
  for (const [at, step] of steps.entries()) {
    if (step.id !== idOf(step)) return fails(`step ${at} (${step.what}) was changed after it was recorded`);
    if (step.previous !== (steps[at - 1]?.id ?? "")) return fails(`step ${at} (${step.what}) does not follow step ${at - 1}`);
  }
  const last = steps.at(-1)!;
  if (rows && hashFrame(frameOf(rows)) !== last.table) return fails(`the rows are not those of the last step (${last.what})`);
  return Object.freeze({ holds: true, reason: "" });
}

function chain(before: readonly ProvenanceStep[], what: string, rows: Rows<object>, details: Readonly<Record<string, unknown>>): Provenance {
  if (typeof what !== "string" || what === "") throw new TypeError(`expected what to be text, got ${shown(what)}`);
  const frame = frameOf(rows);
  const step = { what, details: Object.freeze({ ...details }), rows: frame.length, columns: frame.names.length, table: hashFrame(frame), previous: before.at(-1)?.id ?? "" };
  const steps = Object.freeze([...before, Object.freeze({ ...step, id: idOf(step) })]);
  return shows({ steps, step: (next: string, then: Rows<object>, more: Readonly<Record<string, unknown>> = {}) => chain(steps, next, then, more) }, () => [
    { rows: steps.map((one) => ({ what: one.what, rows: one.rows, columns: one.columns, table: one.table.slice(0, 12), id: one.id.slice(0, 12) })) },
  ]);
}

const idOf = ({ what, details, rows, columns, table, previous }: Omit<ProvenanceStep, "id">): string => hashText(JSON.stringify([what, sortedKeys(details), rows, columns, table, previous]));

/** The same whatever the order in which a file or a program names them. */
function sortedKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedKeys);
  if (typeof value !== "object" || value === null || "toJSON" in value) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sortedKeys(one)]));
}
