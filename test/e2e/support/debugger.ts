import type { LabPage } from "./lab-page.js";

/** JupyterLab's debugger panel, as a learner uses it. */
export function debuggerOf({ page, cell }: LabPage) {
  const frontBug = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-DebuggerBugButton").locator("visible=true").first();
  const sidebar = page.locator(".jp-DebuggerSidebar");
  const panel = {
    sidebar,
    highlight: page.locator(".jp-DebuggerEditor-highlight"),
    overlay: page.locator(".jp-DebuggerPausedOverlay, [data-jp-debugger-paused]"),
    frames: page.locator(".jp-DebuggerCallstackFrame"),
    breakpoints: page.locator(".jp-DebuggerBreakpoint"),
    variables: page.locator(".jp-DebuggerVariables-body"),
    async enable(): Promise<void> {
      await frontBug.click();
      await sidebar.waitFor();
      await page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .cm-gutter.cm-breakpoint-gutter").first().waitFor({ state: "attached" });
    },
    async disable(): Promise<void> {
      await frontBug.click();
    },
    /** Click beside line n of a cell. */
    async gutter(index: number, line: number): Promise<void> {
      const number = cell(index).locator(".cm-lineNumbers .cm-gutterElement", { hasText: new RegExp(`^${line}$`) });
      await number.waitFor();
      const box = (await number.boundingBox())!;
      const gutter = (await cell(index).locator(".cm-gutter.cm-breakpoint-gutter").boundingBox())!;
      await page.mouse.click(gutter.x + gutter.width / 2, box.y + box.height / 2);
    },
    /** Start a cell without waiting for its end. */
    async start(index: number): Promise<void> {
      await cell(index).locator(".cm-content").click();
      await page.keyboard.press("Control+Enter");
    },
    /** F9 continue, F10 step over, F11 step in, Shift+F11 step out. */
    press: (key: string): Promise<void> => page.keyboard.press(key),
    /** The highlighted line's text. */
    async line(text: string): Promise<void> {
      await page.locator(".jp-DebuggerEditor-highlight", { hasText: text }).waitFor();
    },
    button: (title: string): Promise<void> => sidebar.locator(`[title="${title}"]`).first().click(),
    variable: (name: string) => sidebar.locator(".jp-DebuggerVariables-body li, .jp-DebuggerVariables-body [role=treeitem]", { hasText: new RegExp(`(?<![\\w$])${name}`) }).first(),
  };
  return panel;
}
