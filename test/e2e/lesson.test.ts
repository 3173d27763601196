import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { solutionNotebook, studentNotebook, type Notebook } from "../../lessons/format/index.js";
import { findLesson, lessonFolders, readLesson } from "../../lessons/format/node/folders.js";
import { launchChromium } from "../support/launch.js";
import { openLab, type LabPage } from "./support/lab-page.js";
import { startLab, type RunningLab } from "./support/start.js";

let browser: Browser;
let lab: RunningLab;
let student: Notebook;
let solved: Notebook;
/** Where lesson 05 is open. */
let address: string;

before(async () => {
  [browser, lab] = await Promise.all([launchChromium(), startLab({ args: ["--language", "en"] })]);
  const lesson = await readLesson((await findLesson("regression"))!);
  address = lab.url.replace(/lab\/tree\/[^?]+/, "lab/tree/en/05-regression.ipynb");
  [student, solved] = [studentNotebook(lesson, "en"), solutionNotebook(lesson, "en")];
});
after(async () => {
  await browser?.close();
  await lab?.stop();
});

const indexesOf = (...roles: string[]) => solved.cells.flatMap(({ metadata }, index) => (roles.includes(metadata.lyceum?.role ?? "") ? [index] : []));

/** Run everything and wait until the last code cell has run, which is queued behind all others. */
async function runAll(page: LabPage): Promise<void> {
  const last = student.cells.findLastIndex(({ cell_type }) => cell_type === "code");
  await page.menu("Run", "Run All Cells");
  await page.cell(last).locator(".jp-InputPrompt", { hasText: /\[\d+\]/ }).waitFor({ timeout: 240_000 });
  await page.idle();
}

async function progress(page: LabPage): Promise<{ now: number; max: number }> {
  const bar = page.cell(indexesOf("check").at(-1)!).getByRole("progressbar");
  await page.show(indexesOf("check").at(-1)!);
  await bar.waitFor();
  return { now: Number(await bar.getAttribute("aria-valuenow")), max: Number(await bar.getAttribute("aria-valuemax")) };
}

test("The address that `lyceum start` prints opens the first lesson, with nothing in the way", async () => {
  const first = await readLesson((await lessonFolders())[0]!);
  const cells = studentNotebook(first, "en").cells.length;
  const page = await openLab(browser, lab.url);
  await page.idle();
  assert.ok((await page.cell(0).innerText()).includes(first.title.en));
  await page.cell(cells - 1).waitFor({ state: "attached" });
  assert.equal(await page.page.locator(".jp-Cell").count(), cells);
  assert.equal(await page.page.locator(".jp-Dialog, .Toastify__toast").count(), 0);
  assert.deepEqual(page.foreign, []);
  await page.picture("lesson-first-sight");
  await page.page.close();
});

test("A student solves every task in JupyterLab: each check passes and the progress is full", async () => {
  const page = await openLab(browser, address);
  await page.idle();
  await page.cell(student.cells.length - 1).waitFor({ state: "attached" });
  for (const index of indexesOf("task", "answer")) await page.type(index, solved.cells[index]!.source);
  await runAll(page);
  const checks = indexesOf("check");
  assert.ok(checks.length > 5, `${checks.length} checks`);
  for (const index of checks) {
    const said = await page.cell(index).locator(".jp-Cell-outputArea").textContent();
    assert.match(said ?? "", /passed/i, `cell ${index}: ${said}`);
  }
  const contour = indexesOf("given").find((cell) => /plot\.contour/.test(solved.cells[cell]!.source))!;
  for (const [name, index] of [["check", checks[0]!], ["plot", contour], ["last-check", checks.at(-1)!]] as const) {
    await page.show(index);
    await page.picture(`lesson-${name}-light`);
  }
  const { now, max } = await progress(page);
  assert.equal(now, max);
  assert.ok((await page.page.locator(".js-plotly-plot").count()) >= 3);
  assert.equal(await page.page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count(), 0);
  assert.deepEqual(page.foreign, []);
  await page.save();
  await page.page.close();
});

test("The solved lesson is readable in a dark theme", async () => {
  const page = await openLab(browser, address, "dark");
  await page.idle();
  const check = page.cell(indexesOf("check")[0]!);
  await page.show(indexesOf("check")[0]!);
  await check.getByRole("progressbar").waitFor();
  await page.picture("lesson-check-dark");
  await page.page.close();
});

test("The untouched lesson runs to its end in Chinese: no task passes, and each says what to do", async () => {
  const page = await openLab(browser, address.replace("/en/", "/zh/"));
  await page.idle();
  for (const index of indexesOf("task", "check").slice(0, 2)) {
    await page.run(index);
  }
  const check = page.cell(indexesOf("check")[0]!);
  await check.getByRole("progressbar").waitFor();
  assert.doesNotMatch(await check.locator(".jp-OutputArea").innerText(), /通过 2/);
  await page.picture("lesson-zh");
});
