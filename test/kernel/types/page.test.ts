import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { analyzeCell } from "../../../kernel/cell/index.js";
import { createClassicCompiler } from "../../../kernel/types/classic/compiler.js";
import { createMapHost } from "../../../kernel/types/classic/map-host.js";
import { inProcess } from "../../../kernel/types/compiler.js";
import { createNotebookTypes } from "../../../kernel/types/service.js";
import { projectRoot } from "../../../kernel/root.js";

const require = createRequire(import.meta.url);

test("a page checks, completes and hovers with a map of files and nothing else", async () => {
  const library = dirname(require.resolve("typescript6"));
  const files = new Map<string, string>();
  for (const name of readdirSync(library)) if (/^lib\..*d\.ts$/.test(name)) files.set(`/lib/${name}`, readFileSync(join(library, name), "utf8"));
  files.set("/node_modules/tiny/package.json", '{ "name": "tiny", "types": "index.d.ts" }');
  files.set("/node_modules/tiny/index.d.ts", "export declare function tiny(x: number): string;");
  const host = createMapHost(files);
  const types = createNotebookTypes(inProcess(host, createClassicCompiler(host, { typescript: require("typescript6") as never, library: "/lib" })), "zh");
  const cell = (source: string) => ({ source, facts: analyzeCell(source) });
  const first = cell('import { tiny } from "tiny"; const word = tiny(2)');
  assert.deepEqual(await types.check(first), []);
  types.keep(first);
  const [found] = await types.check(cell("word.lenght"));
  assert.equal(found!.code, 2551);
  assert.match(found!.plain!, /请改正拼写/);
  assert.deepEqual((await types.complete("word.toUp", 9)).items, [{ text: "toUpperCase", kind: "method" }]);
  assert.equal((await types.hover("word", 4))!.signature, "const word: string");
  await types.dispose();
});

test("what a page needs of the type service imports nothing from Node", () => {
  const folder = join(projectRoot(), "kernel/types");
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, name] of readFileSync(file, "utf8").matchAll(/^(?:import|export)\b[^;]*?from "([^"]+)"/gm)) {
      assert.ok(!name!.startsWith("node:"), `${file} imports ${name}`);
      if (name!.startsWith(".") && !name!.includes("${")) visit(join(dirname(file), name!.replace(/\.js$/, ".ts")));
    }
  };
  for (const file of ["service.ts", "classic/compiler.ts", "classic/map-host.ts"]) visit(join(folder, file));
  assert.ok(seen.size > 10);
});
