/**
 * Jupyter Server drops iopub messages above 1000 a second, or 1 MB of stream text a second, over 3 s windows; an idle status clears its
 * counts. Staying below, with room for its clock and ours to differ, is the only way to lose nothing.
 */
const windowMs = 3300;
const messageLimit = 2600;
const byteLimit = 2_000_000;

export interface Pace {
  /** Milliseconds to wait before a further message; 0: send now. */
  delay(): number;
  sent(type: string, bytes: number): void;
  /** The server's counts start anew. */
  clear(): void;
}

const uncounted = new Set(["status", "comm_open", "execute_input"]);

export function createPace(now: () => number = () => performance.now()): Pace {
  let sent: { at: number; bytes: number }[] = [];
  let bytes = 0;
  const forget = (time: number): void => {
    let old = 0;
    while (old < sent.length && (sent[old]?.at ?? 0) <= time - windowMs) bytes -= sent[old++]?.bytes ?? 0;
    if (old > 0) sent = sent.slice(old);
  };
  return {
    delay() {
      const time = now();
      forget(time);
      if (sent.length < messageLimit && bytes < byteLimit) return 0;
      return Math.max(1, (sent[0]?.at ?? time) + windowMs - time);
    },
    sent(type, size) {
      if (uncounted.has(type)) return;
      const counted = type === "stream" ? size : 0; // the server weighs streams only
      sent.push({ at: now(), bytes: counted });
      bytes += counted;
    },
    clear() {
      sent = [];
      bytes = 0;
    },
  };
}
