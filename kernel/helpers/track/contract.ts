/** What a parameter can be: plain data that JSON holds. */
export type Parameter = string | number | boolean | null | readonly Parameter[] | { readonly [name: string]: Parameter };

/** Values of one metric, oldest first. `times` in seconds from the start of the run. */
export interface Series {
  readonly steps: readonly number[];
  readonly values: readonly number[];
  readonly times: readonly number[];
}

export interface Artefact {
  readonly name: string;
  readonly bytes: number;
  /** Of its bytes, in hexadecimal digits. */
  readonly sha256: string;
}

/** Where and with what a run was made. */
export interface Environment {
  /** TensorFlow.js, Node, and what else was given. */
  readonly versions: Readonly<Record<string, string>>;
  /** What computes: `tensorflow`, `wasm`, ... */
  readonly backend?: string;
  readonly platform?: string;
  readonly seed?: number;
  /** Of the working folder: a commit, and whether files differ from it. */
  readonly git?: { readonly commit: string; readonly changed: boolean };
  /** `track.hash` of the data. */
  readonly data?: string;
}

/** `unfinished`: no end was written. It runs still, or it was killed. */
export type Status = "finished" | "failed" | "stopped" | "unfinished";

/** A run as it was recorded: plain data. */
export interface RunRecord {
  readonly id: string;
  readonly experiment: string;
  readonly status: Status;
  /** ISO 8601, UTC. */
  readonly started: string;
  /** Seconds from the start to the last thing recorded. */
  readonly seconds: number;
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly metrics: Readonly<Record<string, Series>>;
  readonly tags: readonly string[];
  readonly notes: readonly string[];
  readonly artefacts: readonly Artefact[];
  readonly environment: Environment;
  /** Message of the error that it failed with. */
  readonly error?: string;
  /** Lines that could not be read, with why. A last line that is cut off is not one: its process was killed. */
  readonly problems: readonly string[];
}

/** One line of a run's file. */
export type Line =
  | { event: "start"; version: 1; time: string; id: string; experiment: string; parameters: Readonly<Record<string, Parameter>>; tags: readonly string[]; environment: Environment }
  | { event: "metrics"; time: string; step: number; values: Readonly<Record<string, number | string>> }
  | { event: "parameters"; time: string; values: Readonly<Record<string, Parameter>> }
  | { event: "tags"; time: string; tags: readonly string[] }
  | { event: "note"; time: string; text: string }
  | { event: "artefact"; time: string; name: string; bytes: number; sha256: string }
  | { event: "end"; time: string; status: Exclude<Status, "unfinished">; error?: string };

/** Where runs are kept: files in Node, memory in a browser. */
export interface Store {
  /** Runs of all experiments, oldest first, as places that `read` takes. */
  list(): readonly Place[];
  create(place: Place): void;
  append(place: Place, line: string): void;
  read(place: Place): string | undefined;
  write(place: Place, name: string, bytes: Uint8Array): void;
  artefact(place: Place, name: string): Uint8Array | undefined;
  remove(place: Place): void;
  /** Adds to a TensorBoard event file of the run. */
  events(place: Place, bytes: Uint8Array): void;
}

export interface Place {
  readonly experiment: string;
  readonly id: string;
}
