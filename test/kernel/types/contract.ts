import assert from "node:assert/strict";
import { after, before, beforeEach, describe, test } from "node:test";
import { codes, marked, openNotebook, texts, type Notebook } from "./notebook.js";

/** What every implementation of TypeService promises. */
export function keepsTheContract(implementation: "native" | "classic"): void {
  describe(`the ${implementation} type service`, () => {
    let book: Notebook;
    before(async () => {
      book = openNotebook({ implementation });
      await book.types.ready;
    });
    beforeEach(() => book.types.reset());
    after(() => book.close());
    const runs = async (...cells: string[]) => {
      for (const cell of cells) assert.deepEqual(await book.run(cell), [], cell);
    };
    const fails = async (cell: string, ...expected: number[]) => {
      const found = await book.check(cell);
      assert.deepEqual(codes(found), expected, `${cell}\n${found.map(({ message }) => message).join("\n")}`);
      return found;
    };

    test("an error is found at its exact place in the cell, with the compiler's words, ours, and what to do", async () => {
      const source = "const list = [1, 2];\nlist.lenght;";
      const [found] = await fails(source, 2551);
      assert.deepEqual(marked(source, [found!]), ["lenght"]);
      assert.deepEqual([found!.line, found!.column, found!.category], [2, 5, "error"]);
      assert.match(found!.message, /^Property 'lenght' does not exist on type 'number\[\]'/);
      assert.equal(found!.suggestion, "Did you mean 'length'?");
      assert.match(found!.plain!, /^lenght is not a property of this value; length is\./);
    });

    test("places count UTF-16 units, also after characters outside the basic plane", async () => {
      const source = 'const s = "😀"; s.lenght';
      assert.deepEqual(marked(source, await fails(source, 2551)), ["lenght"]);
    });

    test("a later cell knows the types of an earlier one", async () => {
      await runs("const n = 4; let word = 'a'; function twice(x: number) { return 2 * x }");
      await runs("const m: number = twice(n)");
      await fails("twice(word)", 2345);
    });

    test("only cells that were run are seen", async () => {
      assert.deepEqual(await book.check("const onlyChecked = 1"), []);
      await fails("onlyChecked", 2304);
    });

    test("a name may be declared again with any kind and any type, and later cells see the last one", async () => {
      await runs("let x = 1", "const x = 'a'", "function x() { return true }", "class x { a = 1 }", "var x: number[] = []", "interface x { b: string }", "type x = { c: number }");
      await runs("const value: x = { c: 1 }", "enum x { Red }", "const red: x = x.Red");
    });

    test("the same cell may be run twice", async () => {
      const cell = "const a = 1; class A { v = a } function f(x: A) { return x } const made = f(new A());";
      await runs(cell, cell, "f(made).v.toFixed()");
    });

    test("a later cell may assign to let and var, within their type", async () => {
      await runs("let x = 5; var y = 'a'", "x = 6; y = 'b'; x += 1");
      await fails("x = 'a'", 2322);
    });

    test("assigning to an earlier cell's constant is the usual error", async () => {
      await runs("const fixed = 5");
      const [found] = await fails("fixed = 6", 2588);
      assert.equal(found!.message, "Cannot assign to 'fixed' because it is a constant.");
    });

    test("a function, class, enum and namespace of an earlier cell say what they are when assigned to", async () => {
      await runs("function f() {} class C {} enum E { A } namespace N { export const a = 1 }");
      const found = await fails("f = 1 as never\nC = 1 as never\nE = 1 as never\nN = 1 as never", 2630, 2629, 2628, 2631);
      assert.match(found[0]!.message, /'f' because it is a function/);
    });

    test("a variable made from an earlier constant widens as it would in one file", async () => {
      await runs("const rate = 0.1", "let r = rate; r = 0.2");
    });

    test("an array that starts empty takes its elements in later cells", async () => {
      await runs("const losses = []", "losses.push(0.5)", "const count: number = losses.length");
    });

    test("generic types, overloads, merged declarations, classes, enums and namespaces cross cells with all their meanings", async () => {
      await runs(
        `class Box<T> { constructor(public v: T) {} get(): T { return this.v } }
         interface Point { a: number } const Point = { make(): Point { return { a: 1 } } };
         type Maybe<T> = T | undefined;
         function pick(x: number): string; function pick(x: string): number; function pick(x: any): any { return x }
         enum Color { Red, Green } namespace Geo { export const k = 1; export type Name = string }`,
        `const b: Box<number> = new Box(1); const p: Point = Point.make(); let m: Maybe<string>;
         pick(1).length; pick("a").toFixed(); const c: Color = Color.Red; const n: Geo.Name = "a"; Geo.k + 1;`,
      );
      await fails("const wrong: Box<string> = b", 2322);
    });

    test("imports of a cell serve later cells, types as well as values", async () => {
      await runs('import { readFileSync as read } from "node:fs"; import type { Stats } from "node:fs"; import * as path from "node:path"; import os from "node:os"');
      await runs('const text = read("x", "utf8").length; path.join("a", os.EOL); const size = (s: Stats) => s.size');
    });

    test("a using declaration serves later cells", async () => {
      await runs("using file = { name: 'a', [Symbol.dispose]() {} }", "file.name.length");
      await fails("file.nam", 2551);
    });

    test("a constant that may be null is narrowed in a later cell as in one file", async () => {
      await runs("const maybe: string | null = Math.random() > 2 ? null : 'a'", "if (maybe !== null) maybe.length");
      await fails("maybe.length", 18047);
    });

    test("what a cell exports itself is no error", async () => runs("export const shared = 1; export function f() {}", "shared + 1"));

    test("top-level await, decorators, enums, namespaces and generic arrow functions are understood", async () => {
      await runs("const text = await Promise.resolve('a')", "text.length", "const id = <T>(x: T) => x; id(4).toFixed()");
      await runs("function mark(value: unknown, context: ClassMemberDecoratorContext) {} class Marked { @mark method() {} }");
    });

    test("JSX is understood, and needs React as it does when it runs", async () => {
      await fails("const view = <div title='a'>text</div>", 2874);
      await runs("const React = { createElement(...parts: unknown[]) { return parts } }", "const view = <div title='a'>text</div>");
    });

    test("a syntax error is told once, inside the cell, and hides no later line", async () => {
      const found = await fails("const a = (1 + 2\n", 1005);
      assert.equal(found[0]!.start, "const a = (1 + 2".length);
      await fails("const b = 'text\n", 1002);
    });

    test("one mistake gives one message: an unknown name is told once", async () => { await fails("nowhere + nowhere; nowhere.a", 2304); });

    test("@ts-nocheck leaves syntax errors only", async () => {
      await runs("// @ts-nocheck\nconst n: number = 'a'");
      await fails("// @ts-nocheck\nconst n: = 1", 1110);
    });

    test("unused names are no errors", async () => runs("import fs from 'node:fs'; function f(unused: number) { const also = 1 }"));

    test("a parameter without a type is an error in plain words", async () => {
      assert.match((await fails("function f(x) { return x }", 7006))[0]!.plain!, /x: number/);
    });

    test("a package that is not installed is told with the command that installs it", async () => {
      assert.match((await fails('import x from "no-such-package/part"', 2307))[0]!.plain!, /npm install no-such-package$/);
    });

    test("a package without types is no error", async () => {
      book.write("node_modules/untyped/package.json", '{ "name": "untyped", "main": "index.js" }');
      book.write("node_modules/untyped/index.js", "exports.a = 1");
      await runs('import untyped from "untyped"', "untyped.anything.at.all");
    });

    test("a package that was missing is found once it is installed", async () => {
      const cell = 'import { late } from "late"; late.toFixed()';
      await fails(cell, 2307);
      book.write("node_modules/late/package.json", '{ "name": "late", "type": "module", "exports": { ".": { "types": "./index.d.ts" } } }');
      book.write("node_modules/late/index.d.ts", "export const late: number;");
      await runs(cell);
    });

    test("local files are checked with the types they have now", async () => {
      book.write("tools.ts", "export const size = 1;");
      await runs('import { size } from "./tools.ts"; size.toFixed()', 'import { size as same } from "./tools"; same.toFixed()');
      book.write("tools.ts", "export const size = 'now a text';");
      await fails('import { size } from "./tools.ts"; size.toFixed()', 2551);
    });

    test("JSON files are imported with their types", async () => {
      book.write("data.json", '{ "count": 3 }');
      await runs('import data from "./data.json"; data.count.toFixed()');
    });

    test("a tsconfig.json beside the notebook is honoured, with what it extends, and read again when it changes", async () => {
      const cell = "function g(x) { return x }";
      await fails(cell, 7006);
      book.write("base.json", '{ "compilerOptions": { "noImplicitAny": false } }');
      book.write("tsconfig.json", '{ "extends": "./base.json", "compilerOptions": { "noUncheckedIndexedAccess": true } }');
      await runs(cell);
      await fails("const first = [1, 2][0]; first.toFixed()", 18048);
      book.write("base.json", '{ "compilerOptions": { "noImplicitAny": true } }');
      await fails(cell, 7006);
      book.write("tsconfig.json", "{}");
      await runs("const first = [1, 2][0]; first.toFixed()");
    });

    test("prompt, display and the other globals have their types, and a cell may take their names", async () => {
      await fails("prompt('name').length", 2531);
      await runs("display('x').update(2); alert('a'); const yes: boolean = confirm('?'); require('node:fs'); clear()");
      await runs("const page = 3", "page.toFixed()");
    });

    test("tf has the types of TensorFlow.js under every name of its package, and they agree", async () => {
      await runs("const t = tf.tensor2d([[1, 2]])", "const u: tf.Tensor = t.add(1)");
      await runs('import * as node from "@tensorflow/tfjs-node"; import * as tfjs from "@tensorflow/tfjs"; const sum: tf.Tensor = tfjs.add(node.tensor([1]), u)');
      const [found] = await fails("const n: number = t.sum()", 2322);
      assert.match(found!.plain!, /^A tensor stands where number is needed/);
    });

    test("members are completed after a dot, with their kinds and the part to replace", async () => {
      await runs("const list = [1, 2]");
      const found = await book.complete("list.ma|");
      assert.deepEqual([found.start, found.end], [5, 7]);
      assert.deepEqual(found.items, [{ text: "map", kind: "method" }]);
      assert.ok(texts(await book.complete("list.map(v => v.toF|")).includes("toFixed"));
    });

    test("the members of tf are completed", async () => {
      const found = texts(await book.complete("const t = tf.tensor2|"));
      assert.deepEqual(found, ["tensor2d"]);
      assert.ok(texts(await book.complete("tf.scalar(1).|")).includes("dataSync"));
    });

    test("names in scope are completed: this cell's, earlier cells', the notebook's, the language's", async () => {
      await runs("const lossHistory = [1]");
      assert.ok(texts(await book.complete("los|")).includes("lossHistory"));
      assert.ok(texts(await book.complete("const nearby = 1;\nnea|")).includes("nearby"));
      assert.ok(texts(await book.complete("disp|")).includes("display"));
      assert.ok(texts(await book.complete("t|")).includes("tf"));
      assert.ok(texts(await book.complete("fun|")).includes("function"));
      assert.deepEqual(texts(await book.complete("__cell|")), []);
    });

    test("a cell that is edited after it ran is completed with its new types", async () => {
      await runs("const shape = [1, 2]");
      assert.ok(texts(await book.complete("const shape = 'text';\nshape.toU|")).includes("toUpperCase"));
    });

    test("options are completed inside an object, and choices inside a text", async () => {
      await runs("interface Options { units: number; activation: 'relu' | 'tanh' } function dense(options: Options) {}");
      assert.deepEqual(texts(await book.complete("dense({ un|")), ["units"]);
      const found = await book.complete('dense({ units: 1, activation: "t|" })');
      assert.deepEqual(found, { start: 31, end: 32, items: [{ text: "tanh", kind: found.items[0]!.kind }] });
    });

    test("nothing is offered inside a comment or after a number", async () => {
      assert.deepEqual(texts(await book.complete("// los|")), []);
      assert.deepEqual(texts(await book.complete("const a = 12|")), []);
    });

    test("hover shows a signature and the documentation, at the end of a name too", async () => {
      await runs("/** Twice the value. */ function twice(x: number) { return 2 * x }");
      const found = await book.hover("const y = twice|(2)");
      assert.deepEqual([found!.start, found!.end], [10, 15]);
      assert.match(found!.signature, /twice\(x: number\): number/);
      assert.match(found!.documentation, /^Twice the value\./);
    });

    test("hover inside a call's parentheses shows the function", async () => {
      assert.match((await book.hover("Math.max(1, |"))!.signature, /max\(\.\.\.values: number\[\]\): number/);
      assert.match((await book.hover("tf.tensor2d([[1, 2]], |"))!.documentation, /rank-2/);
    });

    test("hover tells const from let, in this cell and earlier ones", async () => {
      await runs("let word = 'a'; const n = 1");
      assert.equal((await book.hover("word|"))!.signature, "let word: string");
      assert.equal((await book.hover("n|"))!.signature, "const n: 1");
      assert.equal((await book.hover("let here = 2; here|"))!.signature, "let here: number");
      assert.equal((await book.hover("tf|"))!.signature, "namespace tf");
    });

    test("hover over nothing gives nothing", async () => {
      assert.equal(await book.hover("  |"), undefined);
      assert.equal(await book.hover("unknownName|"), undefined);
    });

    test("after a reset no earlier cell is seen", async () => {
      await runs("const before = 1");
      book.types.reset();
      await fails("before", 2304);
    });

    test("a notebook may have more cells than places were made for", async () => {
      for (let i = 1; i <= 60; i++) {
        const source = `const v${i} = ${i > 1 ? `v${i - 1}` : 0} + 1`;
        const facts = { declares: [{ name: `v${i}`, kind: "const" as const, typeOnly: false }], references: i > 1 ? [`v${i - 1}`] : [], imports: [], noCheck: false };
        book.types.keep({ source, facts });
      }
      await runs("v1 + v60");
      await fails("v60.nothing", 2339);
    });
  });
}
