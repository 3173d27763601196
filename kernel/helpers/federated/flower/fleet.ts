import type { NodeKey } from "./key.js";
import { signer } from "./key.js";
import type { Limits } from "./limits.js";
import { decodePulled, encodeReply, replyTo, writeTree, type Failure, type Metadata } from "./message.js";
import { decode, type Encoded } from "./object.js";
import { all, bytes, read, text, uint, Writer, type Field } from "./protobuf.js";
import type { Tree } from "./records.js";

/** The server said no: `status` is the HTTP status, 401 where it does not know the node (any more). */
export class FleetError extends Error {
  constructor(readonly call: string, readonly status: number, detail: string) {
    super(`the SuperLink refused ${call}: ${status}${detail && ` ${detail}`}${status === 401 ? " (is this machine's clock right? it may be 5 seconds ahead at most)" : ""}`);
  }
}

/** Seconds between heartbeats as told to the server; it takes a node for gone after twice that. */
export const heartbeatInterval = 30;

export interface FleetOptions {
  readonly url: string;
  readonly key: Pick<NodeKey, "privateKey" | "publicKey">;
  readonly fetch: typeof globalThis.fetch;
  readonly limits: Limits;
  readonly signal: AbortSignal;
}

/** Flower's Fleet API, 1.40 to 1.42: protobuf over HTTP POST to /v1/fleet/, each request with a signed time. */
export async function fleet({ url, key, fetch, limits, signal }: FleetOptions) {
  const headers = await signer(key);
  const publicKey = new TextEncoder().encode(key.publicKey);
  const base = new URL("/v1/fleet/", url);
  let node = 0n;
  const withNode = () => new Writer().inner(1, (out) => out.uint(1, node));

  async function call(name: string, request: Writer, stop = signal): Promise<Field[]> {
    const response = await fetch(new URL(name, base), {
      method: "POST",
      headers: { ...(await headers(new Date())), "content-type": "application/protobuf", accept: "application/protobuf" },
      body: request.finish(),
      signal: stop,
      redirect: "error",
    });
    const body = await limited(response, limits.replyBytes, name);
    if (!response.ok) throw new FleetError(name, response.status, new TextDecoder().decode(body).slice(0, 300));
    return read(body);
  }

  /** All objects below a name, each checked against it, within the limits. An object that several name is pulled once. */
  async function pull(runId: bigint, root: string): Promise<Tree> {
    const done = new Map<string, Tree>();
    let total = 0;
    const visit = async (id: string, depth: number): Promise<Tree> => {
      const known = done.get(id);
      if (known) return known;
      if (depth > limits.depth) throw new Error(`expected objects at most ${limits.depth} deep`);
      if (done.size >= limits.objects) throw new Error(`expected at most ${limits.objects} objects in a message`);
      const content = await pullObject(runId, id);
      total += content.length;
      if (total > limits.messageBytes) throw new Error(`expected at most ${limits.messageBytes} bytes in a message`);
      const object = decode(id, content);
      const children = new Map<string, Tree>();
      const tree = { object, children };
      done.set(id, tree);
      for (const child of object.children) children.set(child, await visit(child, depth + 1));
      return tree;
    };
    return visit(root, 1);
  }

  async function pullObject(runId: bigint, id: string): Promise<Uint8Array> {
    for (let wait = 0.5; ; wait = Math.min(2 * wait, 10)) {
      const reply = await call("pull-object", withNode().uint(2, runId).text(3, id));
      if (!uint(reply, 1)) throw new Error(`the SuperLink does not have object ${id.slice(0, 8)}…`);
      if (uint(reply, 2)) return bytes(reply, 3);
      await sleep(1000 * wait, signal);
    }
  }

  return {
    /** Makes itself known, if the server lets nodes do that, and goes online. */
    async enter(): Promise<bigint> {
      try {
        await call("register-node", new Writer().bytes(1, publicKey));
      } catch (error) {
        // 412: already registered, by this node before or by the teacher (with registered keys only).
        if (!(error instanceof FleetError && error.status === 412)) throw error;
      }
      node = uint(await call("activate-node", new Writer().bytes(1, publicKey).double(2, heartbeatInterval)), 1);
      return node;
    },
    heartbeat: async () => uint(await call("send-node-heartbeat", withNode().double(2, heartbeatInterval)), 1) !== 0n,
    /**
     * The next message with all it carries, or undefined. Confirms what it took, so that the server need not keep it. A message counts as
     * delivered once it is named here: what goes wrong after that is given back as its `problem`, so that it can be answered.
     */
    async next(): Promise<{ metadata: Metadata; content?: Tree; problem?: Error } | undefined> {
      const pulled = decodePulled(await call("pull-messages", withNode()));
      if (!pulled) return undefined;
      const { metadata, root } = pulled;
      try {
        const tree = await pull(metadata.runId, root);
        await call("confirm-message-received", withNode().uint(2, metadata.runId).text(3, root));
        const content = tree.children.get(tree.object.children[0] ?? "");
        return { metadata, ...(content && { content }) };
      } catch (error) {
        return { metadata, problem: error as Error };
      }
    },
    async answer(question: Metadata, content: Encoded | Failure, seconds: number): Promise<void> {
      const { tree, entry } = encodeReply(replyTo(question, Date.now() / 1000), content);
      const reply = await call("push-messages", withNode().bytes(2, entry).inner(3, (out) => writeTree(out, tree)).double(4, seconds));
      const session = text(reply, 4);
      const wanted = new Set(all(reply, 3).map((id) => new TextDecoder().decode(id)));
      const push = async ({ id, content: object, children }: Encoded): Promise<void> => {
        for (const child of children) await push(child);
        if (!wanted.delete(id)) return;
        const stored = await call("push-object", withNode().uint(2, question.runId).text(3, id).bytes(4, object).text(5, session));
        if (!uint(stored, 1)) throw new Error(`the SuperLink did not store object ${id.slice(0, 8)}…`);
      };
      await push(tree);
    },
    /** Goes offline; the server forgets a node that registered itself. Works also after `signal`. */
    async leave(): Promise<void> {
      const brief = () => AbortSignal.timeout(5000);
      await call("deactivate-node", new Writer().uint(1, node), brief());
      await call("unregister-node", new Writer().uint(1, node), brief());
    },
  };
}

export type Fleet = Awaited<ReturnType<typeof fleet>>;

async function limited(response: Response, most: number, name: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  // Counted as it comes: a length that the server states is its own affair.
  const reader = response.body?.getReader();
  for (;;) {
    const part = await reader?.read();
    if (!part || part.done) break;
    size += part.value.length;
    if (size > most) {
      await reader?.cancel();
      throw new Error(`expected a reply of at most ${most} bytes to ${name}`);
    }
    parts.push(part.value);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done);
  });
}
