/** One end of a connection between two workers: what is sent at one end is received at the other, in order. */
export interface Link {
  /** The numbers are copied: they may be changed at once. */
  send(values: Float32Array): void;
  /** Fails when the other end is gone. */
  receive(): Promise<Float32Array>;
}

export interface Inbox<T> {
  push(value: T): void;
  take(): Promise<T>;
  /** All who wait, and who come later, fail. */
  fail(error: Error): void;
}

/** A queue that can be waited on. */
export function makeInbox<T>(): Inbox<T> {
  const values: T[] = [];
  const waiting: { resolve(value: T): void; reject(error: Error): void }[] = [];
  let failure: Error | undefined;
  return {
    push(value) {
      const first = waiting.shift();
      if (first) first.resolve(value);
      else values.push(value);
    },
    take: () => (values.length > 0 ? Promise.resolve(values.shift()!) : failure ? Promise.reject(failure) : new Promise((resolve, reject) => waiting.push({ resolve, reject }))),
    fail(error) {
      failure ??= error;
      for (const { reject } of waiting.splice(0)) reject(error);
    },
  };
}
