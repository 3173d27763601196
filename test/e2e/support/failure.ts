import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, type TestContext } from "node:test";
import type { Page } from "playwright-core";
import { projectRoot } from "../../support/root.js";

const pages = new Set<Page>();

/** Where a test fails while this page is open: a picture in test/artefacts, and in words what it shows, for a log that has no pictures. */
export function lookAtFailures(page: Page): void {
  pages.add(page);
  page.on("close", () => pages.delete(page));
}

afterEach(async (context) => {
  const { name = "", passed } = (context ?? {}) as Partial<TestContext & { passed: boolean }>;
  if (passed !== false) return;
  const folder = join(projectRoot, "test/artefacts");
  mkdirSync(folder, { recursive: true });
  for (const [i, page] of [...pages].entries()) {
    const texts = (selector: string): Promise<string[]> => page.locator(selector).allInnerTexts().catch(() => []);
    await page.screenshot({ path: join(folder, `failed-${name.replaceAll(/\W+/g, "-").slice(0, 80)}-${i}.png`), timeout: 5000 }).catch(() => {});
    const seen = [...(await texts(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Cell")), ...(await texts(".jp-DebuggerSidebar, .jp-Dialog"))];
    console.error([`page ${i} when "${name}" failed:`, ...seen.map((text) => `  ${text.replaceAll(/\s*\n\s*/g, " | ").slice(0, 300)}`)].join("\n"));
  }
});
