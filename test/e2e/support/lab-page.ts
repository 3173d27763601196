import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { projectRoot } from "../../support/root.js";
import { lookAtFailures } from "./failure.js";

export interface LabPage {
  page: Page;
  /** Hosts other than the server that the page asked for something: must stay empty. */
  foreign: string[];
  cell(index: number): Locator;
  /** Put the cursor into a cell and replace its text. */
  type(index: number, text: string): Promise<void>;
  /** Run a cell and wait until it is no longer running. */
  run(index: number): Promise<void>;
  /** Choose an entry of JupyterLab's menu: `Kernel`, `Restart Kernel…`. */
  menu(...path: string[]): Promise<void>;
  /** The notebook is connected to our kernel, which waits for work. */
  idle(): Promise<void>;
  /** Save, and wait until the file is written. */
  save(): Promise<void>;
  /** Scroll a cell into the middle. JupyterLab guesses the heights of cells it has not drawn, so the first try may miss. */
  show(index: number): Promise<void>;
  /** The page and the kernel have said nothing to each other for a moment: what is drawn is what they agreed on. */
  quiet(): Promise<void>;
  /** Keep a screenshot in test/artefacts, for people to look at. */
  picture(name: string): Promise<void>;
}

/** Open an address of a running JupyterLab and wait for its notebook. */
export async function openLab(browser: Browser, url: string, colorScheme: "light" | "dark" = "light"): Promise<LabPage> {
  const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, colorScheme });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  lookAtFailures(page);
  const foreign: string[] = [];
  const own = new URL(url).host;
  page.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    if (/^(https?|wss?):$/.test(protocol) && host !== own) foreign.push(request.url());
  });
  const talk = listen(page);
  await page.goto(url);
  await page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell").first().waitFor();

  const cell = (index: number) => page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook > * .jp-Cell, .jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook > .jp-Cell").nth(index);
  const idle = async () => {
    await page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Toolbar-kernelName", { hasText: "TypeScript (Lyceum)" }).waitFor();
    await page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook-ExecutionIndicator[data-status='idle']").waitFor();
  };
  /** JupyterLab leaves out what is inside cells that are out of sight, and things above a cell are still drawn, which moves it: a click may miss. */
  const focus = async (index: number) => {
    for (const patience of [1000, 3000, 10_000]) {
      await cell(index).evaluate((element) => element.scrollIntoView({ block: "center" }));
      if (!(await cell(index).locator(".cm-content").click({ timeout: 2 * patience }).then(() => true, () => false))) continue;
      const focused = cell(index).locator(".cm-editor.cm-focused");
      if (await focused.waitFor({ timeout: patience }).then(() => true, () => false)) return;
    }
    throw new Error(`cell ${index} does not take the focus`);
  };
  const menu = async (...path: string[]) => {
    await page.locator(".lm-MenuBar-itemLabel", { hasText: new RegExp(`^${path[0]}$`) }).click();
    for (const name of path.slice(1)) await page.locator(".lm-Menu-item", { has: page.locator(".lm-Menu-itemLabel", { hasText: name }) }).first().click();
  };
  return {
    page,
    foreign,
    cell,
    idle,
    async type(index, text) {
      await focus(index);
      await page.keyboard.press("Control+a");
      await page.keyboard.insertText(text);
    },
    async run(index) {
      const prompt = cell(index).locator(".jp-InputPrompt");
      const before = await prompt.innerText();
      await focus(index);
      await page.keyboard.press("Control+Enter");
      await prompt.and(page.locator(":not(:has-text('[*]'))")).filter({ hasText: /\[\d+\]/, hasNotText: before }).waitFor();
    },
    menu,
    async save() {
      await menu("File", "Save Notebook");
      await page.locator(".lm-DockPanel-tabBar .jp-mod-current.jp-mod-dirty").waitFor({ state: "detached" });
    },
    async show(index) {
      for (const _ of [1, 2, 3]) {
        await cell(index).evaluate((element) => element.scrollIntoView({ block: "center" }));
        await page.evaluate(settled);
      }
    },
    async quiet() {
      const until = performance.now() + 10_000; // a loop may print for ever
      for (let before = -1; before !== talk.last() && performance.now() < until; ) {
        while ((talk.open() > 0 || performance.now() - talk.last() < 250) && performance.now() < until) await page.waitForTimeout(50);
        before = talk.last();
        await page.evaluate(settled); // a slow page may only now send what follows from an answer
      }
    },
    async picture(name) {
      await page.evaluate(settled);
      const folder = join(projectRoot, "test/artefacts");
      mkdirSync(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${name}.png`) });
    },
  };
}

/** What page and kernel say to each other: when last, and how many questions of the debugger are not answered yet. */
function listen(page: Page): { last(): number; open(): number } {
  let last = performance.now();
  let open = 0;
  const says = (payload: string | Buffer, type: string): boolean => payload.slice(0, 2000).toString("latin1").replaceAll(" ", "").includes(`"msg_type":"${type}"`);
  page.on("websocket", (socket) => {
    let asked = 0; // of this connection: what a lost one was asked is answered by nobody
    const count = (change: number): void => {
      last = performance.now();
      asked += change;
      open += change;
    };
    socket.on("framesent", ({ payload }) => count(says(payload, "debug_request") ? 1 : 0));
    socket.on("framereceived", ({ payload }) => count(says(payload, "debug_reply") ? -1 : 0));
    socket.on("close", () => count(-asked));
  });
  return { last: () => last, open: () => open };
}

/** In the page: what was scrolled into view has been measured and drawn. */
function settled(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(() => resolve(), { timeout: 1000 }))));
}
