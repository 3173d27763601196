import type { FromHelper, Position, ToHelper } from "../runner/protocol.js";

/** V8's inspector of the runner's main thread, through the runner's helper thread: it answers while the main thread is busy or paused. */
export interface Inspector {
  post<T = Record<string, never>>(method: string, params?: object): Promise<T>;
  /** Where V8 can stop in a script; positions count from 0. */
  breakable(code: string): Promise<Position[]>;
  /** True where the message was for the inspector. */
  receive(message: FromHelper): boolean;
  /** The runner is gone: nothing will be answered. */
  close(): void;
}

/** The process that was asked has ended. */
export class RunnerGone extends Error {
  constructor() {
    super("the process that runs the cells has ended");
  }
}

export function createInspector(send: (message: ToHelper) => void, onEvent: (method: string, params: unknown) => void): Inspector {
  const waiting = new Map<number, { resolve(value: never): void; reject(error: Error): void }>();
  let last = 0;
  const ask = <T>(message: { type: "inspect"; method: string; params: object } | { type: "breakable"; code: string }): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const id = ++last;
      waiting.set(id, { resolve, reject });
      send({ ...message, id });
    });
  return {
    post: (method, params = {}) => ask({ type: "inspect", method, params }),
    breakable: (code) => ask({ type: "breakable", code }),
    receive(message) {
      if (message.type === "inspector event") onEvent(message.method, message.params);
      if (message.type !== "inspected") return message.type === "inspector event";
      const asked = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.error === undefined) asked?.resolve(message.result as never);
      else asked?.reject(new Error(message.error));
      return true;
    },
    close() {
      for (const { reject } of waiting.values()) reject(new RunnerGone());
      waiting.clear();
    },
  };
}
