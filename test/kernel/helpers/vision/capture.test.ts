import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { chromium, type Browser, type Page } from "playwright-core";
import { displaySymbol } from "../../../../kernel/display/contract.js";
import { encodePng } from "../../../../kernel/display/image/png.js";
import { loadEngine } from "../../../../kernel/engine/index.js";
import { css, esm } from "../../../../kernel/helpers/vision/capture/front-end.js";
import { words } from "../../../../kernel/helpers/vision/capture/words.js";
import * as vision from "../../../../kernel/helpers/vision/index.js";
import { createComms } from "../../../../kernel/runner/comms.js";
import { findChromium } from "../../../support/chromium.js";

const opaque = (red: number, green: number, blue: number, pixels: number) => Array.from({ length: pixels }, () => [red, green, blue, 255]).flat();

test("pictures are kept with their labels, given as a tensor from 0 to 1, removed, and awaited; transparency is white", async () => {
  const { tf } = await loadEngine();
  const tensors = tf.memory().numTensors;
  const photos = vision.camera({ size: [1, 2], labels: ["paper", "glass"], comms: null });
  assert.throws(() => photos.tensor(), /expected at least one picture, got none: take or upload one first/);
  const next = photos.next();
  photos.add({ data: opaque(255, 0, 51, 2), width: 2, height: 1, label: "glass" });
  photos.add({ data: [0, 0, 0, 0, 0, 0, 0, 255], width: 2, height: 1, label: "paper", name: "a.png" });
  const [all, first] = [photos.tensor(), await next];
  assert.deepEqual([all.shape, first.shape], [[2, 1, 2, 3], [1, 2, 3]]);
  assert.deepEqual(Array.from(all.dataSync(), (value) => Number(value.toFixed(3))), [1, 0, 0.2, 1, 0, 0.2, 1, 1, 1, 0, 0, 0]);
  assert.deepEqual([photos.labels(), photos.names()], [["glass", "paper"], ["picture 1", "a.png"]]);
  assert.match((photos as never as { [displaySymbol](): { data: Record<string, string> } })[displaySymbol]().data["text/plain"]!, /Camera: 2 pictures: paper 1, glass 1/);
  photos.remove(0);
  assert.deepEqual(photos.labels(), ["paper"]);
  photos.clear();
  assert.equal(photos.count, 0);
  tf.dispose([all, first]);
  assert.equal(tf.memory().numTensors, tensors);
});

test("a picture of another size, without its bytes, or with an unknown label is named and not kept", () => {
  const photos = vision.upload({ size: [2, 2], labels: ["a"], comms: null });
  assert.throws(() => photos.add({ data: opaque(0, 0, 0, 9), width: 3, height: 3, label: "a" }), /expected a picture of 2 x 2, got 3 x 3/);
  assert.throws(() => photos.add({ data: [1, 2, 3], width: 2, height: 2, label: "a" }), /expected 16 bytes of a picture, got 3: it is corrupt/);
  assert.throws(() => photos.add({ data: opaque(0, 0, 0, 4), width: 2, height: 2, label: "b" }), /unknown label: b \(known: a\)/);
  assert.throws(() => photos.remove(), /expected index from 0 to -1, got -1/);
  assert.throws(() => vision.camera({ size: 96 as never, comms: null }), /expected size as \[height, width\], got 96/);
  assert.equal(photos.count, 0);
});

test("shown in a notebook it opens one widget, takes the pictures that the page sends, and names those that are corrupt instead of failing", () => {
  const sent: { commId: string; data?: { state?: { view?: { status: string } } } }[] = [];
  const comms = createComms((message) => void sent.push(message as never), (act) => act());
  const photos = vision.camera({ size: [1, 1], comms });
  assert.equal(sent.length, 0, "nothing is opened before it is shown");
  const { data } = (photos as never as { [displaySymbol](): { data: Record<string, unknown> } })[displaySymbol]();
  assert.ok("application/vnd.jupyter.widget-view+json" in data && "text/plain" in data);
  const say = (content: unknown, buffers: Uint8Array[] = []) => comms.receive({ kind: "msg", commId: sent[0]!.commId, data: { method: "custom", content }, buffers } as never);
  say({ type: "picture", width: 1, height: 1 }, [Uint8Array.of(1, 2, 3, 255)]);
  say({ type: "picture", width: 1, height: 1, name: "half.png" }, [Uint8Array.of(1)]);
  say({ type: "problem", name: "broken.gif" });
  say({ type: "picture", width: 1, height: 1 }, [Uint8Array.of(9, 9, 9, 255)]);
  assert.deepEqual([photos.count, photos.problems()], [2, ["half.png: expected 4 bytes of a picture, got 1: it is corrupt", "broken.gif"]]);
  say({ type: "undo" });
  assert.equal(photos.count, 1);
  assert.equal(sent.at(-1)!.data!.state!.view!.status, "1 picture");
});

