import { known, oneOf, shown } from "../arguments.js";
import type { Parameter, RunRecord, Status } from "./contract.js";
import { readLines } from "./lines.js";
import { fileName, openStore } from "./store/open.js";
import { listView } from "./view/list.js";
import { recordView } from "./view/record.js";

export interface RunsOptions {
  /** Default "runs"; `false`: those in memory. */
  folder?: string | false;
  experiment?: string;
  status?: Status;
  /** Has this tag. */
  tag?: string;
  /** Somewhere in experiment, id, tags, notes or parameters; upper and lower case are the same. */
  text?: string;
  /** Has these parameters, exactly. */
  parameters?: Readonly<Record<string, Parameter>>;
  /** Is one of yours. */
  where?(run: RunRecord): boolean;
}

/** Runs, oldest first. They show themselves as a table. */
export type Runs = readonly RunRecord[];

/**
 * The runs that were recorded, of all programs that use the folder: oldest first, all conditions together.
 *
 * @returns plain data; an empty list where there are none
 * @throws `unknown status: done (known: finished, failed, stopped, unfinished)`
 * @example track.runs({ folder: false, tag: "nobody has this" }).length // 0
 */
export function runs(options: RunsOptions = {}): Runs {
  known(options, ["folder", "experiment", "status", "tag", "text", "parameters", "where"]);
  const { folder, experiment, status, tag, text, parameters, where } = options;
  if (status !== undefined) oneOf({ status }, ["finished", "failed", "stopped", "unfinished"]);
  if (where !== undefined && typeof where !== "function") throw new TypeError(`expected where to be a function of a run, got ${shown(where)}`);
  const store = openStore(folder);
  const word = text?.toLowerCase();
  const all = store.list().filter((place) => experiment === undefined || place.experiment === experiment).sort((a, b) => (a.id < b.id ? -1 : 1)).map((place) => recordView(readLines(store.read(place) ?? "", place)));
  return listView(all.filter((run) =>
    (status === undefined || run.status === status) &&
    (tag === undefined || run.tags.includes(tag)) &&
    (word === undefined || [run.experiment, run.id, ...run.tags, ...run.notes, JSON.stringify(run.parameters)].some((words) => words.toLowerCase().includes(word))) &&
    Object.entries(parameters ?? {}).every(([name, value]) => JSON.stringify(run.parameters[name]) === JSON.stringify(value)) &&
    (where === undefined || where(run))));
}

/**
 * The bytes of a file that a run kept.
 *
 * @throws `unknown artefact: model.bin of 2026-... (known: notes.txt)`
 */
export function artefact(run: RunRecord, name: string, options: { folder?: string | false } = {}): Uint8Array {
  known(options, ["folder"]);
  const bytes = openStore(options.folder).artefact(run, fileName({ name }));
  if (!bytes) throw new RangeError(`unknown artefact: ${name} of ${run.id} (known: ${run.artefacts.map((one) => one.name).join(", ") || "none"})`);
  return bytes;
}

/**
 * Delete runs with all their files, for good. Nothing else ever deletes one.
 *
 * @param some the runs, as `track.runs` gives them
 * @returns how many
 * @throws `unknown run: ...` for one that is not there; those before it are deleted
 * @example
 * const made = await track.run({ folder: false, tags: ["to go"] }, () => {});
 * track.remove(track.runs({ folder: false, tag: "to go" }), { folder: false }) // 1
 */
export function remove(some: Runs, options: { folder?: string | false } = {}): number {
  known(options, ["folder"]);
  if (!Array.isArray(some)) throw new TypeError(`expected a list of runs, got ${shown(some)}`);
  const store = openStore(options.folder);
  for (const { experiment, id } of some as Runs) {
    const place = { experiment: fileName({ experiment }), id: fileName({ id }) };
    if (store.read(place) === undefined) throw new RangeError(`unknown run: ${id} of ${experiment}`);
    store.remove(place);
  }
  return some.length;
}
