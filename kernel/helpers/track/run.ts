import type { FitCallback } from "../nn/training/options.js";
import { known, shown, whole } from "../arguments.js";
import { fitCallback, type FitCallbackOptions } from "./callback.js";
import type { Artefact, Environment, Line, Parameter, Place, RunRecord, Status, Store } from "./contract.js";
import { environment } from "./environment.js";
import { digest } from "./hash.js";
import { lineOf, readLines } from "./lines.js";
import { fileName, openStore } from "./store/open.js";
import { eventRecord, fileStart, type TensorBoardEvent } from "./tensorboard/events.js";
import { flatParameters } from "./tensorboard/export.js";
import { recordView } from "./view/record.js";

export interface RunOptions {
  /** What the run belongs to; runs of one experiment are compared. Default "default". */
  experiment?: string;
  parameters?: Readonly<Record<string, Parameter>>;
  tags?: readonly string[];
  note?: string;
  /** Kept with the run; randomness is not set by it. */
  seed?: number;
  /** Its hash is kept, not the data. */
  data?: unknown;
  /** More versions, by name. */
  versions?: Readonly<Record<string, string>>;
  /** Where runs are kept (Node); default "runs" in the working folder. `false`: in memory alone, as always in a browser. */
  folder?: string | false;
  /** Write TensorBoard's event file too, in the run's folder (Node): `tensorboard --logdir runs`. Default false. */
  tensorboard?: boolean;
  /** The id of a run of this experiment to go on with. */
  resume?: string;
}

/** A run while it is recorded. Everything is written at once. */
export interface Run {
  readonly id: string;
  readonly experiment: string;
  /** Metrics at a step: numbers, or scalar tensors (read, not disposed). Step: default one more than the last. */
  log(metrics: Readonly<Record<string, number | { dataSync(): ArrayLike<number> }>>, step?: number): void;
  /** More parameters; one of the same name takes the place of the one before. */
  parameters(parameters: Readonly<Record<string, Parameter>>): void;
  tag(...tags: string[]): void;
  note(text: string): void;
  /** Keep a file: text, bytes, or plain data as JSON. */
  artefact(name: string, content: string | Uint8Array | object): Artefact;
  /** Into TensorBoard's file, where `tensorboard` is true. */
  tensorboard(event: TensorBoardEvent): void;
  /** For `nn.fit`: `callbacks: [run.callback()]`. */
  callback(options?: FitCallbackOptions): FitCallback;
  /** Default "finished". Nothing is recorded after it. */
  finish(status?: Exclude<Status, "unfinished">, error?: unknown): RunRecord;
  /** As recorded so far. */
  record(): RunRecord;
}

const names = ["experiment", "parameters", "tags", "note", "seed", "data", "versions", "folder", "tensorboard", "resume"];

/**
 * Begin a run: one attempt with its parameters, metrics, notes and files. `finish` ends it; where an error or a kill comes first, what was recorded stays.
 *
 * Kept as `folder/experiment/id/run.jsonl`, one JSON object a line, only ever added to: any editor reads it, a killed program loses its last line at most, and programs that run at once
 * have files of their own. In a browser runs are in memory until the page is left (`track.csv`, `track.eventFile` take them out).
 *
 * @throws `expected experiment that a file can have as its name, got "a/b"`; `unknown run: x of digits`
 * @example
 * const run = track.start({ experiment: "docs", parameters: { rate: 0.1 }, folder: false });
 * run.log({ loss: 0.5 });
 * run.log({ loss: 0.25 });
 * run.finish().metrics.loss.values // [0.5, 0.25]
 */
export function start(options: RunOptions = {}): Run {
  known(options, names);
  const experiment = fileName({ experiment: options.experiment ?? "default" });
  const store = openStore(options.folder);
  const { parameters = {}, tags = [], seed, data, versions } = options;
  checkParameters(parameters);
  const made = environment({ ...(seed !== undefined && { seed }), ...(data !== undefined && { data }), ...(versions && { versions }) });
  const place = options.resume === undefined ? fresh(store, experiment) : { experiment, id: fileName({ resume: options.resume }) };
  const before = options.resume === undefined ? undefined : store.read(place);
  if (options.resume !== undefined && before === undefined) throw new RangeError(`unknown run: ${place.id} of ${experiment}`);
  const run = recording(store, place, { parameters, tags, environment: made, tensorboard: options.tensorboard ?? false }, before);
  if (options.note !== undefined) run.note(options.note);
  return run;
}

/**
 * A run around a function: finished when it ends, failed (with the message) when it throws. The error goes on to the caller.
 *
 * @param options as `track.start`
 * @param work is given the run
 * @returns the run as recorded
 * @example
 * const record = await track.run({ experiment: "docs", parameters: { rate: 0.1 }, folder: false }, (run) => run.log({ accuracy: 0.9 }));
 * record.status // "finished"
 */
export async function run(options: RunOptions, work: (run: Run) => unknown): Promise<RunRecord> {
  if (typeof work !== "function") throw new TypeError(`expected work to be a function of the run, got ${shown(work)}`);
  const begun = start(options);
  try {
    await work(begun);
  } catch (error) {
    if (begun.record().status === "unfinished") begun.finish("failed", error);
    throw error;
  }
  return begun.record().status === "unfinished" ? begun.finish() : begun.record();
}

