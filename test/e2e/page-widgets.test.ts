import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { encodePng } from "../../kernel/display/image/png.js";
import { frame } from "../../site/build/page.js";
import { launchChromium } from "../support/launch.js";
import { projectRoot } from "../support/root.js";
import { bundle, serve, type Served } from "./support/serve.js";

declare const runCell: (cell: string, code: string) => void;
declare const hide: (cell: string) => void;
declare const endWorker: () => void;

const pictures = join(projectRoot, "test/artefacts");
/** What the page's policy refused, and what went wrong in it. */
const complaints: string[] = [];
let server: Served, browser: Browser, page: Page, count = 0;

/** The site's own page around it, with its policy and style; Chromium's moving test picture takes the camera's place. */
before(async () => {
  const files = new Map<string, Uint8Array | string>(await bundle("widget-page", "widget-worker"));
  const html = frame("en", "Widgets", "/", "/", "<article></article>").replace("/assets/page.js", "/widget-page.js");
  files.set("/", html).set("/assets/lyceum.css", readFileSync(join(projectRoot, "site/theme/lyceum.css")));
  server = await serve(files);
  browser = await launchChromium(["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]);
  page = await browser.newPage();
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.goto(server.origin);
  await page.waitForFunction("typeof runCell === 'function'");
});
after(async () => {
  await browser?.close();
  server?.close();
});

/** Runs a cell in the worker; its output. */
async function run(code: string) {
  const id = `cell${++count}`;
  await page.evaluate(([cell, text]) => runCell(cell, text), [id, code] as const);
  const output = page.locator(`#${id}[data-shown]`);
  await output.waitFor({ state: "attached" });
  return output;
}
const value = async (code: string) => (await run(code)).innerText();
/** For people to look at, in both themes and on a phone. */
async function look(name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme });
    for (const width of [1100, 390]) {
      await page.setViewportSize({ width, height: 800 });
      await page.screenshot({ path: join(pictures, `page-${name}-${theme}-${width}.png`), fullPage: true });
    }
  }
  await page.setViewportSize({ width: 1100, height: 800 });
}

test("In the page, the camera runs between start and stop, and its pictures are tensors in the worker, with their labels", async () => {
  const output = await run(`return (kept.photos = vision.camera({ size: [24, 32], labels: ["paper", "glass"] }));`);
  const press = (name: string) => output.getByRole("button", { name }).click();
  const status = (text: string) => output.locator(".lyceum-capture-status", { hasText: text }).waitFor();
  await press("Start the camera");
  await page.waitForFunction(() => (document.querySelector<HTMLVideoElement>(".lyceum-capture-video")?.videoWidth ?? 0) > 0);
  await press("Take a picture");
  await status("paper 1");
  await output.getByLabel("glass").check();
  await press("Take a picture");
  await status("glass 1");
  await look("camera");
  await press("Stop the camera");
  assert.equal(await output.locator("video").evaluate((video) => (video as HTMLVideoElement).srcObject), null, "the camera is off");
  assert.match(await value(`const all = kept.photos.tensor(); return [all.shape.join(), kept.photos.labels().join(), all.max().dataSync()[0] > 0.5].join(" ");`), /2,24,32,3 paper,glass true/);
});

test("In the page, pictures are uploaded and made small; a file that is none is named, and nothing is lost", async () => {
  const output = await run(`return (kept.files = vision.upload({ size: [2, 2] }));`);
  const red = encodePng({ data: new Uint8Array(8 * 8 * 3).map((_, at) => (at % 3 === 0 ? 255 : 0)), width: 8, height: 8, channels: 3 });
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), output.getByRole("button", { name: "Choose pictures" }).click()]);
  await chooser.setFiles([{ name: "red.png", mimeType: "image/png", buffer: Buffer.from(red) }, { name: "notes.png", mimeType: "image/png", buffer: Buffer.from("no picture") }]);
  await output.getByRole("alert").filter({ hasText: "notes.png" }).waitFor();
  await look("upload");
  assert.equal(await value(`return [kept.files.count, kept.files.names(), kept.files.problems(), kept.files.tensor().dataSync().slice(0, 3)].join(" ");`), "'1 red.png notes.png 1,0,0'");
});

