import { after } from "node:test";
import { chromium, type Browser } from "playwright-core";
import { findChromium, installChromiumHint } from "./chromium.js";

/** Quiet and the same everywhere: no first-run pages, no calls home; no sandbox, because tests may run as root. */
const switches = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** Ended with the test file, also where its `before` failed and nobody else will. */
const running = new Set<Browser>();
after(() => Promise.all([...running].map((browser) => browser.close())));

/** Start the browser that is on this machine, without a window; `more` switches for what one test alone wants. */
export async function launchChromium(more: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error(`no Chromium found: ${installChromiumHint()}`);
  const browser = await chromium.launch({ executablePath, args: [...switches, ...more] });
  running.add(browser);
  return browser;
}
