import { displaySymbol, type MimeBundle } from "../../display/contract.js";

/** One state of a progress view, drawn only if it is needed. */
export interface Shown {
  bundle(): MimeBundle;
  /** The same in one line of text. */
  line(): string;
  /** Nothing comes after it. */
  last: boolean;
}

export interface View {
  update(shown: Shown): void;
}

export interface Connection {
  open(shown: Shown): View;
}

/** What a host gives: `display(value)` as `createDisplay` makes it. */
export interface ProgressDisplay {
  display(value: unknown): { update(value: unknown): void };
}

/** A bundle as a value that shows itself. */
const asValue = (bundle: MimeBundle) => ({ [displaySymbol]: () => bundle });

let current: Connection | undefined;

/** Show progress through this display instead of the notebook's global one. Undefined: as before. */
export function connectDisplay(display: ProgressDisplay | undefined): void {
  current = display && through(display);
}

const through = (display: ProgressDisplay): Connection => ({
  open: (shown) => {
    const handle = display.display(asValue(shown.bundle()));
    return { update: (next) => handle.update(asValue(next.bundle())) };
  },
});

export const connection = (): Connection => current ?? notebook() ?? console_;

/** In a notebook the host's `display` is a global. */
function notebook(): Connection | undefined {
  const { display } = globalThis as { display?: ProgressDisplay["display"] & { html?: unknown } };
  return typeof display === "function" && typeof display.html === "function" ? through({ display }) : undefined;
}

/** Lines for a program without a notebook: at most one in two seconds, and the last. */
const console_: Connection = {
  open(first) {
    let written = performance.now();
    let before = first.line();
    console.error(before);
    return {
      update(shown) {
        if (!shown.last && performance.now() - written < 2000) return;
        written = performance.now();
        const line = shown.line();
        if (line !== before) console.error(line);
        before = line;
      },
    };
  },
};
