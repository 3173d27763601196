import { request } from "node:https";
import { Readable } from "node:stream";

/**
 * A `fetch` for `join` that trusts one certificate authority only: the school's own. `ca` is PEM text. Redirects are refused.
 * (For the whole process, Node's NODE_EXTRA_CA_CERTS does the same without code.)
 */
export function trusting(ca: string): typeof globalThis.fetch {
  return (input, init = {}) =>
    new Promise((resolve, reject) => {
      const url = new URL(input instanceof Request ? input.url : input);
      if (url.protocol !== "https:") return reject(new TypeError(`expected an https address, got ${url.protocol}`));
      const { method = "GET", headers, body, signal } = init;
      const sent = request(url, { method, ca, headers: Object.fromEntries(new Headers(headers)), ...(signal && { signal }) }, (answer) => {
        const status = answer.statusCode ?? 0;
        if (status >= 300 && status < 400) {
          answer.destroy();
          return reject(new TypeError(`refused: ${url.host} redirects`));
        }
        const empty = status === 204 || status === 205;
        resolve(new Response(empty ? null : (Readable.toWeb(answer) as ReadableStream), { status, headers: Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]) }));
      });
      sent.on("error", reject);
      if (body !== undefined && body !== null && !(body instanceof Uint8Array) && typeof body !== "string") return reject(new TypeError("expected a body of bytes or text"));
      sent.end(body ?? undefined);
    });
}
