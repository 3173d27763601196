import type { ServerWords } from "./words.js";

/** What one cell may show. Beyond it the page that shows it would suffer; a learner's slip must not cost the browser. */
export const allowance = { lines: 100_000, bytes: 16_000_000, displays: 2_000 };

export interface Allowance {
  /** The part of the text that may still be shown, the notice included where this is the end of it. */
  text(text: string): string;
  /** Undefined: show it. Otherwise the notice to show in its place, which may be empty. */
  display(): string | undefined;
  /** The outputs were cleared: the count starts anew. */
  clear(): void;
}

export function createAllowance(words: ServerWords, limit = allowance): Allowance {
  let lines = 0;
  let bytes = 0;
  let displays = 0;
  let textCut = false;
  return {
    text(text) {
      if (textCut) return "";
      const end = endOfAllowed(text, limit.lines - lines);
      const allowed = text.slice(0, Math.min(end.offset, limit.bytes - bytes));
      lines += end.lines;
      bytes += allowed.length;
      if (allowed.length === text.length) return text;
      textCut = true;
      return allowed + words.cutText(limit.lines, Math.round(limit.bytes / 1e6));
    },
    display() {
      displays++;
      if (displays <= limit.displays) return undefined;
      return displays === limit.displays + 1 ? words.cutDisplays(limit.displays) : "";
    },
    clear() {
      lines = bytes = displays = 0;
      textCut = false;
    },
  };
}

/** Where the given number of lines ends in the text, and how many of them it holds. */
function endOfAllowed(text: string, lines: number): { offset: number; lines: number } {
  let found = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) {
    if (++found >= lines) return { offset: at + 1, lines: found };
  }
  return { offset: text.length, lines: found };
}
