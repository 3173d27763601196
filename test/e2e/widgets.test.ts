import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { launchChromium } from "../support/launch.js";
import { openLab, type LabPage } from "./support/lab-page.js";
import { writeNotebook } from "./support/notebook.js";
import { openModels } from "./support/open-models.js";
import { startLab, type RunningLab } from "./support/start.js";

const cells = [
  "widgets.interact(({ times, word, loud, ending }) => (loud ? word.toUpperCase() : word).repeat(times) + ending, { times: [1, 5], word: [\"ho\", \"ha\"], loud: false, ending: \"!\" })",
  "const neighbours = widgets.slider([1, 9], { label: \"nearest neighbours\" });\nneighbours",
  "neighbours.value",
  "widgets.interact(({ frequency }) => plot.line(Array.from({ length: 100 }, (_, i) => Math.sin((i / 100) * frequency * 2 * Math.PI)), { title: `${frequency} Hz` }), { frequency: [1, 9] })",
  "const bar = widgets.progress(20_000, { label: \"pages\" });\ndisplay(bar);\nfor (let page = 1; page <= 20_000; page++) bar.value = page;\nconst presses: number[] = [];\nwidgets.button(\"Draw again\", { onChange: (n) => presses.push(n) })",
  "presses",
];

let browser: Browser;
let lab: RunningLab;
let notebook: LabPage;
const address = () => `${lab.origin}/lab/tree/widgets.ipynb?token=${lab.token}`;

/** One page for all tests: each relies on what the ones before it did. */
before(async () => {
  [browser, lab] = await Promise.all([launchChromium(), startLab()]);
  writeNotebook(lab.work, "widgets.ipynb", cells);
  notebook = await openLab(browser, address());
  await notebook.idle();
});
after(async () => {
  await browser?.close();
  await lab?.stop();
});

const handle = (cell: number) => notebook.cell(cell).locator(".noUi-handle");
const result = (cell: number, text: string | RegExp) => notebook.cell(cell).locator(".widget-output, .jupyter-widgets-output-area").filter({ hasText: text }).waitFor();
async function value(cell: number): Promise<string> {
  await notebook.run(cell);
  return notebook.cell(cell).locator(".jp-OutputArea-output").first().innerText();
}

test("A slider, a choice, a tick and a text each change what the function returns", async () => {
  await notebook.run(0);
  await result(0, "hohoho!");
  await handle(0).press("ArrowRight");
  await result(0, "hohohoho!");
  await notebook.cell(0).locator("select").selectOption("ha");
  await result(0, "hahahaha!");
  await notebook.cell(0).locator("input[type=checkbox]").check();
  await result(0, "HAHAHAHA!");
  await notebook.cell(0).locator("input[type=text]").fill("?");
  await result(0, "HAHAHAHA?");
  assert.equal(await notebook.page.locator(".jp-Cell").count(), cells.length);
  await notebook.picture("widgets-interact-light");
});

test("A slider dragged with the mouse has its new value in the next cell, and its whole name is seen", async () => {
  await notebook.run(1);
  await handle(1).hover();
  await notebook.page.mouse.down();
  await notebook.page.mouse.move(2000, 0);
  await notebook.page.mouse.up();
  await notebook.cell(1).locator(".widget-readout", { hasText: "9" }).waitFor();
  assert.match(await value(2), /9/);
  assert.ok(await notebook.cell(1).locator(".widget-label").evaluate((label) => label.scrollWidth <= label.clientWidth));
  await notebook.picture("widgets-slider-light");
});

test("A figure is drawn anew as its slider moves", async () => {
  await notebook.run(3);
  await notebook.cell(3).locator(".js-plotly-plot", { hasText: "5 Hz" }).waitFor();
  await handle(3).press("ArrowRight");
  await notebook.cell(3).locator(".js-plotly-plot", { hasText: "6 Hz" }).waitFor();
  await notebook.show(3);
  await notebook.picture("widgets-figure-light");
});

test("A bar set 20,000 times in a loop is full at its end, and a button counts", async () => {
  await notebook.run(4);
  await notebook.cell(4).locator(".progress-bar[style*='width: 100%']").waitFor();
  await notebook.cell(4).getByRole("button", { name: "Draw again" }).click();
  await notebook.cell(4).getByRole("button", { name: "Draw again" }).click();
  assert.match(await value(5), /1, 2/);
  await notebook.show(4);
  await notebook.picture("widgets-button-light");
});

test("A reloaded page has live controls again, in both themes", async () => {
  await notebook.page.waitForTimeout(800); // the still companions have followed
  await notebook.save();
  await notebook.page.reload();
  await notebook.page.locator(".jp-Cell").first().waitFor();
  await notebook.idle();
  await result(0, "HAHAHAHA?");
  await handle(0).press("ArrowRight");
  await result(0, "HAHAHAHAHA?");
  const dark = await openLab(browser, address(), "dark");
  await dark.idle();
  await dark.cell(0).locator(".noUi-handle").waitFor();
  await dark.show(0);
  await dark.picture("widgets-interact-dark");
  await dark.page.close();
});

test("A cell that runs again and again does not heap up models", async () => {
  const counts: number[] = [];
  for (let i = 0; i < 5; i++) {
    await notebook.run(1);
    await handle(1).waitFor();
    counts.push(await openModels(notebook, lab));
  }
  assert.equal(counts[4], counts[2], counts.join(" "));
  await handle(0).press("ArrowLeft");
  await result(0, "HAHAHAHA?");
});

test("Without its kernel a saved notebook shows what was last seen, not an error", async () => {
  await notebook.run(0);
  await result(0, "hohoho!");
  await handle(0).press("ArrowRight");
  await result(0, "hohohoho!");
  await notebook.page.waitForTimeout(800);
  await notebook.page.locator(".lyceum-still:visible").first().waitFor({ state: "hidden" });
  await notebook.menu("Kernel", "Shut Down Kernel");
  await notebook.save();
  await notebook.page.close();
  const later = await openLab(browser, address());
  await later.idle();
  await later.page.locator(".jp-OutputArea-output", { hasText: "model not found" }).first().waitFor({ state: "attached" });
  await later.cell(0).locator(".lyceum-still", { hasText: "times: 4" }).waitFor();
  assert.equal(await later.page.getByText("model not found").filter({ visible: true }).count(), 0);
  await later.picture("widgets-still");
  assert.deepEqual(later.foreign, []);
});

test("Nothing of all this left the machine", () => assert.deepEqual(notebook.foreign, []));
