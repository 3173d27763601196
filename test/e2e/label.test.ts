import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { base64 } from "../../kernel/display/image/base64.js";
import { encodePng } from "../../kernel/display/image/png.js";
import { launchChromium } from "../support/launch.js";
import { openLab, type LabPage } from "./support/lab-page.js";
import { writeNotebook } from "./support/notebook.js";
import { openModels } from "./support/open-models.js";
import { startLab, type RunningLab } from "./support/start.js";

const side = 16;
/** A bright bar on a dark ground, as a base64 PNG. */
const bar = (at: number) => base64(encodePng({ data: new Uint8Array(side * side).map((_, i) => (i % side === at ? 255 : 30)), width: side, height: side, channels: 1 }));

const cells = [
  `const texts = label.session(["x", "y", "z"], { labels: ["a", "b"] });\ntexts`,
  "const { done } = texts.progress();\n`${done} done, at ${texts.save().position}`",
  `const pictures = label.session([${[3, 12].map((at) => `{ image: "data:image/png;base64,${bar(at)}", alt: "a bar" }`).join(", ")}], { labels: ["left", "right"] });\npictures`,
  `const spans = label.session([{ tokens: ["Ada", "Lovelace", "worked", "in", "London", "."] }], { labels: ["person", "place"] });\nspans`,
  "JSON.stringify(spans.save().answers[0]?.spans)",
];

let browser: Browser;
let lab: RunningLab;
let notebook: LabPage;

/** One page for all tests: each relies on what the ones before it did. */
before(async () => {
  [browser, lab] = await Promise.all([launchChromium(), startLab()]);
  writeNotebook(lab.work, "label.ipynb", cells);
  notebook = await openLab(browser, `${lab.origin}/lab/tree/label.ipynb?token=${lab.token}`);
  await notebook.idle();
});
after(async () => {
  await browser?.close();
  await lab?.stop();
});

const session = (cell: number) => notebook.cell(cell).locator(".lyceum-label");
const status = (cell: number, text: string) => session(cell).locator(".lyceum-label-status", { hasText: text }).waitFor();
/** What a session shows without its kernel follows half a second later, and would make the saved notebook a changed one. */
async function saveQuiet(): Promise<void> {
  await notebook.page.waitForTimeout(800);
  await notebook.save();
}
async function value(cell: number): Promise<string> {
  await notebook.run(cell);
  return notebook.cell(cell).locator(".jp-OutputArea-output").first().innerText();
}

test("A session as a cell's last value is drawn; a click and the keys 1, 2 and u label and take back, in the kernel too", async () => {
  await notebook.run(0);
  await status(0, "Item 1 of 3, 0 labelled");
  await notebook.picture("label-text-first");
  await session(0).getByRole("button", { name: "a 1" }).click();
  await status(0, "Item 2 of 3, 1 labelled");
  await notebook.page.keyboard.press("2");
  await status(0, "Item 3 of 3, 2 labelled");
  await notebook.page.keyboard.press("u");
  await status(0, "Item 2 of 3, 1 labelled");
  await notebook.page.keyboard.press("2");
  await status(0, "Item 3 of 3, 2 labelled");
  await notebook.picture("label-text-light");
  assert.equal(await session(0).evaluate((root) => root === document.activeElement && getComputedStyle(root).outlineStyle), "solid");
  assert.match(await value(1), /2 done, at 2/);
});

test("Keys pressed in a session stay there: none makes, deletes or runs a cell, and Ctrl+S saves the notebook", async () => {
  const { page } = notebook;
  await session(0).locator(".lyceum-label-status").click();
  for (const key of ["a", "b", "x", "d", "d", "m", "z", "Enter"]) await page.keyboard.press(key);
  assert.equal(await page.locator(".jp-Cell").count(), cells.length);
  await status(0, "Item 3 of 3, 2 labelled");
  const saved = () => readFileSync(join(lab.work, "label.ipynb"), "utf8").includes("execute_result");
  assert.equal(saved(), false);
  await page.keyboard.press("Control+s");
  for (const end = Date.now() + 10_000; !saved(); await page.waitForTimeout(50)) assert.ok(Date.now() < end, "expected the notebook to be saved");
});

test("A picture is drawn from the kernel's bytes, and the next one follows its label", async () => {
  await notebook.run(2);
  const drawn = () => session(2).locator("img").evaluate(async (image: HTMLImageElement) => {
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: 16, height: 16 });
    const context = canvas.getContext("2d")!;
    context.drawImage(image, 0, 0);
    return [3, 12].map((x) => context.getImageData(x, 8, 1, 1).data[0]);
  });
  await session(2).locator("img[src^='blob:']").waitFor();
  assert.deepEqual(await drawn(), [255, 30]);
  await session(2).locator("img").click();
  await notebook.page.keyboard.press("1");
  await status(2, "Item 2 of 2, 1 labelled");
  for (const end = Date.now() + 5000; (await drawn())[0] !== 30; ) assert.ok(Date.now() < end, "expected the second picture");
  assert.deepEqual(await drawn(), [30, 255]);
  await notebook.show(2);
  await notebook.picture("label-picture-light");
});

