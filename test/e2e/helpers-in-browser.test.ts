import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "../support/chromium.js";
import { examplesOf, rooms } from "../support/examples.js";
import { codeCells, notebookNames, readFixture } from "../support/notebooks.js";
import { projectRoot } from "../support/root.js";
import type { Answer, Question } from "./support/helpers-worker.js";

const types: Record<string, string> = { ".js": "text/javascript", ".wasm": "application/wasm", "": "text/html" };
const wasm = join(projectRoot, "node_modules/@tensorflow/tfjs-backend-wasm/dist");

let server: Server, browser: Browser, page: Page;

/** One page with one worker for all rooms, from a loopback address: a secure context, where WebCrypto is. */
before(async () => {
  const files = new Map<string, Uint8Array | string>([["/", "<!doctype html><title>helpers</title>"], ...(await bundle())]);
  // HiGHS looks for its file beside the script.
  files.set("/highs.wasm", readFileSync(join(projectRoot, "node_modules/highs/build/highs.wasm")));
  const dataFolder = join(projectRoot, "lessons/data");
  // Read when asked for: models are large.
  const shipped = new Set(readdirSync(dataFolder, { recursive: true, encoding: "utf8" }).map((name) => `/lessons/data/${name}`));
  for (const name of ["tfjs-backend-wasm.wasm", "tfjs-backend-wasm-simd.wasm"]) files.set(`/wasm/${name}`, readFileSync(join(wasm, name)));
  server = createServer(({ url = "/" }, response) => {
    const body = files.get(url) ?? (shipped.has(url) ? readFileSync(join(projectRoot, url)) : undefined);
    response.writeHead(body === undefined ? 404 : 200, { "content-type": types[extname(url)] ?? "text/plain" }).end(body);
  }).listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  browser = await launchChromium();
  page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.evaluate(() => {
    (globalThis as { worker?: Worker }).worker = new Worker("/helpers-worker.js", { type: "module" });
  });
});
after(async () => {
  await browser?.close();
  server?.close();
});

/** The worker's script and its parts, by address. */
async function bundle(): Promise<[string, Uint8Array][]> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("support/helpers-worker.js", import.meta.url))],
    bundle: true, splitting: true, format: "esm", platform: "browser", target: "es2022", outdir: "/", write: false, logLevel: "silent",
    // HiGHS asks for `node:module` where it finds itself in Node.
    external: ["node:*"],
  });
  return outputFiles.map(({ path, contents }) => [path.replaceAll("\\", "/").replace(/^[a-z]:/i, ""), contents]);
}

const run = (question: Question): Promise<Answer> =>
  page.evaluate(
    (message) =>
      new Promise<Answer>((resolve, reject) => {
        const { worker } = globalThis as unknown as { worker: Worker };
        worker.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
        worker.onerror = ({ message: text, filename, lineno }) => reject(new Error(`${text} (${filename}:${lineno})`));
        worker.postMessage(message);
      }),
    question,
  );

for (const room of rooms) {
  test(`in a worker of a browser, on WebAssembly, the examples of ${room} give the numbers they promise`, async () => {
    assert.deepEqual(await run({ examples: examplesOf(room) }), { backend: "wasm", failures: [] });
  });
}

for (const name of notebookNames) {
  test(`in a worker of a browser, on WebAssembly, the notebook ${name} runs from top to bottom and its values can be shown`, async () => {
    assert.deepEqual(await run({ cells: codeCells(readFixture(name)) }), { backend: "wasm", failures: [] });
  });
}

test("in the worker, a broken promise and a failing cell are told", async () => {
  const example = { where: "here:1", code: "1 + 1 // 3", script: `__check(await (1 + 1), (3), "3")`, checks: 1 };
  assert.deepEqual((await run({ examples: [example] })).failures, ["here:1: expected 3, got 2\n1 + 1 // 3"]);
  const cells = [{ id: "a", source: "", script: "let a = 1", hasResult: false }, { id: "b", source: "", script: "__lyceum__.result(a.b.c)", hasResult: true }];
  assert.deepEqual((await run({ cells })).failures, ["b: Cannot read properties of undefined (reading 'c')", "b gave no value"]);
});
