import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { openNotebook } from "./notebook.js";

/** Programs that log; each runs as one cell and as a module of Node. */
const programs = {
  "hoisting and closures": "log(late(2)); const base = 10; function late(n) { return n * 2 } const adders = []; for (let i = 0; i < 3; i++) adders.push(() => i + base); log(adders.map((f) => f()).join())",
  "var in blocks and loops": "for (var i = 0, fs = []; i < 2; i++) { var v = i; fs.push(() => v) } log(i, v, fs.map((f) => f()).join()); if (false) { var never = 1 } log(typeof never, never)",
  "var before its line": "log(typeof early, early); function peek() { return early } var early = 3; log(peek()); var early = 4; log(early)",
  "destructuring": "const { a, b: [c = 2, ...d] = [], ...rest } = { a: 1, b: [undefined, 3, 4], x: 5 }; log(a, c, d.join(), JSON.stringify(rest)); let e, f; [e, f] = [1, 2]; [e, f] = [f, e]; log(e, f)",
  "classes": "class A { static #n = 0; #v; static make() { A.#n++; return new A() } constructor() { this.#v = A.#n } get v() { return this.#v } static { log('init', this.name) } } log(A.make().v, A.make().v); class B extends A { get v() { return super.v * 10 } } log(B.name, new B().v)",
  "generators and labels": "function* gen() { const got = yield 1; log('got', got); yield* [2, 3] } const it = gen(); log(it.next().value, it.next('x').value, [...it].join()); outer: for (const x of [1, 2]) { for (const y of [1, 2]) { if (y === 2) continue outer; log(x, y) } }",
  "top-level await": "const one = await Promise.resolve(1); for await (const x of [Promise.resolve(2)]) log(one + x); const later = async () => { await null; return 'later' }; log(await later()); try { await Promise.reject(new Error('no')) } catch (e) { log(e.message) }",
  "constants": "const k = 1; try { k = 2 } catch (e) { log(e.name) } try { k++ } catch (e) { log(e.name) } { let k = 5; k++; log(k) } log(k)",
  "strict mode": "log((function () { return typeof this })()); try { undeclared = 1 } catch (e) { log(e.name) } try { Object.freeze([1]).push(2) } catch (e) { log(e.name) }",
  "ASI": "let a = 1\nlet b = a\n++b\nconst f = () => 2\n;[3].forEach((x) => log(x))\n;(() => log(a, b, f()))()\nfunction g() { return\n1 }\nlog(g())",
  "functions inside blocks": "{ function inner() { return 1 } log(inner()) } log(typeof inner)",
  "classes and functions as values": "const anon = class {}; const fn = function () {}; const arrow = () => {}; log(anon.name, fn.name, arrow.name); function counted(a, b = 1, ...c) {} log(counted.length, counted.name)",
  "imports": "import { sep } from 'node:path'; import * as os from 'node:os'; import fs, { existsSync } from 'node:fs'; log(sep, typeof os.EOL, fs.existsSync === existsSync, (await import('node:path')).sep)",
  "exports": "export const x = 1; export function y() { return x } export default class Z {} export { x as w }; log(y(), Z.name)",
  "switch and var": "switch (1) { case 1: var s = 'one'; let t = 2; log(t); break; default: var u } log(s, u)",
  "getters, symbols, tagged templates": "const tag = (s, ...v) => s.raw.join('|') + v.join(); log(tag`a${1}\\n${2}c`); const o = { get g() { return 'g' }, [Symbol.toPrimitive]: () => 7, async *m() {} }; log(o.g, +o)",
  "regular expressions and comments": "const r = /\\/\\*[^]*?\\*\\//g; log('/* x */ y'.replace(r, '-')); /* let z = 1 */ log(typeof z) // log(2)\nlog(`// ${'`'}`)",
  "an error midway": "log(1); const after = missing; log(2)",
};

for (const [name, program] of Object.entries(programs)) {
  test(`A cell does what the same module does: ${name}.`, async () => {
    const notebook = openNotebook();
    const cellError = await notebook.run(program).then(() => "", (error: Error) => error.name);
    const { logged, error } = await runModule(program);
    assert.ok(logged.length > 0);
    assert.deepEqual({ logged: notebook.logged, error: cellError }, { logged, error });
  });
}

async function runModule(program: string): Promise<{ logged: unknown[]; error: string }> {
  const logged: unknown[] = [];
  const folder = mkdtempSync(join(tmpdir(), "lyceum-cell-"));
  const file = join(folder, "program.mjs");
  writeFileSync(file, program);
  Object.assign(globalThis, { log: (...values: unknown[]) => logged.push(...values) });
  try {
    await import(pathToFileURL(file).href);
    return { logged, error: "" };
  } catch (error) {
    return { logged, error: (error as Error).name };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
