import { randomUUID } from "node:crypto";

/** The version of the messaging protocol that we fulfil. Optional parts of it are told by `supported_features`. */
export const protocolVersion = "5.5";

export interface Header {
  msg_id: string;
  msg_type: string;
  session: string;
  username: string;
  date: string;
  version: string;
  [further: string]: unknown;
}

export type Content = Record<string, unknown>;

export interface Message {
  header: Header;
  /** Empty where nothing caused the message. */
  parent: Header | Record<string, never>;
  metadata: Content;
  content: Content;
  buffers: Uint8Array[];
}

export type Channel = "shell" | "control" | "stdin";

/** A message that arrived, and whom to answer. */
export interface Request extends Message {
  channel: Channel;
  identities: Uint8Array[];
  /** Milliseconds, `performance.now()`: when we read it. */
  arrived: number;
}

/** What an answer or a side effect says, beside the header that `createIssuer` adds. */
export interface Draft {
  type: string;
  parent?: Header | Record<string, never>;
  content: Content;
  metadata?: Content;
  buffers?: Uint8Array[];
}

/** Gives headers of one kernel process: its own session, new at every start, by which clients notice a restart. */
export function createIssuer(username = "lyceum"): { session: string; issue(draft: Draft): Message } {
  const session = randomUUID();
  let count = 0;
  return {
    session,
    issue({ type, parent = {}, content, metadata = {}, buffers = [] }) {
      const header = { msg_id: `${session}_${++count}`, msg_type: type, session, username, date: new Date().toISOString(), version: protocolVersion };
      return { header, parent, metadata, content, buffers };
    },
  };
}

/** The answer's type follows from the request's, its parent is the request: no handler can get them wrong. */
export function replyTo(request: Request, content: Content, metadata?: Content): Draft {
  return { type: request.header.msg_type.replace(/_request$/, "_reply"), parent: request.header, content, metadata };
}
