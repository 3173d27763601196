/**
 * V8 ends an interrupted cell without running `finally`. What was swapped meanwhile is put back by whoever comes next: undo functions wait here, the newest
 * last, and leave when their work ends in the ordinary way.
 */
const waiting: (() => void)[] = [];

/**
 * Run `work`, then `undo`; where either is cut off, `unwind` does it. So what `undo` puts back is swapped inside `work`, where a cut is seen,
 * and `undo` bears to be run twice.
 */
export function withUndo<T>(undo: () => void, work: () => T): T {
  waiting.push(undo);
  try {
    return work();
  } finally {
    try {
      undo();
    } finally {
      waiting.pop();
    }
  }
}

/** Undo everything that was cut off, the newest first. A second interrupt may cut this off too: then the next call goes on. */
export function unwind(): void {
  while (waiting.length > 0) {
    try {
      waiting.at(-1)!();
    } finally {
      waiting.pop();
    }
  }
}
