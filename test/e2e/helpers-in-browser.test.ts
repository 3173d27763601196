import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "../support/launch.js";
import { examplesOf, rooms } from "../support/examples.js";
import { codeCells, notebookNames, readFixture } from "../support/notebooks.js";
import { projectRoot } from "../support/root.js";
import type { Answer, Question } from "./support/helpers-worker.js";
import { bundle, serve, type Served } from "./support/serve.js";

const wasm = join(projectRoot, "node_modules/@tensorflow/tfjs-backend-wasm/dist");

let server: Served, browser: Browser, page: Page;

/** One page with one worker for all rooms. */
before(async () => {
  const files = new Map<string, Uint8Array | string>([["/", "<!doctype html><title>helpers</title>"], ...(await bundle("helpers-worker"))]);
  // HiGHS looks for its file beside the script.
  files.set("/highs.wasm", readFileSync(join(projectRoot, "node_modules/highs/build/highs.wasm")));
  const dataFolder = join(projectRoot, "lessons/data");
  // Read when asked for: models are large.
  const shipped = new Set(readdirSync(dataFolder, { recursive: true, encoding: "utf8" }).map((name) => `/lessons/data/${name}`));
  for (const name of ["tfjs-backend-wasm.wasm", "tfjs-backend-wasm-simd.wasm"]) files.set(`/wasm/${name}`, readFileSync(join(wasm, name)));
  server = await serve(files, (url) => (shipped.has(url) ? readFileSync(join(projectRoot, url)) : undefined));
  browser = await launchChromium();
  page = await browser.newPage();
  await page.goto(`${server.origin}/`);
  await page.evaluate(() => {
    (globalThis as { worker?: Worker }).worker = new Worker("/helpers-worker.js", { type: "module" });
  });
});
after(async () => {
  await browser?.close();
  server?.close();
});

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
