export interface Outbox {
  /** Queue frames; settles when ZeroMQ has taken them. */
  push(frames: readonly Uint8Array[]): Promise<void>;
  /** Settles when everything queued so far is taken, or refused. */
  drained(): Promise<void>;
}

/** One writer for one socket: a second `send` while one is pending throws EBUSY, so each waits for the one before. */
export function createOutbox(send: (frames: Uint8Array[]) => Promise<void>): Outbox {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    push(frames) {
      const act = () => send([...frames]);
      // An idle socket is written at once: a promise's turn later would let other work come between.
      const sent = waiting === 0 ? act() : last.then(act);
      waiting++;
      last = sent.catch(() => {}).then(() => waiting--);
      return sent;
    },
    drained: async () => {
      while (waiting > 0) await last;
    },
  };
}
