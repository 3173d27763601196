import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { launchChromium } from "../support/launch.js";
import { openLab } from "./support/lab-page.js";
import { writeNotebook } from "./support/notebook.js";
import { startLab, type RunningLab } from "./support/start.js";

let browser: Browser;
let lab: RunningLab;

before(async () => {
  [browser, lab] = await Promise.all([launchChromium(), startLab()]);
});
after(async () => {
  await browser?.close();
  await lab?.stop();
});

test("JupyterLab opens calmly: the notebook in front, its kernel idle, no question, no toast, no request to another host", async () => {
  writeNotebook(lab.work, "first.ipynb", ["1 + 1"]);
  const { page, foreign, idle, picture } = await openLab(browser, `${lab.origin}/lab/tree/first.ipynb?token=${lab.token}`);
  await idle();
  assert.equal(await page.locator(".lm-TabBar-tab.lm-mod-current.jp-mod-current").innerText(), "first.ipynb");
  assert.equal(await page.locator(".jp-Dialog").count(), 0);
  assert.equal(await page.locator(".Toastify__toast").count(), 0);
  assert.deepEqual(foreign, []);
  await picture("first-sight");
});

test("JupyterLab offers the Lyceum kernel first", async () => {
  const { page, picture } = await openLab(browser, `${lab.origin}/lab/tree/first.ipynb?token=${lab.token}`);
  await page.locator(".jp-Notebook").waitFor();
  await page.keyboard.press("Control+Shift+L");
  const names = page.locator(".jp-Launcher-section").first().locator(".jp-LauncherCard");
  await names.first().waitFor();
  assert.match(await names.first().innerText(), /TypeScript \(Lyceum\)/);
  await picture("launcher");
});
