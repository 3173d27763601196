import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Browser } from "playwright-core";
import { projectRoot } from "../support/root.js";
import { launchChromium } from "../support/launch.js";
import { buildSite, type SiteReport } from "../../site/build/site.js";

describe("the lesson site", { timeout: 300_000 }, () => {
  let folder: string, report: SiteReport, server: Server, browser: Browser, address: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "lyceum-site-test-"));
    // Two lessons stand for all: the tests run every lesson elsewhere.
    report = await buildSite({ out: folder, lessons: ["start", "regression"] });
    server = serve(folder).listen(0, "127.0.0.1");
    await new Promise((done) => server.once("listening", done));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    server?.close();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  test("a lesson has a page in English and in Chinese, with the outputs of a real run", async () => {
    for (const language of ["en", "zh"]) {
      const page = await readFile(join(folder, language, "05-regression.html"), "utf8");
      assert.match(page, /12\.666666666666666/);
      assert.ok(page.split("<svg ").length > 7, "plots are drawn");
      assert.match(page, language === "en" ? /Tensor float32 \[2340, 12\]/ : /<html lang="zh-Hans">/);
    }
  });

  test("pages hold no inline script, no inline style and no address of another host but links that a reader may follow", async () => {
    for (const path of report.pages) {
      const page = await readFile(join(folder, path), "utf8");
      assert.doesNotMatch(page, /<script(?![^>]*src=)|<style|\sstyle=|\son[a-z]+=|javascript:/i, path);
      assert.doesNotMatch(page.replace(/xmlns="[^"]*"/g, "").replace(/<a href="https:[^"]*" rel="noreferrer">/g, ""), /https?:\/\//, path);
    }
  });

  test("every link within the site leads somewhere", async () => {
    for (const path of report.pages) {
      const page = await readFile(join(folder, path), "utf8");
      for (const [, target] of page.matchAll(/(?:href|src)="([^"]+)"/g)) {
        if (/^(data|https):/.test(target)) continue;
        const [file, anchor] = target.split("#");
        if (file) assert.ok(existsSync(join(folder, path, "..", file)), `${path} -> ${target}`);
        else assert.ok(page.includes(`id="${anchor}"`), `${path} -> ${target}`);
      }
    }
  });

  for (const [language, colorScheme] of [["en", "light"], ["en", "dark"], ["zh", "light"], ["zh", "dark"]] as const) {
    test(`the ${language} page in the ${colorScheme} theme is accessible, quiet, and fits a phone`, async () => {
      const context = await browser.newContext({ colorScheme, viewport: { width: 390, height: 800 } });
      const page = await context.newPage();
      const noise: string[] = [], foreign: string[] = [];
      page.on("console", (message) => noise.push(message.text()));
      page.on("pageerror", (error) => noise.push(String(error)));
      page.on("request", (request) => request.url().startsWith(address) || request.url().startsWith("data:") || foreign.push(request.url()));
      await page.goto(`${address}/${language}/05-regression.html`);
      await page.waitForLoadState("networkidle");
      assert.deepEqual({ noise, foreign }, { noise: [], foreign: [] });
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
      // Through the debugger, so that the page's own policy stays as strict as it is.
      await page.evaluate(await readFile(join(projectRoot, "node_modules/axe-core/axe.min.js"), "utf8"));
      const violations = await page.evaluate(async () => {
        const axe = (globalThis as unknown as { axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> } }).axe;
        const found = await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] });
        return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)} ${nodes[0].failureSummary ?? ""}`);
      });
      assert.deepEqual(violations, []);
      await context.close();
    });
  }

  test("without scripts the lesson, its hints, solutions and answers can still be read", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${address}/en/05-regression.html`);
    await page.getByText("Solution", { exact: true }).first().click();
    assert.ok(await page.getByText("return average(predicted.map").first().isVisible());
    await context.close();
  });

  test("the theme button changes the theme, and the choice is remembered", async () => {
    const page = await browser.newPage({ colorScheme: "light" });
    await page.goto(`${address}/en/05-regression.html`);
    const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await paper();
    await page.click("#theme");
    const dark = await paper();
    assert.notEqual(dark, light);
    await page.reload();
    assert.equal(await paper(), dark);
    await page.close();
  });
});

const types: Record<string, string> = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript" };

/** A static server for one folder, on loopback. */
function serve(folder: string): Server {
  return createServer(async (request, response) => {
    const path = normalize(new URL(request.url ?? "/", "http://localhost").pathname).replace(/^(\.\.[/\\])+/, "");
    try {
      response.setHeader("content-type", types[extname(path)] ?? "application/octet-stream");
      response.end(await readFile(join(folder, path)));
    } catch {
      response.writeHead(404).end();
    }
  });
}
