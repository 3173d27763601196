import type { Session } from "node:inspector";

export type Post = (method: string, params: object, answered: (error: Error | null, result?: object) => void) => void;

export interface Gate {
  post: Post;
  /** Has the main thread for itself: every other message waits until `act` has ended. */
  alone<T>(act: (ask: Ask) => Promise<T>): Promise<T>;
}

/** Settles when it is answered, with whatever: a program that ends meanwhile cannot be told to go on. */
export type Ask = (method: string, params?: object) => Promise<void>;

/**
 * Posts to the main thread's inspector, one that may stop at a breakpoint by itself.
 *
 * Node marks the main thread as busy with messages while it carries one out, and a message that comes meanwhile is looked at when that one
 * ends. Where it does not end but stops (code that a message runs may meet a breakpoint, an exception or a pause that was asked for), Node
 * forgets the other message, and with it every later one: the thread waits for ever, spinning. All versions to 26 do it. So nothing is sent
 * after a message that may stop until it is answered or has stopped.
 */
export function createGate(main: Session): Gate {
  const waiting: (() => void)[] = [];
  /** What keeps others waiting. */
  let busy: object | undefined;
  let held = false;
  main.on("Debugger.paused", () => held || open());

  function queue(act: () => void): void {
    if (busy) waiting.push(act);
    else act();
  }

  function send(method: string, params: object, answered: Parameters<Post>[2]): void {
    const mark = !held && mayStop(method, params) ? (busy = {}) : undefined;
    main.post(method as never, params as never, (error: Error | null, result?: object) => {
      if (mark && busy === mark) open();
      answered(error, result);
    });
  }

  function open(): void {
    busy = undefined;
    while (!busy && waiting.length > 0) waiting.shift()!();
  }

  const ask: Ask = (method, params = {}) => new Promise((answered) => send(method, params, () => answered()));

  return {
    post: (method, params, answered) => queue(() => send(method, params, answered)),
    async alone(act) {
      await new Promise<void>((turn) =>
        queue(() => {
          busy = {};
          held = true;
          turn();
        }),
      );
      try {
        return await act(ask);
      } finally {
        held = false;
        open();
      }
    },
  };
}

/** Runs code that V8 may stop in. */
const mayStop = (method: string, params: { disableBreaks?: boolean }): boolean =>
  method === "Runtime.callFunctionOn" || method === "Debugger.evaluateOnCallFrame" || (method === "Runtime.evaluate" && !params.disableBreaks);
