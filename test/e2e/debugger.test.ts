import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { solutionNotebook, studentNotebook } from "../../lessons/format/index.js";
import { findLesson, readLesson } from "../../lessons/format/node/folders.js";
import { debuggerOf, startDebugLab, type DebugLab } from "./support/debugger.js";
import { openLab } from "./support/lab-page.js";

const cells = [
  "const rate = 0.1;\nlet w = tf.tensor2d([[1, -2], [3, 4]]);\nconst history: number[] = [];",
  "for (let step = 0; step < 3; step++) {\n  const gradient = w.mul(2);\n  const next = w.sub(gradient.mul(rate));\n  w = next as tf.Tensor2D;\n  history.push(w.norm().dataSync()[0]!);\n}\nhistory.length",
  "'the queued cell'",
  "import { scale } from './scale.ts';\nscale(21)",
];

let opened: DebugLab;
let notebook: DebugLab["notebook"];
let panel: DebugLab["panel"];

before(async () => {
  opened = await startDebugLab("debug.ipynb", cells);
  ({ notebook, panel } = opened);
});
after(() => opened?.stop());

test("The bug in the toolbar turns the debugger on, and a click in the gutter sets a breakpoint before the cell ran", async () => {
  await notebook.run(0);
  await panel.enable();
  await panel.gutter(1, 4);
  await panel.breakpoints.first().waitFor();
  assert.match(await panel.breakpoints.first().innerText(), /4/);
});

