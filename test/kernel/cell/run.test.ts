import assert from "node:assert/strict";
import { test } from "node:test";
import { analyzeCell, compileCell, runtimeName, shadowedAfter } from "../../../kernel/cell/index.js";
import { openNotebook } from "./notebook.js";

/** Cell -> value of its last expression. */
const results: [string, unknown][] = [
  ["1 + 1", 2], ["1 + 1;", 2], ["1 + 1 // ;", 2], ["1 + 1 /* a */ ;;", 2], ["(1, 2)", 2], ["'abc'", "abc"], ["'use strict'", "use strict"], ["`a${1}b`", "a1b"],
  ["{ a: 1 }.a", 1], ["// note\n{ a: 1, b: 2 }['b']", 2], ["let x = 1\n;[1, 2].length", 2], ["let y = 1\n;`a`.length", 1],
  ["await Promise.resolve(3)", 3], ["const z = await 4; z", 4], ["let n = 0; for await (const v of [1, 2]) n += v; n", 3],
  ["f(); function f() { return g() } function g() { return 5 }", undefined], ["f(2)\nfunction f(a: number) { return a }\nf(3)", 3],
  ["if (true) 1", undefined], ["for (const a of [1]) a", undefined], ["try { 1 } catch {}", undefined], ["const c = 1", undefined], ["class C {}", undefined],
  ["3\ntype T = number", undefined], ["", undefined], ["// only a comment", undefined], ["/* and\nanother */", undefined], [";", undefined],
  ["'\u{1d4b3}'.length", 2], ["const \u{1d4b3} = 7; \u{1d4b3}", 7], ["const a1 = 1\r\nconst a2 = 2\r\na1 + a2", 3], ["`\r\n`.length", 1],
  ["'// not a comment'.length", 16], ["`${`${'}'}`}`", "}"], ["/[/]\\/*/.test('//')", true], ["'</script>'.length", 9],
  ["let q = 8 as unknown as number; q!", 8], ["(<number>5)", 5], ["let id = <T,>(v: T): T => v; id<number>(4)", 4], ["[1, 2].map((v): number => v * 2)[1]", 4],
  ["enum E { A = 1, B = A << 2 } E.B", 4], ["const enum K { A = 'k' } K.A", "k"], ["enum M { A } enum M { B = 5 } M.B + M.A", 5],
  ["namespace N { export const v = 1; export namespace P { export const w = 2 } } N.v + N.P.w", 3],
  ["class P { constructor(readonly a: number, private b = 2) {} sum() { return this.a + this.b } } new P(1).sum()", 3],
  ["abstract class A1 { abstract m(): number; k = 1 } class B1 extends A1 { m() { return this.k } } new B1().m()", 1],
  ["function o(a: string): void; function o(a: number): void; function o(a: any) { return a } o(6)", 6],
  ["declare const nowhere: number; interface I { a: 1 } typeof nowhere", "undefined"],
  ["let u1 = 3\ninterface I2 {}\n(1)\nu1", 3], ["let u2 = 3\nfunction h() {}\n(1)\nu2", 3], ["let u3 = {}\ntype T3 = 1\n;[1].length", 1],
  ["var v1 = 1, { v2, ...v3 } = { v2: 2, v4: 4 }; for (var i = 0; i < 2; i++) { var last = i } ;[v1, v2, v3.v4, i, last].join()", "1,2,4,2,1"],
  ["for (var k in { a: 1 }) ; for (var [w] of [[5]]) ; k + w", "a5"], ["hoisted; var hoisted = 1", undefined], ["if (true) var inIf = 3\nelse var inElse = 4\ninIf", 3],
  ["export const e1 = 1; export default class D {} export { e1 as e2 }; D.name + e1", "D1"], ["export default 5", undefined], ["export default function () {}", undefined],
  ["const { a = 1, b: { c = 2 } = {}, ...rest } = { d: 4 } as any; a + c + rest.d", 7], ["outer: for (;;) { for (;;) break outer } 1", 1],
  ["((a) => a.length)`x${1}y`", 2], ["let t = 1; t\n++t\nt", 2], ["(() => arguments.length)", undefined], ["let w = 1 <!--n; w", undefined], ["import.meta.url", "file:///notebook/cell"],
  ["(await import('data:text/javascript,export default 4')).default", 4],
  ["import d, { a as b, default as d2 } from 'data:text/javascript,export const a = 1; export default 2'; b + d + d2", 5],
  ["import * as all from 'data:text/javascript,export const a = 1'; all.a", 1], ["import d3, * as all3 from 'data:text/javascript,export default 3; export const a = 1'; d3 + all3.a", 4],
  ["import type { Nothing } from 'nowhere'; import { type Also, a } from 'data:text/javascript,export const a = 9'; a", 9], ["import json from 'data:application/json,[1,2]' with { type: 'json' }; json[1]", 2],
  ["import path = require('node:path'); path.posix.join('a', 'b')", "a/b"],
  ["/** @jsx h */\nconst h = (tag: string, props: any, ...rest: any[]) => tag + props.id + rest;\n<p id='x'>{1} a</p>", "px1, a"],
  ["const React = { createElement: (t: any, p: any, ...c: any[]) => [t, ...c].flat().join(), Fragment: 'f' }; <><b/>x</>", "f,b,x"],
  ["function dec(v: any, c: any) { log(c.name) }\n@dec class Dd { @dec m() {} @dec accessor p = 4 }\nnew Dd().p", 4],
  ["function plain(v: any, c: any) {}\n@plain class Last {}", undefined], ["#!/usr/bin/env node\n4", 4],
];

