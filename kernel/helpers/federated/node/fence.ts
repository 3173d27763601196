import { createServer as createPlain, request, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createSecure } from "node:https";
import type { AddressInfo } from "node:net";

export interface FenceOptions {
  /** The SuperLink behind, on this machine: `http://127.0.0.1:8000`. */
  readonly target: string;
  /** Default 127.0.0.1: this machine only. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** PEM texts. Without them: plain http, for this machine only. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Public keys (SPKI in PEM) of the nodes that may come in. Default: any node. */
  readonly nodes?: readonly string[];
  /** Of a request. Default 16 MiB. */
  readonly maxBytes?: number;
}

export interface Fence {
  readonly url: string;
  close(): Promise<void>;
}

/** What a node's request needs; everything else stays outside. */
const passed = ["content-type", "accept", "flwr-public-key", "flwr-timestamp", "flwr-signature"];
const local = ["127.0.0.1", "::1", "localhost"];

/**
 * A door to a SuperLink that lets only nodes in. A SuperLink serves its control interface on the same port, without a login: whoever
 * reaches that can run Python there. Behind a fence only POST to /v1/fleet/ passes, with a few headers, of bounded size, and, with `nodes`, only from keys on the list
 * (the SuperLink itself checks that the sender owns the key).
 *
 * @throws `expected tls for host 0.0.0.0: ...`: without TLS it serves this machine only.
 */
export async function startFence(options: FenceOptions): Promise<Fence> {
  const { host = "127.0.0.1", port = 0, tls, maxBytes = 16 * 2 ** 20 } = options;
  if (!tls && !local.includes(host)) throw new Error(`expected tls for host ${host}: only the time of a request is signed, so that anyone on the way could change the rest`);
  const target = new URL(options.target);
  if (!local.includes(target.hostname)) throw new Error(`expected a SuperLink on this machine, got ${target.hostname}: its other interfaces would stand open there`);
  const nodes = options.nodes && new Set(options.nodes.map((pem) => Buffer.from(pem.trim() + "\n").toString("base64")));

  const listener: RequestListener = (incoming, outgoing) => {
    const refuse = (status: number, detail: string) => void outgoing.writeHead(status, { "content-type": "application/json", connection: "close" }).end(JSON.stringify({ code: status, detail }));
    if (incoming.method !== "POST" || !/^\/v1\/fleet\/[a-z-]+$/.test(incoming.url ?? "")) return refuse(404, "only /v1/fleet/ is served here");
    if (nodes && !nodes.has(String(incoming.headers["flwr-public-key"]))) return refuse(403, "this node's key is not on the list");
    pass(incoming, outgoing, target, maxBytes, refuse);
  };
  const server = tls ? createSecure({ cert: tls.cert, key: tls.key, minVersion: "TLSv1.2" }, listener) : createPlain(listener);
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, resolve));
  const { port: found } = server.address() as AddressInfo;
  return {
    url: `${tls ? "https" : "http"}://${host.includes(":") ? `[${host}]` : host}:${found}`,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

function pass(incoming: IncomingMessage, outgoing: ServerResponse, target: URL, maxBytes: number, refuse: (status: number, detail: string) => void): void {
  const parts: Buffer[] = [];
  let size = 0;
  incoming.on("data", (part: Buffer) => {
    size += part.length;
    if (size <= maxBytes) parts.push(part);
    else if (!outgoing.headersSent) refuse(413, `at most ${maxBytes} bytes`);
    else incoming.destroy();
  });
  incoming.on("end", () => {
    if (outgoing.headersSent) return;
    const headers = Object.fromEntries(passed.flatMap((name) => (incoming.headers[name] === undefined ? [] : [[name, incoming.headers[name]]])));
    // The whole body first: one length, stated by us, so that no second request can hide in it.
    const inner = request({ host: target.hostname, port: target.port, path: incoming.url, method: "POST", headers: { ...headers, "content-length": size } }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, { "content-type": answer.headers["content-type"] ?? "application/octet-stream" });
      answer.pipe(outgoing);
    });
    inner.on("error", () => (outgoing.headersSent ? outgoing.destroy() : refuse(502, "the SuperLink does not answer")));
    outgoing.on("close", () => inner.destroy());
    inner.end(Buffer.concat(parts));
  });
  incoming.on("error", () => outgoing.destroy());
}