function checkParameters(parameters: Readonly<Record<string, Parameter>>): void {
  if (typeof parameters !== "object" || parameters === null || Array.isArray(parameters)) throw new TypeError(`expected parameters by name, got ${shown(parameters)}`);
  for (const [name, value] of Object.entries(parameters)) {
    if (typeof value === "number" && !Number.isFinite(value)) throw new RangeError(`expected parameter ${name} to be finite, got ${value}`);
    if (value === undefined || typeof value === "function" || typeof value === "bigint" || typeof value === "symbol") throw new TypeError(`expected parameter ${name} to be plain data, got ${shown(value)}`);
  }
}

/** Milliseconds of the newest id: two runs of one program never begin at once. */
let newest = 0;

/** Sorted by time as text; the end tells apart what several programs begin at once. */
function fresh(store: Store, experiment: string): Place {
  for (let attempt = 0; ; attempt++) {
    newest = Math.max(Date.now(), newest + 1);
    const time = new Date(newest).toISOString().slice(0, 23).replace("T", "-").replaceAll(":", "").replace(".", "-");
    const id = `${time}-${crypto.randomUUID().slice(0, 6)}`;
    try {
      store.create({ experiment, id });
      return { experiment, id };
    } catch (error) {
      if (attempt > 4 || (error as { code?: string }).code !== "EEXIST") throw error;
    }
  }
}

interface Begin {
  parameters: Readonly<Record<string, Parameter>>;
  tags: readonly string[];
  environment: Environment;
  tensorboard: boolean;
}

function recording(store: Store, place: Place, begin: Begin, before: string | undefined): Run {
  const now = (): string => new Date().toISOString();
  const add = (line: Line): void => store.append(place, lineOf(line));
  const read = (): RunRecord => recordView(readLines(store.read(place) ?? "", place));
  const earlier = before === undefined ? undefined : readLines(before, place);
  let last = Math.max(0, ...Object.values(earlier?.metrics ?? {}).map(({ steps }) => steps.at(-1) ?? 0));
  let ended = false;
  let seen = new Set<string>();
  let parameters = { ...earlier?.parameters, ...begin.parameters };
  const open = (): void => {
    if (ended) throw new Error(`expected the run ${place.id} to be going on, got one that is finished`);
  };
  const board = (event: TensorBoardEvent): void => {
    if (begin.tensorboard) store.events(place, eventRecord(event));
  };
  add({ event: "start", version: 1, time: now(), id: place.id, experiment: place.experiment, parameters: begin.parameters, tags: begin.tags, environment: begin.environment });
  if (begin.tensorboard && !earlier) store.events(place, fileStart());

  const self: Run = {
    ...place,
    log(metrics, step = last + 1) {
      open();
      whole({ step });
      const values = Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, numberOf(name, value)]));
      if (Object.keys(values).length === 0) throw new RangeError("expected metrics to log, got none");
      last = step;
      seen = new Set([...seen, ...Object.keys(values)]);
      add({ event: "metrics", time: now(), step, values });
      for (const [tag, value] of Object.entries(values)) board({ kind: "scalar", tag, value, step });
    },
    parameters(more) {
      open();
      checkParameters(more);
      parameters = { ...parameters, ...more };
      add({ event: "parameters", time: now(), values: more });
    },
    tag(...tags) {
      open();
      add({ event: "tags", time: now(), tags });
    },
    note(text) {
      open();
      if (typeof text !== "string") throw new TypeError(`expected a note to be text, got ${shown(text)}`);
      add({ event: "note", time: now(), text });
      board({ kind: "text", tag: "note", text });
    },
    artefact(name, content) {
      open();
      fileName({ name });
      const bytes = content instanceof Uint8Array ? content : new TextEncoder().encode(typeof content === "string" ? content : JSON.stringify(content, undefined, 1));
      store.write(place, name, bytes);
      const told: Artefact = Object.freeze({ name, bytes: bytes.length, sha256: digest(bytes) });
      add({ event: "artefact", time: now(), ...told });
      return told;
    },
    tensorboard(event) {
      open();
      if (!begin.tensorboard) throw new TypeError("expected tensorboard: true at the start of the run, got false");
      board(event);
    },
    callback: (options) => fitCallback(self, begin.tensorboard, options),
    finish(status = "finished", error) {
      open();
      ended = true;
      board({ kind: "hparams", parameters: flatParameters(parameters), metrics: [...seen] });
      board({ kind: "end", good: status !== "failed" });
      add({ event: "end", time: now(), status, ...(error !== undefined && { error: error instanceof Error ? error.message : String(error) }) });
      return read();
    },
    record: read,
  };
  return Object.freeze(self);
}

function numberOf(name: string, value: number | { dataSync(): ArrayLike<number> }): number {
  const plain = typeof value === "object" && value !== null && typeof value.dataSync === "function" ? value.dataSync()[0] : value;
  if (typeof plain !== "number") throw new TypeError(`expected ${name} to be a number or a scalar tensor, got ${shown(value)}`);
  return plain;
}