const executablePath = findChromium();
let server: ReturnType<typeof createServer>;
let browser: Browser | undefined;
before(async () => {
  if (!executablePath) return;
  const page = `<!doctype html><html lang="en"><title>capture</title><style>${css}</style><div id="here"></div><script type="module">
    import widget from "/widget.js";
    const view = JSON.parse(decodeURIComponent(location.hash.slice(1)));
    const handlers = {};
    window.sent = [];
    window.model = { get: () => view, on: (name, handler) => (handlers[name] = handler), off: () => {}, send: (content, _, buffers) => window.sent.push({ ...content, bytes: buffers ? Array.from(new Uint8Array(buffers[0])) : undefined }) };
    window.count = (n) => { view.count = n; view.status = n + " pictures"; handlers["change:view"](); };
    window.end = widget.render({ model: window.model, el: document.getElementById("here") });
  </script></html>`;
  server = createServer((request, response) => response.writeHead(200, { "content-type": request.url === "/widget.js" ? "text/javascript" : "text/html" }).end(request.url === "/widget.js" ? esm : page)).listen(0, "127.0.0.1");
  await new Promise((done) => server.once("listening", done));
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"] });
});
after(async () => {
  await browser?.close();
  server?.close();
});

async function open(source: "camera" | "upload", labels: string[] = [], script?: string): Promise<Page> {
  const page = await browser!.newPage();
  if (script) await page.addInitScript(script);
  const view = { source, height: 8, width: 8, labels, words: words.en, status: "No picture yet", count: 0 };
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/#${encodeURIComponent(JSON.stringify(view))}`);
  return page;
}
const sent = (page: Page) => page.evaluate(() => (window as never as { sent: { type: string; label?: string; name?: string; bytes?: number[] }[] }).sent);

test("in Chromium a picture from the (simulated) camera is taken by the keyboard alone, small and with its label, and the camera ends when it is stopped", { skip: !executablePath && "no Chromium" }, async () => {
  const page = await open("camera", ["paper", "glass"]);
  assert.match(await page.locator(".lyceum-capture-ask").innerText(), /ask whether this page may use the camera/);
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Take a picture" }).waitFor();
  await page.waitForFunction(() => document.querySelector("video")!.videoWidth > 0);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => (window as never as { sent: unknown[] }).sent.length === 1);
  const [picture] = await sent(page);
  assert.deepEqual([picture!.type, picture!.label, picture!.bytes!.length], ["picture", "glass", 8 * 8 * 4]);
  assert.ok(new Set(picture!.bytes).size > 2, "the simulated camera shows a pattern");
  await page.evaluate(() => (window as never as { count(n: number): void }).count(1));
  assert.equal(await page.locator(".lyceum-capture-status").innerText(), "1 pictures");
  const live = () => page.evaluate(() => (document.querySelector("video")!.srcObject as MediaStream | null)?.getTracks().map(({ readyState }) => readyState) ?? []);
  assert.deepEqual(await live(), ["live"]);
  const stream = await page.evaluateHandle(() => document.querySelector("video")!.srcObject as MediaStream);
  await page.getByRole("button", { name: "Stop the camera" }).press("Enter");
  await page.getByRole("button", { name: "Start the camera" }).waitFor();
  assert.deepEqual(await live(), []);
  assert.deepEqual(await stream.evaluate((one) => one.getTracks().map(({ readyState }) => readyState)), ["ended"]);
  await page.getByRole("button", { name: "Remove the last" }).click();
  assert.equal((await sent(page)).at(-1)!.type, "undo");
  await page.evaluate(() => (window as never as { end(): void }).end());
  await page.close();
});

test("in Chromium a camera that is refused or missing is said in words, and what to do instead", { skip: !executablePath && "no Chromium" }, async () => {
  for (const [error, text] of [["NotAllowedError", /The camera was refused/], ["NotFoundError", /No camera was found.*upload pictures instead/], ["NotReadableError", /another program may have it/]] as const) {
    const page = await open("camera", [], `navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("", "${error}") };`);
    await page.getByRole("button", { name: "Start the camera" }).click();
    await page.waitForFunction(() => document.querySelector(".lyceum-capture-problem")!.textContent !== "");
    assert.match(await page.locator("[role=alert]").innerText(), text);
    await page.close();
  }
});

test("in Chromium files are cut in the middle and sent; one that is no picture is named and the others still come", { skip: !executablePath && "no Chromium" }, async () => {
  const page = await open("upload");
  // Twice as wide as high: left and right quarter black, the middle white.
  const wide = encodePng({ data: Uint8Array.from({ length: 32 * 16 }, (_, at) => (at % 32 >= 8 && at % 32 < 24 ? 255 : 0)), width: 32, height: 16, channels: 1 });
  await page.locator("input[type=file]").setInputFiles([{ name: "broken.png", mimeType: "image/png", buffer: Buffer.from(wide.slice(0, 30)) }, { name: "wide.png", mimeType: "image/png", buffer: Buffer.from(wide) }]);
  await page.waitForFunction(() => (window as never as { sent: unknown[] }).sent.length === 2);
  const [problem, picture] = await sent(page);
  assert.deepEqual([problem!.type, problem!.name, picture!.name], ["problem", "broken.png", "wide.png"]);
  assert.match(await page.locator("[role=alert]").innerText(), /broken.png is not a picture that this browser reads/);
  assert.ok(picture!.bytes!.every((value) => value === 255));
  await page.close();
});
