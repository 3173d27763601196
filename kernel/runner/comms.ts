import type { CommMessage } from "../session/contract.js";

/** Channels to widgets in the front end (Jupyter's comms). */
export interface Comms {
  /** Open a channel to a target that the front end knows. */
  open(target: string, data?: unknown, options?: CommOptions): Comm;
  /** Answer channels that the front end opens under this name. */
  onOpen(target: string, handler: (comm: Comm, message: CommData) => void): void;
}

export interface CommOptions {
  metadata?: Record<string, unknown>;
  buffers?: readonly ArrayBufferView[];
  /** Default: a new one. */
  id?: string;
}

export interface CommData {
  data: unknown;
  metadata: Record<string, unknown>;
  buffers: Uint8Array[];
}

export interface Comm {
  readonly id: string;
  readonly target: string;
  send(data: unknown, options?: Omit<CommOptions, "id">): void;
  close(data?: unknown): void;
  onMessage(handler: (message: CommData) => void): void;
  onClose(handler: (message: CommData) => void): void;
}

export interface CommHub extends Comms {
  /** A message from the front end. Handlers are the learner's code: `call` runs them. */
  receive(message: CommMessage): void;
}

interface Handlers {
  comm: Comm;
  message: ((message: CommData) => void)[];
  close: ((message: CommData) => void)[];
}

export function createComms(post: (message: Omit<CommMessage, "buffers">, buffers: Uint8Array[]) => void, call: (act: () => void) => void): CommHub {
  const open = new Map<string, Handlers>();
  const targets = new Map<string, (comm: Comm, message: CommData) => void>();

  function send(message: Omit<CommMessage, "buffers">, options: CommOptions = {}): void {
    const buffers = (options.buffers ?? []).map((view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
    post({ ...message, metadata: options.metadata ?? {} }, buffers);
  }

  function make(id: string, target: string): Handlers {
    const comm: Comm = {
      id,
      target,
      send(data, options) {
        if (!open.has(id)) throw new Error(`the comm ${id} is closed`);
        send({ kind: "msg", commId: id, data }, options);
      },
      close(data = {}) {
        if (open.delete(id)) send({ kind: "close", commId: id, data });
      },
      onMessage: (handler) => void handlers.message.push(handler),
      onClose: (handler) => void handlers.close.push(handler),
    };
    const handlers: Handlers = { comm, message: [], close: [] };
    open.set(id, handlers);
    return handlers;
  }

  return {
    open(target, data = {}, options = {}) {
      const id = options.id ?? crypto.randomUUID();
      const { comm } = make(id, target);
      send({ kind: "open", commId: id, target, data }, options);
      return comm;
    },
    onOpen: (target, handler) => void targets.set(target, handler),
    receive({ kind, commId, target = "", data, metadata = {}, buffers = [] }) {
      const message: CommData = { data, metadata, buffers };
      if (kind === "open") {
        const handler = targets.get(target);
        // An unknown target is answered by closing, as the protocol asks.
        if (!handler) return send({ kind: "close", commId, data: {} });
        const { comm } = make(commId, target);
        return call(() => handler(comm, message));
      }
      const handlers = open.get(commId);
      if (kind === "close") open.delete(commId);
      for (const handler of handlers?.[kind === "msg" ? "message" : "close"] ?? []) call(() => handler(message));
    },
  };
}