test("The running cell stops there: the line is lit, the stack names the cell, the tensor is in the variables", async () => {
  await panel.start(1);
  await panel.line("w = next");
  assert.match(await panel.frames.first().innerText(), /Cell \[/);
  await panel.variable("gradient").waitFor();
  assert.match(await panel.variable("gradient").innerText(), /Tensor float32 \[2, 2\]/);
  await panel.variable("gradient").locator("[slot=expand-collapse-icon], .expand-collapse-button").first().click().catch(() => panel.variable("gradient").click());
  await notebook.picture("debugger-light");
});

test("A cell sent meanwhile waits; step over goes to the next line; continue goes to the next turn of the loop", async () => {
  await panel.start(2);
  await panel.press("F10");
  await panel.line("history.push");
  assert.match(await notebook.cell(2).locator(".jp-InputPrompt").innerText(), /\*/);
  await panel.press("F9");
  await panel.line("w = next");
  await panel.variable("step").waitFor();
  assert.match(await panel.variable("step").innerText(), /1/);
});

test("The rich view draws a tensor", async () => {
  await panel.variable("gradient").hover();
  await panel.sidebar.locator(".jp-DebuggerVariables-renderVariable").first().click();
  await notebook.page.locator(".jp-DebuggerRichVariable table, .jp-VariableRenderer table, .jp-RenderedHTMLCommon table").first().waitFor();
  await notebook.picture("debugger-rich");
});

test("A page that is loaded again while paused finds the program paused, and continue brings it to its end", async () => {
  await notebook.save();
  await notebook.page.reload();
  await notebook.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell").first().waitFor();
  await panel.sidebar.waitFor({ state: "attached" });
  await panel.overlay.waitFor();
  await panel.press("F9");
  await panel.line("w = next");
  await panel.press("F9");
  await panel.highlight.waitFor({ state: "detached" });
  await notebook.idle();
});

test("Interrupting a paused cell frees it at once and takes the overlay away", async () => {
  await panel.start(1);
  await panel.line("w = next");
  await notebook.menu("Kernel", "Interrupt Kernel");
  await panel.overlay.waitFor({ state: "detached" });
  await notebook.cell(1).locator(".jp-OutputArea", { hasText: "Interrupted" }).waitFor();
  await notebook.idle();
});

test("A cell edited with a breakpoint keeps it on its line", async () => {
  await notebook.cell(1).locator(".cm-content").click();
  await notebook.page.keyboard.press("Control+End");
  await notebook.page.keyboard.type(";");
  await notebook.page.waitForTimeout(2000); // JupyterLab sends breakpoints of a changed cell a second later
  await panel.start(1);
  await panel.line("w = next");
  const before = await panel.breakpoints.count(); // JupyterLab keeps the old text's in its list
  await panel.gutter(1, 4);
  await panel.breakpoints.nth(before - 1).waitFor({ state: "detached" });
  await panel.press("F9");
  await notebook.idle();
});

test("Restarting the kernel while paused takes the overlay away, and the breakpoint still stops", async () => {
  await panel.gutter(1, 5);
  await panel.breakpoints.first().waitFor();
  await panel.start(1);
  await panel.line("history.push");
  await notebook.menu("Kernel", "Restart Kernel…");
  await notebook.page.locator(".jp-Dialog .jp-mod-accept").click();
  await panel.overlay.waitFor({ state: "detached" });
  await notebook.idle();
  await notebook.page.waitForTimeout(2000); // the panel attaches again by itself; nothing in the page tells when
  await panel.start(0);
  await panel.start(1);
  await panel.line("history.push");
});

test("The debugger is readable in a dark theme", async () => {
  await notebook.save();
  const dark = await openLab(opened.browser, opened.url, "dark");
  await debuggerOf(dark).overlay.waitFor();
  await debuggerOf(dark).press("F9");
  await debuggerOf(dark).line("history.push");
  await dark.picture("debugger-dark");
  await dark.page.close();
});

test("Turning the debugger off lets the program run to its end at full speed", async () => {
  await panel.disable();
  await panel.overlay.waitFor({ state: "detached" });
  await notebook.idle();
  assert.match(await notebook.cell(1).locator(".jp-OutputArea").innerText(), /3/);
});

test("A function of an imported file can be stepped into", async () => {
  await panel.enable();
  const before = await panel.breakpoints.count();
  await panel.gutter(3, 2);
  await panel.breakpoints.nth(before).waitFor();
  await panel.start(3);
  await panel.line("scale(21)");
  await panel.press("F11");
  await notebook.page.locator(".jp-DebuggerEditor-highlight", { hasText: "doubled" }).waitFor();
  assert.match(await panel.frames.first().innerText(), /scale/);
  await notebook.picture("debugger-file");
  await panel.press("F9");
  await notebook.idle();
  await panel.disable();
});

test("Lesson 05's faulty descent is found with a breakpoint, repaired, and its check passes", async () => {
  const lesson = await readLesson((await findLesson("regression"))!);
  const solved = solutionNotebook(lesson, "en");
  const student = studentNotebook(lesson, "en");
  const at = student.cells.findIndex(({ source }) => source.includes("function repaired("));
  const file = new URL(opened.lab.url).pathname.replace(/^.*\/tree\//, "");
  const cells = solved.cells.map((cell, index) => (index === at ? student.cells[at]! : cell));
  writeFileSync(join(opened.lab.work, decodeURIComponent(file)), JSON.stringify({ ...solved, cells }));
  const page = await openLab(opened.browser, opened.lab.url);
  const panel = debuggerOf(page);
  await page.idle();
  await panel.enable();
  for (const [index, { cell_type, source }] of solved.cells.entries()) {
    if (cell_type === "code" && index < at && /function (mse|gradient)\(|const (average|houses|area|x3)\b/.test(source)) await page.run(index);
  }
  await page.run(at);
  await page.show(at);
  await panel.gutter(at, student.cells[at]!.source.split("\n").findIndex((line) => line.includes("w -= rate")) + 1);
  await panel.breakpoints.first().waitFor();
  await page.type(at + 2, "repaired([1, 2, 3], [2, 3, 5], 0.1, 3).losses");
  await panel.start(at + 2);
  await panel.line("w -= rate");
  await panel.press("F9"); // in the first turn sum and slope agree; in the second they do not
  await panel.line("w -= rate");
  await panel.variable("total").waitFor();
  await page.show(at);
  await page.picture("debugger-lesson");
  await panel.disable();
  await page.idle();
  await page.type(at, solved.cells[at]!.source);
  await page.run(at);
  await page.run(at + 1);
  assert.match(await page.cell(at + 1).locator(".jp-OutputArea").innerText(), /passed/i);
});
