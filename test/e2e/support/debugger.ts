import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { launchChromium } from "../../support/launch.js";
import { openLab, type LabPage } from "./lab-page.js";
import { writeNotebook } from "./notebook.js";
import { startLab, type RunningLab } from "./start.js";

export interface DebugLab {
  browser: Browser;
  lab: RunningLab;
  notebook: LabPage;
  /** Address of the notebook, for a second page. */
  url: string;
  panel: ReturnType<typeof debuggerOf>;
  stop(): Promise<void>;
}

/** A notebook of these cells in a JupyterLab of its own, with `scale.ts` beside it. */
export async function startDebugLab(name: string, cells: string[]): Promise<DebugLab> {
  const [browser, lab] = await Promise.all([launchChromium(), startLab()]);
  writeNotebook(lab.work, name, cells);
  writeFileSync(join(lab.work, "scale.ts"), "export function scale(x: number): number {\n  const doubled = 2 * x;\n  return doubled;\n}\n");
  const url = `${lab.origin}/lab/tree/${name}?token=${lab.token}`;
  const notebook = await openLab(browser, url);
  await notebook.idle();
  return {
    browser, lab, notebook, url,
    panel: debuggerOf(notebook),
    async stop() {
      await browser.close();
      await lab.stop();
    },
  };
}

/** JupyterLab's debugger panel, as a learner uses it. */
export function debuggerOf({ page, cell, quiet }: LabPage) {
  const front = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)");
  const bug = front.locator(".jp-DebuggerBugButton[aria-disabled=false]");
  const sidebar = page.locator(".jp-DebuggerSidebar");
  const panel = {
    sidebar,
    highlight: page.locator(".jp-DebuggerEditor-highlight"),
    overlay: page.locator(".jp-DebuggerPausedOverlay, [data-jp-debugger-paused]"),
    frames: page.locator(".jp-DebuggerCallstackFrame"),
    breakpoints: page.locator(".jp-DebuggerBreakpoint"),
    variables: page.locator(".jp-DebuggerVariables-body"),
    async enable(): Promise<void> {
      await page.waitForTimeout(1500); // a page that was just opened may still take the click for another notebook's
      // JupyterLab may take the first click for the kernel that was there before: a person clicks again, and so do we.
      const pressed = front.locator(".jp-DebuggerBugButton[aria-pressed=true]");
      for (const patience of [10_000, 10_000, 30_000]) {
        await bug.click();
        if (await pressed.waitFor({ timeout: patience }).then(() => true, () => false)) break;
      }
      await pressed.waitFor();
      await front.locator(".cm-gutter.cm-breakpoint-gutter").first().waitFor({ state: "attached" });
    },
    async disable(): Promise<void> {
      await bug.click();
      await front.locator(".jp-DebuggerBugButton[aria-pressed=false]").waitFor();
    },
    /** Stop at exceptions: the menu is filled once the kernel has told what it offers. */
    async stopAtExceptions(filter: string): Promise<void> {
      const item = page.locator(".lm-Menu-item", { hasText: filter });
      for (let tries = 0; tries < 10 && !(await item.isVisible()); tries++) {
        await page.keyboard.press("Escape");
        await panel.button("Pause on exception filter");
        await item.waitFor({ timeout: 1000 }).catch(() => {});
      }
      await item.click();
    },
    /** Click beside line n of a cell. */
    async gutter(index: number, line: number): Promise<void> {
      const number = cell(index).locator(".cm-lineNumbers .cm-gutterElement", { hasText: new RegExp(`^${line}$`) });
      await number.scrollIntoViewIfNeeded();
      const box = (await number.boundingBox())!;
      // JupyterLab now and then gives an editor two of them, side by side; either takes the click.
      const gutter = (await cell(index).locator(".cm-gutter.cm-breakpoint-gutter").first().boundingBox())!;
      await page.mouse.click(gutter.x + gutter.width / 2, box.y + box.height / 2);
    },
    /** Click beside line n of the file that is open. */
    async gutterOfFile(text: string): Promise<void> {
      const editor = page.locator(".lm-DockPanel-widget:not(.lm-mod-hidden) .cm-editor:not(.jp-Notebook .cm-editor)", { hasText: text }).first();
      const line = (await editor.locator(".cm-line", { hasText: text }).boundingBox())!;
      const gutter = (await editor.locator(".cm-gutter.cm-breakpoint-gutter").first().boundingBox())!;
      await page.mouse.click(gutter.x + gutter.width / 2, line.y + line.height / 2);
    },
    /**
     * Start a cell without waiting for its end. After a look: JupyterLab, while it takes up a notebook that came to the
     * front, dumps every cell and then empties the call stack, also where a cell has stopped meanwhile.
     */
    async start(index: number): Promise<void> {
      await quiet();
      await cell(index).locator(".cm-content").click();
      await page.keyboard.press("Control+Enter");
    },
    /** F9 continue, F10 step over, F11 step in, Shift+F11 step out. */
    async press(key: string): Promise<void> {
      await quiet();
      await page.keyboard.press(key);
    },
    /** The highlighted line's text. */
    async line(text: string): Promise<void> {
      await page.locator(".jp-DebuggerEditor-highlight", { hasText: text }).waitFor();
    },
    /** After a look: where the program goes on while JupyterLab still reads where it stands, the line it then marks stays marked for ever. */
    async button(title: string): Promise<void> {
      await quiet();
      await sidebar.locator(`[title="${title}"]`).first().click();
    },
    variable: (name: string) => sidebar.locator(".jp-DebuggerVariables-body li, .jp-DebuggerVariables-body [role=treeitem]", { hasText: new RegExp(`(?<![\\w$])${name}`) }).first(),
  };
  return panel;
}
