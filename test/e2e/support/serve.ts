import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const types: Record<string, string> = { ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", "": "text/html" };

export interface Served {
  origin: string;
  close(): void;
}

/** Files by their address, on loopback: a secure context, where WebCrypto and cameras are. `more` is asked for the others. */
export async function serve(files: ReadonlyMap<string, Uint8Array | string>, more: (address: string) => Uint8Array | undefined = () => undefined): Promise<Served> {
  const server = createServer(({ url = "/" }, response) => {
    const body = files.get(url) ?? more(url);
    response.writeHead(body === undefined ? 404 : 200, { "content-type": types[extname(url)] ?? "text/plain" }).end(body);
  }).listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() };
}

/** Compiled modules of this folder, by name, made ready for a page with all their parts: `/NAME.js` and what they share. */
export async function bundle(...names: string[]): Promise<[string, Uint8Array][]> {
  const { outputFiles } = await build({
    entryPoints: names.map((name) => fileURLToPath(new URL(`${name}.js`, import.meta.url))),
    bundle: true, splitting: true, format: "esm", platform: "browser", target: "es2022", outdir: "/", write: false, logLevel: "silent",
    // HiGHS asks for `node:module` where it finds itself in Node.
    external: ["node:*"],
  });
  return outputFiles.map(({ path, contents }) => [path.replaceAll("\\", "/").replace(/^[a-z]:/i, ""), contents]);
}
