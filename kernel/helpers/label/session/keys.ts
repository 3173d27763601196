import type { SessionAction } from "./reduce.js";
import type { SessionState } from "./state.js";

/** Digits, then letters that no command uses: the first 10 labels have a digit, the next ones a letter. */
const labelKeys = [..."1234567890", ..."qwertyiopdghjklvbnm"];

/** A key for each label in order; labels beyond the 29th have none and need the pointer. */
export function labelKey(at: number): string | undefined {
  return labelKeys[at];
}

export interface KeyPress {
  readonly key: string;
  readonly shift?: boolean;
  readonly ctrl?: boolean;
}

/**
 * What a key press does in a session: 1 to 9, 0, then q, w, e, ... choose labels; u or Ctrl+Z undo, Ctrl+Y or Ctrl+Shift+Z redo; s skip, f flag, c or Delete clear, a the next item without answer;
 * left and right move between items, or, for spans, between tokens (with Shift they extend) while Enter and up and down move between items. Undefined: no meaning here, the key is left to the page.
 *
 * @example
 * label.sessionKey(label.startSession({ kind: "text", labels: ["yes", "no"], count: 2 }), { key: "2" }) // { type: "choose", label: "no" }
 */
export function sessionKey(state: SessionState, { key, shift = false, ctrl = false }: KeyPress): SessionAction | undefined {
  const low = key.length === 1 ? key.toLowerCase() : key;
  if (ctrl) return low === "z" ? { type: shift ? "redo" : "undo" } : low === "y" ? { type: "redo" } : undefined;
  const place = labelKeys.indexOf(low);
  if (place >= 0 && place < state.labels.length) return { type: "choose", label: state.labels[place]! };
  if (state.kind === "spans" && (key === "ArrowLeft" || key === "ArrowRight")) {
    const last = state.lengths[state.position]! - 1;
    if (last < 0) return undefined;
    const focus = Math.max(0, Math.min(last, state.cursor.focus + (key === "ArrowLeft" ? -1 : 1)));
    return { type: "select", anchor: shift ? state.cursor.anchor : focus, focus };
  }
  return commands[low];
}

const commands: Readonly<Record<string, SessionAction | undefined>> = {
  ArrowRight: { type: "next" }, ArrowLeft: { type: "previous" }, ArrowDown: { type: "next" }, ArrowUp: { type: "previous" }, Enter: { type: "next" }, Home: { type: "first" },
  u: { type: "undo" }, s: { type: "skip" }, f: { type: "flag" }, c: { type: "clear" }, Delete: { type: "clear" }, Backspace: { type: "clear" }, a: { type: "unlabelled" },
};
