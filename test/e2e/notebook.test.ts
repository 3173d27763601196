import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { launchChromium } from "../support/launch.js";
import { openLab, type LabPage } from "./support/lab-page.js";
import { writeNotebook } from "./support/notebook.js";
import { startLab, type RunningLab } from "./support/start.js";

const cells = [
  "const numbers = [1, 2, 3];\nnumbers.map((n) => n * 2)",
  "tf.linspace(0, 1, 5)",
  `plot.line([1, 4, 9, 16], { title: "Squares" })`,
  "const total: number = numbers.length;\nconst wrong: number = numbers.join();",
  "let beats = 0;\nwhile (true) beats += 1;",
  "beats > 0 && numbers.length === 3",
  "numbers",
];

let browser: Browser;
let lab: RunningLab;
let notebook: LabPage;

/** One page for all tests, which follow a lesson's course: each relies on the cells that ran before. */
before(async () => {
  [browser, lab] = await Promise.all([launchChromium(), startLab()]);
  writeNotebook(lab.work, "tour.ipynb", cells);
  notebook = await openLab(browser, `${lab.origin}/lab/tree/tour.ipynb?token=${lab.token}`);
  await notebook.idle();
});
after(async () => {
  await browser?.close();
  await lab?.stop();
});

const output = (index: number) => notebook.cell(index).locator(".jp-OutputArea-output").first();

test("A cell shows the value of its last expression", async () => {
  await notebook.run(0);
  assert.match(await output(0).innerText(), /2, 4, 6/);
});

test("A tensor shows its shape, type and numbers", async () => {
  await notebook.run(1);
  const text = await output(1).innerText();
  for (const part of [/float32/, /5/, /0\.25/]) assert.match(text, part);
});

test("A plot is drawn, without asking another host for anything", async () => {
  await notebook.run(2);
  await notebook.cell(2).locator(".js-plotly-plot .scatterlayer .js-line").waitFor();
  assert.match(await notebook.cell(2).locator(".js-plotly-plot").innerText(), /Squares/);
  assert.deepEqual(notebook.foreign, []);
});

test("A type error is shown with its line before anything ran", async () => {
  await notebook.run(3);
  const text = await output(3).innerText();
  assert.match(text, /const wrong: number = numbers\.join\(\);/);
  assert.match(text, /string/);
  assert.match(text, /2/);
});

test("Tab offers the members of a value, with their kinds", async () => {
  const { page, type } = notebook;
  await type(6, "numbers.");
  await page.keyboard.press("Tab");
  const items = page.locator(".jp-Completer-item");
  await items.first().waitFor();
  const names = await page.locator(".jp-Completer-match").allInnerTexts();
  assert.ok(names.includes("map") && names.includes("length"), names.join(" "));
  await notebook.picture("completion");
  await page.keyboard.press("Escape");
});

test("Shift+Tab tells the type of what the cursor is on", async () => {
  const { page, type } = notebook;
  await type(6, "numbers");
  await page.keyboard.press("Shift+Tab");
  await page.locator(".jp-Tooltip", { hasText: "const numbers: number[]" }).waitFor();
  await notebook.picture("hover");
  await page.keyboard.press("Escape");
});

test("An endless loop is interrupted with the stop button, and all variables are kept", async () => {
  const { page, cell } = notebook;
  await cell(4).locator(".cm-content").click();
  await page.keyboard.press("Control+Enter");
  await page.locator(".jp-Notebook-ExecutionIndicator[data-status='busy']").waitFor();
  await page.locator("jp-button[data-command='notebook:interrupt-kernel'], [data-jp-item-name='interrupt'] jp-button, [data-jp-item-name='interrupt'] button").first().click();
  await notebook.idle();
  assert.match(await output(4).innerText(), /interrupted/i);
  await notebook.run(5);
  assert.match(await output(5).innerText(), /true/);
  await notebook.picture("notebook-light");
});

test("After a restart the names are gone, and saying so is a type error in plain words", async () => {
  const { page, menu } = notebook;
  await menu("Kernel", "Restart Kernel and Clear Outputs of All Cells…");
  await page.locator(".jp-Dialog .jp-mod-accept").click();
  await notebook.idle();
  await notebook.run(5);
  assert.match(await output(5).innerText(), /beats/);
  await notebook.run(0);
  assert.match(await output(0).innerText(), /2, 4, 6/);
});

test("The notebook is readable in a dark theme", async () => {
  await notebook.save();
  const dark = await openLab(browser, `${lab.origin}/lab/tree/tour.ipynb?token=${lab.token}`, "dark");
  await dark.idle();
  for (const index of [0, 1, 2, 3]) await dark.run(index);
  await dark.cell(2).locator(".js-plotly-plot .scatterlayer .js-line").waitFor();
  assert.equal(await dark.page.locator("body").getAttribute("data-jp-theme-light"), "false");
  await dark.cell(0).scrollIntoViewIfNeeded();
  await dark.picture("notebook-dark");
});
