import { shown } from "../../arguments.js";
import type { Answer, SessionState } from "./state.js";

/** What a person does. `at` is the time of the action in milliseconds, from any clock that only goes forward; without it no time is counted. */
export type SessionAction = { readonly at?: number } & (
  | { readonly type: "choose"; readonly label: string }
  | { readonly type: "select"; readonly anchor: number; readonly focus: number }
  | { readonly type: "clear" }
  | { readonly type: "next" | "previous" | "first" | "unlabelled" | "skip" | "flag" | "undo" | "redo" | "pause" | "resume" }
  | { readonly type: "go"; readonly position: number }
);

const memory = 1000;
const empty: Answer = { labels: [], spans: [], skipped: false, flagged: false };

/**
 * The next state after an action; the given state is left as it is. Pure: no clock, no randomness, no store.
 *
 * - choose: the label of the item (again: takes it away); with `multiple` one more; for spans the label of the selected tokens, replacing spans that they touch (the same span again: takes it away).
 * - select: tokens from anchor to focus. clear: the item's labels and spans (only the touched spans, where tokens are selected).
 * - next, previous, first, go, unlabelled (the next item without answer): at an end they stay.
 * - skip: marks the item as passed over and goes on. flag: marks it as a question, again takes the mark away.
 * - undo, redo: one change of an answer, and back to its item. A new change ends what can be redone.
 * - pause, resume: whether time counts for the item in view.
 *
 * @throws `unknown label: x (labels: a, b)`; `unknown action: jump`; `expected position from 0 to 2, got 7`; `expected tokens from 0 to 4, got 9`.
 * @example
 * const start = label.startSession({ kind: "text", labels: ["yes", "no"], count: 2 });
 * label.reduceSession(start, { type: "choose", label: "no" }).answers[0].labels // ["no"]
 * label.reduceSession(label.reduceSession(start, { type: "choose", label: "no" }), { type: "undo" }).answers[0] // null
 */
export function reduceSession(before: SessionState, action: SessionAction): SessionState {
  const state = action.at === undefined ? before : counted(before, action.at);
  switch (action.type) {
    case "choose":
      return choose(state, action.label);
    case "clear":
      return clear(state);
    case "select":
      return select(state, action.anchor, action.focus);
    case "next":
      return move(state, Math.min(state.position + 1, state.count - 1));
    case "previous":
      return move(state, Math.max(state.position - 1, 0));
    case "first":
      return move(state, 0);
    case "go":
      if (!Number.isSafeInteger(action.position) || action.position < 0 || action.position >= state.count) throw new RangeError(`expected position from 0 to ${state.count - 1}, got ${shown(action.position)}`);
      return move(state, action.position);
    case "unlabelled":
      return move(state, nextOpen(state));
    case "skip":
      return move(answer(state, { ...current(state), skipped: true }), Math.min(state.position + 1, state.count - 1));
    case "flag":
      return answer(state, { ...current(state), flagged: !current(state).flagged });
    case "undo":
      return travel(state, "past", "future", "before");
    case "redo":
      return travel(state, "future", "past", "after");
    case "pause":
      return { ...state, since: null };
    case "resume":
      return { ...state, since: action.at ?? null };
    default:
      throw new RangeError(`unknown action: ${shown((action as { type?: unknown }).type)}`);
  }
}

/** Time in view goes to the item that was in view. A clock that went back counts nothing. */
function counted(state: SessionState, at: number): SessionState {
  if (!Number.isFinite(at)) throw new RangeError(`expected at as milliseconds, got ${shown(at)}`);
  if (state.since === null) return state;
  const passed = Math.max(0, at - state.since);
  return { ...state, since: at, milliseconds: state.milliseconds.map((ms, i) => (i === state.position ? ms + passed : ms)) };
}

const current = (state: SessionState): Answer => state.answers[state.position] ?? empty;

function move(state: SessionState, position: number): SessionState {
  return position === state.position ? state : { ...state, position, cursor: { anchor: 0, focus: 0 } };
}

const replaced = <T>(values: readonly T[], at: number, value: T): T[] => values.map((old, i) => (i === at ? value : old));

function answer(state: SessionState, next: Answer): SessionState {
  const blank = next.labels.length === 0 && next.spans.length === 0 && !next.skipped && !next.flagged;
  const change = { item: state.position, before: state.answers[state.position]!, after: blank ? null : next };
  return { ...state, answers: replaced(state.answers, change.item, change.after), past: [...state.past, change].slice(-memory), future: [] };
}

function choose(state: SessionState, label: string): SessionState {
  if (!state.labels.includes(label)) throw new RangeError(`unknown label: ${shown(label).replaceAll('"', "")} (labels: ${state.labels.join(", ")})`);
  const own = current(state);
  if (state.kind === "spans") return chooseSpan(state, label);
  const had = own.labels.includes(label);
  const rest = own.labels.filter((name) => name !== label);
  // Kept in the order of the labels, so that two people who choose the same set give the same answer.
  const labels = state.multiple ? state.labels.filter((name) => (name === label ? !had : rest.includes(name))) : had ? [] : [label];
  const next = answer(state, { ...own, labels, skipped: false });
  return state.advance && !state.multiple && !had ? move(next, Math.min(state.position + 1, state.count - 1)) : next;
}

function selection(state: SessionState): { start: number; end: number } {
  const { anchor, focus } = state.cursor;
  return { start: Math.min(anchor, focus), end: Math.max(anchor, focus) + 1 };
}

function chooseSpan(state: SessionState, label: string): SessionState {
  const { start, end } = selection(state);
  if (state.lengths[state.position] === 0) return state;
  const own = current(state);
  const same = own.spans.some((span) => span.start === start && span.end === end && span.label === label);
  const kept = own.spans.filter((span) => span.end <= start || span.start >= end);
  const spans = same ? kept : [...kept, { start, end, label }].sort((a, b) => a.start - b.start);
  return answer(state, { ...own, spans, skipped: false });
}

function clear(state: SessionState): SessionState {
  const own = current(state);
  const { start, end } = selection(state);
  const spans = own.spans.filter((span) => span.end <= start || span.start >= end);
  return spans.length === own.spans.length && own.labels.length === 0 ? state : answer(state, { ...own, labels: [], spans });
}

function select(state: SessionState, anchor: number, focus: number): SessionState {
  const last = (state.lengths[state.position] ?? 0) - 1;
  for (const token of [anchor, focus]) if (state.kind !== "spans" || !Number.isSafeInteger(token) || token < 0 || token > last) throw new RangeError(`expected tokens from 0 to ${last}, got ${shown(token)}`);
  return { ...state, cursor: { anchor, focus } };
}

function nextOpen(state: SessionState): number {
  for (let step = 1; step <= state.count; step++) {
    const at = (state.position + step) % state.count;
    if (state.answers[at] === null) return at;
  }
  return state.position;
}

function travel(state: SessionState, from: "past" | "future", to: "past" | "future", side: "before" | "after"): SessionState {
  const change = state[from].at(-1);
  if (!change) return state;
  const back = { ...state, answers: replaced(state.answers, change.item, change[side]), [from]: state[from].slice(0, -1), [to]: [...state[to], change] };
  return move(back, change.item);
}
