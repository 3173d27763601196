import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startDebugLab, type DebugLab } from "./support/debugger.js";

const cells = [
  "function fails(x: number): number {\n  const hidden = [x, 2 * x];\n  if (x > 1) throw new Error('on purpose');\n  return hidden.length;\n}\nfails(1);\nfails(2);",
  "import { scale } from './scale.ts';\nscale(21)",
  "let seen = 0;\nfor (let i = 0; i < 90; i++) {\n  seen = i; // break if i > 41\n}",
  "kept.length",
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

test("A local .ts file is listed among the sources and opens", async () => {
  await notebook.run(1);
  const { page } = notebook;
  await panel.sidebar.locator(".jp-DebuggerKernelSource-source, .jp-DebuggerKernelSources-body div", { hasText: "scale.ts" }).last().click();
  const editor = page.locator(".jp-FileEditor, .jp-CodeMirrorEditor, .jp-Editor-Dialog, .lm-DockPanel-widget:not(.lm-mod-hidden)", { hasText: "const doubled" }).last();
  await editor.locator(".cm-line", { hasText: "const doubled" }).waitFor();
  await notebook.picture("debugger-source");
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