test("In the page, a file of data comes whole to the worker, in pieces", async () => {
  const output = await run(`return (kept.upload = data.upload({ accept: ".csv" }));`);
  const rows = Array.from({ length: 60_000 }, (_, at) => `${at},${at * at}`);
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), output.getByRole("button", { name: "Choose a file" }).click()]);
  await chooser.setFiles({ name: "squares.csv", mimeType: "text/csv", buffer: Buffer.from(`n,square\n${rows.join("\n")}\n`) });
  await output.getByText("is in the notebook").waitFor();
  await look("data");
  assert.equal(await value(`const squares = data.column(await data.readCsv(kept.upload.files[0]), "square"); return squares.length + squares[59_999];`), "3599940001");
});

test("In the page, the labelling session of the notebook is worked with the keyboard, and can be taken up again", async () => {
  const output = await run(`return (kept.session = label.session(["good", "bad", "so so"], { labels: ["like", "dislike"] }));`);
  const session = output.locator(".lyceum-label");
  await session.focus();
  await page.keyboard.press("1");
  await session.locator(".lyceum-label-status", { hasText: "Item 2 of 3, 1 labelled" }).waitFor();
  await page.keyboard.press("2");
  await session.locator(".lyceum-label-status", { hasText: "Item 3 of 3, 2 labelled" }).waitFor();
  await look("label");
  assert.equal(await value("return kept.session.progress().done;"), "2");
  const again = await run("return kept.session;");
  await again.locator(".lyceum-label-status", { hasText: "Item 3 of 3, 2 labelled" }).waitFor();
});

test("The page runs no code that a cell sends as a widget, and draws nothing of a widget that it does not know", async () => {
  const evil = `{ _anywidget_id: ID, _esm: "export default { render() { document.title = 'taken' } }", view: null }`;
  for (const [id, lines] of [["lyceum.of.mine", "text of mine"], ["lyceum.vision.camera", "text of mine"]] as const) {
    const output = await run(`const comm = comms.open("jupyter.widget", { state: ${evil.replace("ID", JSON.stringify(id))} });
return { [Symbol.for("Jupyter.display")]: () => ({ data: { "text/plain": "text of mine", "application/vnd.jupyter.widget-view+json": { model_id: comm.id } }, metadata: {} }) };`);
    assert.equal(await output.innerText(), lines);
  }
  await value(`for (const wrong of [null, 7, { method: "update", state: 3 }, { method: "custom" }]) { const comm = comms.open("jupyter.widget", wrong); comm.send(wrong); comm.close(); } return "sent";`);
  assert.equal(await page.title(), "Widgets");
  assert.equal(await value("return kept.session.progress().done;"), "2", "the page still listens");
});

test("A cell's camera is off once its output is taken away to run it again", async () => {
  const output = await run("return kept.photos;");
  await output.getByRole("button", { name: "Start the camera" }).click();
  await page.waitForFunction((id) => (document.querySelector<HTMLVideoElement>(`#${id} video`)?.videoWidth ?? 0) > 0, await output.getAttribute("id"));
  const stream = await output.locator("video").evaluateHandle((video) => (video as HTMLVideoElement).srcObject as MediaStream);
  await page.evaluate((id) => hide(id!), await output.getAttribute("id"));
  assert.deepEqual(await stream.evaluate((made) => made.getTracks().map(({ readyState }) => readyState)), ["ended"]);
  assert.equal(await output.locator("*").count(), 0);
});

test("When the worker ends, its widgets say so and can no longer be used; nothing was refused by the page's policy", async () => {
  await page.evaluate(() => endWorker());
  const camera = page.locator(".lyceum-capture-root").first();
  await camera.getByRole("alert").filter({ hasText: /\S/ }).waitFor();
  assert.equal(await camera.getByRole("button", { name: "Start the camera" }).isDisabled(), true);
  await look("ended");
  assert.deepEqual(complaints, []);
});