for (const [cell, value] of results.filter(([cell]) => !/arguments|<!--/.test(cell))) {
  test(`${JSON.stringify(cell)} gives ${JSON.stringify(value) ?? "no value"}.`, async () => {
    assert.equal(await openNotebook().run(cell), value);
  });
}

test("A cell that is one object literal gives the object, unless it can only be a block.", async () => {
  const notebook = openNotebook();
  assert.deepEqual({ ...(await notebook.run("{ a: 1, b: [2] }") as object) }, { a: 1, b: await notebook.run("[2]") });
  assert.deepEqual(Object.keys(await notebook.run("{}") as object), []);
  assert.equal(await notebook.run("{ let inner = 1; log(inner) }"), undefined);
  assert.deepEqual(notebook.logged, [1]);
});

test("`a <!--b` compares, as in a module.", async () => {
  assert.equal(await openNotebook().run("let b = 2; 0 <!--b"), false);
  assert.equal(await openNotebook().run("let b = 1; 0 <!--b"), true);
});

test("Functions can be called above their declaration, know their own name and can be async or generators.", async () => {
  const notebook = openNotebook();
  assert.equal(await notebook.run("const up = early(); function early() { return early.name }; up"), "early");
  assert.equal(await notebook.run("async function later() { return 1 } function* two() { yield 2 } const [v] = two(); (await later()) + v"), 3);
});

test("An error shows the cell's own line, in hoisted functions too.", async () => {
  const notebook = openNotebook();
  const cell = "import { a } from 'data:text/javascript,export const a = 1'\ninterface I {\n  b: 1\n}\nfunction fail() {\n  throw new Error('here')\n}\n\nfail()";
  const error = await notebook.run(cell).then(() => undefined, (thrown: Error) => thrown);
  const lines = [...String(error?.stack).matchAll(/<anonymous>:(\d+):/g)].map(([, line]) => Number(line));
  assert.deepEqual(lines, [6, 9]);
});

test("A cell may call its own things process, console or Event; modules in the same process keep the real ones.", async () => {
  const notebook = openNotebook({}, { shared: true });
  await notebook.run("function process(text: string) { return text.toUpperCase() }\nconst console = { log: () => 'mine' }");
  assert.equal(await notebook.run("class Event { name = process.name }\nprocess('a') + console.log() + new Event().name"), "Amineprocess");
  assert.equal(typeof process.exit, "function");
  assert.equal(typeof console.error, "function");
  assert.equal(await notebook.run("typeof globalThis.process.exit"), "function");
});

test("`using` disposes at the end of the cell, last first, also when the cell throws.", async () => {
  const notebook = openNotebook({ Symbol });
  const open = "const open = (name: string) => ({ name, [Symbol.dispose]() { log('close ' + name) } })";
  assert.equal(await notebook.run(`${open}\nusing a = open('a'), b = open('b')\nlog('run')\na.name`), "a");
  assert.deepEqual(notebook.logged.splice(0), ["run", "close b", "close a"]);
  await assert.rejects(notebook.run("using c = open('c')\nthrow new RangeError('stop')"), { message: "stop" });
  assert.deepEqual(notebook.logged.splice(0), ["close c"]);
  await notebook.run("{ using d = open('d'); log('in') }\nawait using e = { async [Symbol.asyncDispose]() { await 0; log('close e') } }\nlog('after')");
  assert.deepEqual(notebook.logged, ["in", "close d", "after", "close e"]);
  await assert.rejects(notebook.run("using f = {} as any"), { name: "TypeError" });
});

test("Two cells with decorators do not disturb each other.", async () => {
  const notebook = openNotebook();
  const cell = (name: string, by: number) => `function by${by}(_: any, c: any) { return (v: number) => v * ${by} }\nclass ${name} { @by${by} size = 10 }`;
  await notebook.run(cell("Small", 2));
  await notebook.run(cell("Large", 3));
  assert.equal(await notebook.run("new Small().size + new Large().size"), 50);
});

test("The examples in the documentation are true.", () => {
  assert.equal(compileCell("const a = 1\na + 1").scripts[0]?.code, "'use strict';void 0;let   a = 1\n__lyceum__.result((a + 1))");
  assert.deepEqual([...shadowedAfter(new Set(), analyzeCell("function process(text: string) {}"))], ["process"]);
  assert.equal(runtimeName("process"), "__lyceum_own_process");
  assert.equal(runtimeName("data"), "data");
});
