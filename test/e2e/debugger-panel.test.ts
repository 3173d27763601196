import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startDebugLab, type DebugLab } from "./support/debugger.js";

const cells = [
  "function fails(x: number): number {\n  const hidden = [x, 2 * x];\n  if (x > 1) throw new Error('on purpose');\n  return hidden.length;\n}\nfails(1);\nfails(2);",
  "import { scale } from './scale.ts';\nscale(21)",
  "let seen = 0;\nfor (let i = 0; i < 90; i++) {\n  seen = i; // break if i > 41\n}",
  "kept.length",
  "function inner(x: number) {\n  const y = x + 1;\n  return y;\n}\nawait new Promise((go) => setTimeout(go, 10));\nlet late = inner(1);\nlate = inner(late);\nlate",
  "let on = true;\nlet turns = 0;\nconsole.log('going');\nwhile (on) {\n  turns++;\n}",
  "let alive = 1;\ndebugger;\nalive = 2;",
];

let opened: DebugLab;
let notebook: DebugLab["notebook"];
let panel: DebugLab["panel"];

before(async () => {
  opened = await startDebugLab("panel.ipynb", cells);
  ({ notebook, panel } = opened);
  await panel.enable();
});
after(() => opened?.stop());

test("Pause on exceptions, chosen in the panel, stops where an error is thrown that nobody catches", async () => {
  await panel.stopAtExceptions("uncaught");
  await panel.start(0);
  await panel.line("throw new Error");
  assert.deepEqual((await panel.frames.allInnerTexts()).map((text) => text.split("\n")[0]), ["fails", "(cell)"]);
  await notebook.picture("debugger-exception");
});

test("The console evaluates TypeScript in the paused frame, and a local can be copied to the globals", async () => {
  await panel.button("Evaluate Code");
  const { page } = notebook;
  await page.locator(".jp-DebugConsole-widget .jp-CodeConsole-promptCell .cm-content").click();
  await page.keyboard.insertText("(hidden as number[]).map((n) => n + 1)");
  await page.keyboard.press("Shift+Enter");
  await page.locator(".jp-DebugConsole-widget .jp-OutputArea", { hasText: "[ 3, 5 ]" }).waitFor();
  await notebook.picture("debugger-console");
  await panel.variable("hidden").click({ button: "right" });
  await page.locator(".lm-Menu-item", { hasText: "Copy Variable to Globals" }).click();
  await panel.button("Continue (F9)");
  await panel.highlight.waitFor({ state: "detached" });
  await notebook.type(3, "hidden.length");
  await notebook.run(3);
  assert.match(await notebook.cell(3).locator(".jp-OutputArea").innerText(), /2/);
});

test("A condition in a comment stops at the turn it names", async () => {
  const { page } = notebook;
  await page.locator(".lm-TabBar-tabLabel", { hasText: "panel.ipynb" }).first().click();
  await panel.gutter(2, 3);
  await panel.breakpoints.first().waitFor();
  await panel.start(2);
  await panel.line("seen = i");
  await panel.sidebar.locator(".jp-DebuggerVariables-body", { hasText: /\bi:?\s*42/ }).first().waitFor();
  await panel.gutter(2, 3);
  await panel.breakpoints.first().waitFor({ state: "detached" });
  await panel.press("F9");
  await notebook.idle();
});

test("A line after an await stops; step in and step out go into a function and back", async () => {
  await panel.gutter(4, 6);
  await panel.breakpoints.first().waitFor();
  await panel.start(4);
  await panel.line("let late");
  await panel.press("F11");
  await panel.line("const y");
  await panel.press("Shift+F11");
  await panel.line("late = inner(late)");
  await panel.button("Continue (F9)");
  await notebook.idle();
  await panel.button("Remove All Breakpoints");
  await notebook.page.locator(".jp-Dialog .jp-mod-accept").click();
  await panel.breakpoints.first().waitFor({ state: "detached" });
});

test("The pause button stops a busy loop, and an interrupt frees it", async () => {
  await panel.start(5);
  await notebook.cell(5).locator(".jp-OutputArea", { hasText: "going" }).waitFor();
  await panel.button("Pause (F9)");
  await panel.overlay.waitFor();
  await panel.highlight.waitFor();
  await notebook.menu("Kernel", "Interrupt Kernel");
  await panel.overlay.waitFor({ state: "detached" });
  await notebook.idle();
});

test("When the process dies while paused the overlay goes, the loss is told, and the debugger goes on", async () => {
  await panel.start(6);
  await panel.line("debugger;");
  const { page } = notebook;
  await page.locator(".jp-DebugConsole-widget .jp-CodeConsole-promptCell .cm-content").click();
  await page.keyboard.insertText("process.kill(process.pid, 'SIGKILL')");
  await page.keyboard.press("Shift+Enter");
  await panel.overlay.waitFor({ state: "detached" });
  await notebook.cell(6).locator(".jp-OutputArea", { hasText: "variables are lost" }).waitFor();
  await notebook.idle();
  await panel.start(6);
  await panel.line("debugger;");
  await panel.button("Continue (F9)");
  await notebook.idle();
});

test("A local .ts file is listed among the sources, opens, and a breakpoint in it stops", async () => {
  await notebook.run(1);
  const { page } = notebook;
  await panel.sidebar.locator(".jp-DebuggerKernelSource-source, .jp-DebuggerKernelSources-body div", { hasText: "scale.ts" }).last().click();
  await page.locator(".lm-DockPanel-widget:not(.lm-mod-hidden) .cm-line", { hasText: "const doubled" }).waitFor();
  await notebook.picture("debugger-source");
  await panel.gutterOfFile("return doubled");
  await panel.breakpoints.first().waitFor();
  await page.locator(".lm-TabBar-tabLabel", { hasText: "panel.ipynb" }).first().click();
  await panel.start(1);
  await panel.frames.filter({ hasText: "scale" }).waitFor();
  await panel.button("Continue (F9)");
  await panel.overlay.waitFor({ state: "detached" });
  await page.locator(".lm-TabBar-tabLabel", { hasText: "panel.ipynb" }).first().click(); // the panel had brought the file to the front
  await notebook.idle();
});
