/** A message as it came from a kernel. */
export interface Message {
  channel: "shell" | "control" | "iopub" | "stdin";
  type: string;
  header: Record<string, unknown> & { msg_id: string; msg_type: string; session: string };
  /** parent_header; empty where there is none. */
  parent: Record<string, unknown> & { msg_id?: string };
  metadata: Record<string, unknown>;
  content: Record<string, unknown>;
  buffers: Buffer[];
  /** When the client read it: seconds since the epoch. */
  at: number;
}

/** As the bridge writes it. */
export interface BridgeMessage {
  channel: Message["channel"];
  header: Message["header"];
  parent_header: Message["parent"];
  metadata: Message["metadata"];
  content: Message["content"];
  buffers: string[];
  at: number;
}

export type Mailbox = ReturnType<typeof openMailbox>;

/** Keeps every message in order, and lets tests wait for one without sleeping. */
export function openMailbox(limit: number) {
  const messages: Message[] = [];
  const complaints: string[] = [];
  const listeners = new Set<(message: Message | undefined) => void>();
  const given = new Set<Message>();
  let closed = false;

  /** First message, past or future, that fits. */
  const find = (predicate: (message: Message) => boolean, what = "a message", timeout = limit): Promise<Message> => {
    const past = messages.find(predicate);
    if (past) return Promise.resolve(past);
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void) => {
        listeners.delete(listener);
        clearTimeout(timer);
        settle();
      };
      const fail = (why: string) => finish(() => reject(new Error(`${why} while waiting for ${what}; last messages:\n${recent(messages)}\nstderr:\n${complaints.slice(-10).join("\n")}`)));
      const listener = (message: Message | undefined) => {
        if (message === undefined) fail("the connection ended");
        else if (predicate(message)) finish(() => resolve(message));
      };
      const timer = setTimeout(() => fail(`${timeout} ms passed`), timeout);
      listeners.add(listener);
      if (closed) fail("the connection ended");
    });
  };

  return {
    messages,
    complaints,
    find,
    /** Like `find`, but each message is given once. */
    next: async (predicate: (message: Message) => boolean, timeout = limit): Promise<Message> => {
      const message = await find((candidate) => !given.has(candidate) && predicate(candidate), "the next message", timeout);
      given.add(message);
      return message;
    },
    /** Called for every message past and future, until the returned function is called. */
    each: (listener: (message: Message) => void): (() => void) => {
      const wrapped = (message: Message | undefined) => message && listener(message);
      messages.forEach(listener);
      listeners.add(wrapped);
      return () => void listeners.delete(wrapped);
    },
    deliver: (event: BridgeMessage) => {
      const message: Message = {
        channel: event.channel,
        type: event.header.msg_type,
        header: event.header,
        parent: event.parent_header,
        metadata: event.metadata,
        content: event.content,
        buffers: event.buffers.map((part) => Buffer.from(part, "base64")),
        at: event.at,
      };
      messages.push(message);
      for (const listener of [...listeners]) listener(message);
    },
    close: () => {
      closed = true;
      for (const listener of [...listeners]) listener(undefined);
    },
  };
}

function recent(messages: Message[]): string {
  return messages.slice(-12).map((message) => `  ${message.channel} ${message.type} ${JSON.stringify(message.content).slice(0, 160)}`).join("\n");
}