test("A span is marked by dragging over words, and by Shift and the arrow keys", async () => {
  await notebook.run(3);
  const { page } = notebook;
  const token = (text: string) => session(3).locator(".lyceum-label-token", { hasText: text });
  await notebook.show(3);
  await token("Ada").hover();
  await page.mouse.down();
  await token("Lovelace").hover();
  await page.mouse.up();
  await session(3).locator(".lyceum-label-selected").nth(1).waitFor();
  await page.keyboard.press("1");
  await session(3).locator(".lyceum-label-name", { hasText: "person" }).waitFor();
  for (const _ of [1, 2]) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("2");
  await session(3).locator(".lyceum-label-name", { hasText: "place" }).waitFor();
  await notebook.picture("label-spans-light");
  assert.match(await value(4), /"start":0,"end":2,"label":"person".*"start":3,"end":5,"label":"place"/);
});

test("A reloaded page shows the sessions where they were, and they go on", async () => {
  await saveQuiet();
  await notebook.page.reload();
  await notebook.page.locator(".jp-Cell").first().waitFor();
  await notebook.idle();
  await status(0, "Item 3 of 3, 2 labelled");
  await session(2).locator("img[src^='blob:']").waitFor();
  await session(0).getByRole("button", { name: "a 1" }).click();
  await status(0, "Item 3 of 3, 3 labelled");
  assert.match(await value(1), /3 done, at 2/);
});

test("The sessions are readable in a dark theme and on a phone", async () => {
  await saveQuiet();
  const address = `${lab.origin}/lab/tree/label.ipynb?token=${lab.token}`;
  const dark = await openLab(browser, address, "dark");
  await dark.idle();
  await dark.cell(0).locator(".lyceum-label").waitFor();
  await dark.show(0);
  await dark.picture("label-text-dark");
  await dark.cell(3).locator(".lyceum-label").waitFor();
  await dark.show(3);
  await dark.picture("label-spans-dark");
  await dark.page.close();
  const phone = await openLab(browser, address);
  await phone.idle();
  await phone.page.keyboard.press("Control+b");
  await phone.page.setViewportSize({ width: 390, height: 844 });
  for (const index of [0, 3]) {
    await phone.show(index);
    const { width, x } = (await phone.cell(index).locator(".lyceum-label").boundingBox())!;
    assert.ok(x >= 0 && x + width <= 390, `from ${x}, ${width} wide`);
    for (const button of await phone.cell(index).locator(".lyceum-label-button").all()) assert.ok((await button.boundingBox())!.height >= 44);
    await phone.picture(`label-${index}-phone`);
  }
  assert.deepEqual([...dark.foreign, ...phone.foreign], []);
  await phone.page.close();
});

test("After a restart of the kernel a session says that it is over and what to do", async () => {
  await notebook.menu("Kernel", "Restart Kernel…");
  await notebook.page.locator(".jp-Dialog .jp-mod-accept").click();
  await session(0).locator(".lyceum-label-problem", { hasText: "run the cell again" }).waitFor();
  await notebook.idle();
  await notebook.show(0);
  await notebook.picture("label-restarted");
});

test("A cell that runs again and again keeps no sessions that nobody sees, and what the kernel forgot is still read in the notebook", async () => {
  await notebook.run(3); // so that the next number is not the one that stands beside cell 0
  const counts: number[] = [];
  for (let i = 0; i < 4; i++) {
    await notebook.run(0);
    await status(0, "Item 1 of 3, 0 labelled");
    counts.push(await openModels(notebook, lab));
  }
  assert.equal(counts[3], counts[1], counts.join(" "));
  await session(0).getByRole("button", { name: "a 1" }).click();
  await status(0, "Item 2 of 3, 1 labelled");
  await notebook.cell(0).locator(".lyceum-still", { hasText: "1 of 3 labelled" }).waitFor({ state: "attached" });
  assert.equal(await notebook.cell(0).locator(".lyceum-still").isVisible(), false);
  await notebook.menu("Kernel", "Shut Down Kernel");
  await notebook.save();
  const later = await openLab(browser, `${lab.origin}/lab/tree/label.ipynb?token=${lab.token}`);
  await later.idle();
  await later.cell(0).locator(".lyceum-still", { hasText: "1 of 3 labelled" }).waitFor();
  await later.cell(0).locator(".jp-OutputArea-output.lm-Panel").waitFor({ state: "hidden" });
  await later.picture("label-still");
  await later.page.close();
});

test("Nothing of all this left the machine", () => assert.deepEqual(notebook.foreign, []));
