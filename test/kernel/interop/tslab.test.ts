import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Kernel } from "../../support/jupyter.js";
import { projectRoot } from "../../support/root.js";
import { seen, startTslab } from "./support.js";

/** The build that holds this test, as `npm install FOLDER` would put it beside a notebook. */
const build = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const folder = mkdtempSync(join(tmpdir(), "lyceum-tslab-"));
let kernel: Kernel;

before(async () => {
  const home = join(folder, "node_modules/lyceum");
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "package.json"), readFileSync(join(projectRoot, "package.json")));
  symlinkSync(build, join(home, "dist"), "junction");
  assert.ok(existsSync(join(home, "dist/kernel/index.js")));
  kernel = await startTslab({ cwd: folder });
});
after(async () => {
  await kernel?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function printed(code: string): Promise<string> {
  const cell = seen(await kernel.execute(code));
  assert.equal(cell.status, "ok", `${code}\n${cell.stderr}`);
  return cell.text.trim();
}

test("The helpers load in the stock tslab kernel with one line, of which the package is installed beside the notebook.", async () => {
  assert.equal(await printed('const { data, plot, train } = require("lyceum");\nconsole.log(typeof data.load, typeof plot.line, typeof train.progress)'), "function function function");
});

test("In tslab, data gives its rows and plot a figure that tslab shows as SVG.", async () => {
  assert.equal(await printed('const houses = await data.load("ames");\nconsole.log(houses.length)'), "2930");
  const shown = seen(await kernel.execute('import { display } from "tslab";\ndisplay.svg(plot.svg(plot.line({ loss: [3, 2, 1] })));')).shown;
  assert.match(String(shown[0]?.["image/svg+xml"]), /^<svg.*loss.*<\/svg>$/s);
});

test("In tslab, training progress is told in lines of text, and its history is kept.", async () => {
  const cell = seen(await kernel.execute("const watched = train.progress({ steps: 5 });\nfor (const step of watched) watched.step({ loss: 1 / (step + 1) });\nconsole.log(watched.history.loss.length)"));
  assert.equal(cell.text, "5\n");
  assert.match(cell.stderr, /5.*5/);
});

test("A single helper is imported in tslab by its own path, as a module that is only ESM.", async () => {
  assert.equal(await printed('const { bar } = await import("lyceum/plot" as string);\nconsole.log(bar({ a: 1, b: 2 }).data[0].type)'), "bar");
});
