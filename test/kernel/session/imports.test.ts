import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openNotebook, plain, type Notebook } from "./support.js";

function write(notebook: Notebook, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(notebook.folder, name, ".."), { recursive: true });
    writeFileSync(join(notebook.folder, name), text);
  }
}

test("ES modules, CommonJS, JSON and built-ins are imported from the notebook's folder upward", async (t) => {
  const notebook = openNotebook(t);
  write(notebook, {
    "node_modules/only-esm/package.json": `{ "name": "only-esm", "type": "module", "exports": "./index.js" }`,
    "node_modules/only-esm/index.js": `export const kind = "esm"; export default function () { return "default" }; await null;`,
    "node_modules/old/index.js": `exports.name = "cjs"; exports["late" + "Name"] = "found";`,
    "data.json": `{ "rows": [1, 2] }`,
  });
  assert.equal(await notebook.value(`import make, { kind } from "only-esm"; kind + " " + make()`), "'esm default'");
  assert.equal(await notebook.value(`import { name, lateName } from "old"; import * as all from "old"; [name, lateName, all.name].join()`), "'cjs,found,cjs'");
  assert.equal(await notebook.value(`import data from "./data.json"; data.rows.length`), "2");
  assert.equal(await notebook.value(`import { sep } from "node:path"; import fs from "fs"; sep + typeof fs.readFileSync`), "'/function'");
  assert.equal(await notebook.value(`const later = await import("only-esm"); later.kind`), "'esm'");
  assert.equal(await notebook.value(`require("old").name + require("./data.json").rows[1]`), "'cjs2'");
  assert.equal(await notebook.value(`import { parse } from "acorn"; typeof parse`), "'function'");
});

test("Local TypeScript files are imported with enums, decorators, JSX-free types and each other", async (t) => {
  const notebook = openNotebook(t);
  write(notebook, {
    "lib/shapes.ts": `import { Unit, type Area } from "./units";\nexport enum Kind { Square = 4 }\nexport function area(side: number): Area { return { value: side * side, unit: Unit.m } }`,
    "lib/units.ts": `export enum Unit { m = "m2" }\nexport interface Area { value: number; unit: Unit }`,
    "marked.ts": `function mark(value: unknown, context: ClassDecoratorContext) { return value as never }\n@mark export class Marked { kind = "marked" }\nnamespace Inner { export const deep = 3 }\nexport const deep = Inner.deep;`,
    "plain.js": `export const plain = "js";`,
    "old.cjs": `module.exports = { old: true };`,
  });
  assert.equal(await notebook.value(`import { area, Kind } from "./lib/shapes"; const { value, unit } = area(3); [value, unit, Kind.Square].join()`), "'9,m2,4'");
  assert.equal(await notebook.value(`import { Marked, deep } from "./marked.ts"; new Marked().kind + deep`), "'marked3'");
  assert.equal(await notebook.value(`import { plain } from "./plain.js"; import { old } from "./old.cjs"; plain + old`), "'jstrue'");
  assert.equal(await notebook.value(`(await import("./lib/shapes.js")).area(2).value`), "4");
  assert.equal(await notebook.value(`require("./lib/units.ts").Unit.m`), "'m2'");
});

test("A local file is loaded anew when it or what it imports changed, and otherwise keeps its state", async (t) => {
  const notebook = openNotebook(t);
  write(notebook, {
    "a.ts": `import { step } from "./b";\nexport const state = { n: 0 };\nexport const bump = () => (state.n += step);`,
    "b.ts": `export const step = 1;`,
    "c.ts": `import { state } from "./a";\nexport const read = () => state.n;`,
  });
  assert.equal(await notebook.value(`import { bump } from "./a"; import { read } from "./c"; bump(); bump(); read()`), "2");
  assert.equal(await notebook.value(`import { bump as again } from "./a.ts"; again()`), "3");
  appendFileSync(join(notebook.folder, "b.ts"), "\n// changed");
  writeFileSync(join(notebook.folder, "b.ts"), `export const step = 10;`);
  assert.equal(await notebook.value(`import { bump as fresh } from "./a"; import { read as see } from "./c"; fresh(); see()`), "10");
});

test("require loads a changed file anew, and shares the module that import made", async (t) => {
  const notebook = openNotebook(t);
  write(notebook, { "r.ts": "export const version: number = 1;", "inner.cjs": "exports.v = 1", "outer.cjs": `exports.v = require("./inner.cjs").v` });
  assert.equal(await notebook.value(`require("./r.ts").version`), "1");
  writeFileSync(join(notebook.folder, "r.ts"), "export const version: number = 22;");
  assert.equal(await notebook.value(`require("./r.ts").version`), "22");
  assert.equal(await notebook.value(`require("./outer.cjs").v`), "1");
  writeFileSync(join(notebook.folder, "inner.cjs"), "exports.v = 333");
  assert.equal(await notebook.value(`require("./outer.cjs").v`), "333");
  assert.equal(await notebook.value(`(await import("./r.ts")) === require("./r.ts")`), "true");
});

test("An error in a local file shows that file's line, lowered or not", async (t) => {
  const notebook = openNotebook(t);
  write(notebook, {
    "fail.ts": `interface Row { a: number }\n\nexport function first(rows: Row[]): number {\n  return rows[0]!.a;\n}`,
    "lowered.ts": `namespace N {\n  export const one = 1;\n}\nexport const fail = () => {\n  throw new Error("here" + N.one);\n};`,
    "broken.ts": `export const a = ;`,
  });
  assert.match(plain((await notebook.run(`import { first } from "./fail"; first([])`)).error?.traceback), /\.\/fail\.ts, line 4[^]*> 4 \| {3}return rows\[0\][^]*at first \(\.\/fail\.ts:4:\d+\)\n\s+at Cell \[1\]:1/);
  assert.match(plain((await notebook.run(`import { fail } from "./lowered"; fail()`)).error?.traceback), /\.\/lowered\.ts, line 5/);
  assert.match(plain((await notebook.run(`import { a } from "./broken"`)).error?.traceback), /SyntaxError[^]*broken\.ts/);
  writeFileSync(join(notebook.folder, "broken.ts"), "export const a = 1;");
  assert.equal(await notebook.value(`import { a } from "./broken"; a`), "1");
});

test("A missing package or file is named with where it was looked for and what to do", async (t) => {
  const notebook = openNotebook(t);
  const missing = plain((await notebook.run(`import x from "@some/thing-that-is-not-there/part"`)).error?.traceback);
  assert.match(missing, /cannot find the package "@some\/thing-that-is-not-there"/);
  assert.match(missing, new RegExp(`run in ${notebook.folder}: npm install @some/thing-that-is-not-there`));
  assert.match(plain((await notebook.run(`require("not-there-either")`)).error?.traceback), /npm install not-there-either/);
  assert.match(plain((await notebook.run(`import { a } from "./nowhere"`)).error?.traceback), /cannot find the file "\.\/nowhere"/);
  assert.match(plain((await notebook.run(`import { pars } from "acorn"`)).error?.traceback), /no export named "pars"; did you mean "parse"\?/);
});

test("import.meta tells the notebook's place", async (t) => {
  const notebook = openNotebook(t);
  assert.equal(await notebook.value("import.meta.dirname"), `'${notebook.folder}'`);
});
