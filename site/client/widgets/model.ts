import type { FrontEndModel } from "./front-ends.js";

/** A widget's half in the page: what the worker told of it, and who listens. */
export interface PageModel extends FrontEndModel {
  /** The worker changed traits. */
  change(traits: Readonly<Record<string, unknown>>): void;
  /** Something happened: "msg:custom", "comm_live_update". A handler that fails does not keep the others from it. */
  tell(event: string, ...args: unknown[]): void;
}

type Handler = (...args: unknown[]) => void;

export function createModel(traits: Readonly<Record<string, unknown>>, send: (content: unknown, buffers: ArrayBuffer[]) => void): PageModel {
  const state = new Map(Object.entries(traits));
  const handlers = new Map<string, Set<Handler>>();
  function tell(event: string, ...args: unknown[]): void {
    for (const handler of [...(handlers.get(event) ?? [])]) {
      try {
        handler(...args);
      } catch (error) {
        // What the worker sent was not what this front end draws.
        console.warn(error);
      }
    }
  }
  return {
    get: (name) => state.get(name),
    on: (event, handler) => void handlers.set(event, (handlers.get(event) ?? new Set()).add(handler)),
    off: (event, handler) => void handlers.get(event)?.delete(handler),
    send: (content, _callbacks, buffers = []) => send(content, buffers),
    tell,
    change(changed) {
      for (const [name, value] of Object.entries(changed)) {
        state.set(name, value);
        tell(`change:${name}`);
      }
    },
  };
}
