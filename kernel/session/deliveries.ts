import type { CommMessage } from "./contract.js";
import type { Link } from "./link.js";

/** Comm messages on their way to the runner. Whoever sent one waits until it is handled: the front end takes `idle` as "send the next". */
export interface Deliveries {
  send(message: CommMessage, parent: string): Promise<void>;
  onHandled(id: number): void;
  /** The runner is gone, and with it what it had not handled. */
  clear(): void;
}

export function createDeliveries(link: Link): Deliveries {
  const waiting = new Map<number, () => void>();
  let next = 0;
  return {
    async send({ buffers = [], ...message }, parent) {
      await link.ready;
      const id = ++next;
      const handled = new Promise<void>((resolve) => waiting.set(id, resolve));
      link.send({ type: "comm", id, parent, message }, buffers);
      await handled;
    },
    onHandled(id) {
      waiting.get(id)?.();
      waiting.delete(id);
    },
    clear() {
      for (const resolve of waiting.values()) resolve();
      waiting.clear();
    },
  };
}
