import { known, oneOf, shown } from "../../arguments.js";
import type { TokenSpan } from "../formats/conll.js";

export type SessionKind = "image" | "text" | "spans" | "table";

/** What was decided about one item. */
export interface Answer {
  readonly labels: readonly string[];
  readonly spans: readonly TokenSpan[];
  readonly skipped: boolean;
  readonly flagged: boolean;
}

/** One step that undo takes back. */
export interface Change {
  readonly item: number;
  readonly before: Answer | null;
  readonly after: Answer | null;
}

/** A whole session as plain JSON: save it, send it, go on from it. The items themselves are not in it. */
export interface SessionState {
  readonly version: 1;
  readonly kind: SessionKind;
  readonly labels: readonly string[];
  /** Several labels an item. */
  readonly multiple: boolean;
  /** Go on by itself once an item has its label. */
  readonly advance: boolean;
  readonly count: number;
  /** Tokens of each item, for spans. */
  readonly lengths: readonly number[];
  readonly position: number;
  /** Tokens chosen for the next span: from `anchor` to `focus`, both included. */
  readonly cursor: { readonly anchor: number; readonly focus: number };
  readonly answers: readonly (Answer | null)[];
  /** The last 1000 changes. */
  readonly past: readonly Change[];
  readonly future: readonly Change[];
  /** Milliseconds that each item was in view. */
  readonly milliseconds: readonly number[];
  /** Since when the current item is in view, in the caller's milliseconds; null: paused. */
  readonly since: number | null;
}

export interface SessionOptions {
  kind: SessionKind;
  labels: readonly string[];
  count: number;
  lengths?: readonly number[];
  multiple?: boolean;
  advance?: boolean;
}

/**
 * A session before its first action, paused.
 *
 * @throws `expected at least one item, got none`; `expected at least 1 label, got none`; `expected different labels, got cat twice`.
 * @example
 * label.startSession({ kind: "text", labels: ["yes", "no"], count: 2 }).position // 0
 */
export function startSession(options: SessionOptions): SessionState {
  known(options, ["kind", "labels", "count", "lengths", "multiple", "advance"]);
  const { labels, count } = options;
  const kind = oneOf({ kind: options.kind }, ["image", "text", "spans", "table"]);
  if (!Array.isArray(labels) || labels.length === 0) throw new RangeError("expected at least 1 label, got none");
  labels.forEach((name, at) => {
    if (typeof name !== "string" || name === "") throw new TypeError(`expected labels as words, got ${shown(name)} at ${at}`);
    if (labels.indexOf(name) !== at) throw new RangeError(`expected different labels, got ${name} twice`);
  });
  if (!Number.isSafeInteger(count) || count < 1) throw new RangeError(`expected at least one item, got ${count === 0 ? "none" : shown(count)}`);
  const lengths = options.lengths ?? [];
  if (kind === "spans" && lengths.length !== count) throw new RangeError(`expected lengths of length ${count} like the items, got ${lengths.length}`);
  return {
    version: 1, kind, labels: [...labels], multiple: options.multiple ?? false, advance: options.advance ?? kind !== "spans", count, lengths: [...lengths], position: 0, cursor: { anchor: 0, focus: 0 },
    answers: new Array<Answer | null>(count).fill(null), past: [], future: [], milliseconds: new Array<number>(count).fill(0), since: null,
  };
}

/**
 * A saved session, checked, paused: time between save and resume does not count.
 *
 * @param saved what `JSON.parse` gave.
 * @throws `expected a session saved by version 1, got 2`; `expected answers of length 3 like count, got 2`; `unknown label: x in answers[0]`.
 * @example
 * label.resumeSession(JSON.parse(JSON.stringify(label.startSession({ kind: "text", labels: ["yes", "no"], count: 2 })))).count // 2
 */
export function resumeSession(saved: unknown): SessionState {
  const state = saved as SessionState;
  if (typeof saved !== "object" || saved === null || state.version !== 1) throw new TypeError(`expected a session saved by version 1, got ${shown((saved as { version?: unknown } | null)?.version)}`);
  const fresh = startSession({ kind: state.kind, labels: state.labels, count: state.count, lengths: state.lengths, multiple: state.multiple, advance: state.advance });
  for (const name of ["answers", "milliseconds"] as const) {
    if (!Array.isArray(state[name]) || state[name].length !== fresh.count) throw new RangeError(`expected ${name} of length ${fresh.count} like count, got ${shown(state[name])}`);
  }
  state.answers.forEach((answer, i) => {
    for (const name of [...(answer?.labels ?? []), ...(answer?.spans ?? []).map((span) => span.label)]) if (!fresh.labels.includes(name)) throw new RangeError(`unknown label: ${name} in answers[${i}] (labels: ${fresh.labels.join(", ")})`);
  });
  if (!Number.isSafeInteger(state.position) || state.position < 0 || state.position >= fresh.count) throw new RangeError(`expected position from 0 to ${fresh.count - 1}, got ${shown(state.position)}`);
  const list = (value: unknown): readonly Change[] => (Array.isArray(value) ? value : []);
  return { ...fresh, position: state.position, cursor: { anchor: 0, focus: 0 }, answers: state.answers, milliseconds: state.milliseconds, past: list(state.past), future: list(state.future) };
}

export interface SessionProgress {
  readonly total: number;
  /** Items with a label or a span. A text without any span to mark is skipped. */
  readonly done: number;
  readonly skipped: number;
  readonly flagged: number;
  readonly counts: Readonly<Record<string, number>>;
  /** Mean milliseconds of the items that were seen; null before any. */
  readonly meanMilliseconds: number | null;
}

/**
 * How far a session is.
 *
 * @example
 * label.sessionProgress(label.startSession({ kind: "text", labels: ["yes", "no"], count: 2 })) // { total: 2, done: 0, skipped: 0, flagged: 0 }
 */
export function sessionProgress(state: SessionState): SessionProgress {
  const counts: Record<string, number> = Object.fromEntries(state.labels.map((name) => [name, 0]));
  for (const answer of state.answers) for (const name of [...(answer?.labels ?? []), ...(answer?.spans ?? []).map((span) => span.label)]) counts[name]! += 1;
  const seen = state.milliseconds.filter((ms) => ms > 0);
  return {
    total: state.count,
    done: state.answers.filter((answer) => answer && answer.labels.length + answer.spans.length > 0).length,
    skipped: state.answers.filter((answer) => answer?.skipped).length,
    flagged: state.answers.filter((answer) => answer?.flagged).length,
    counts,
    meanMilliseconds: seen.length ? seen.reduce((sum, ms) => sum + ms, 0) / seen.length : null,
  };
}
