import assert from "node:assert/strict";
import { test } from "node:test";
import { analyzeCell } from "../../../kernel/cell/index.js";

/** Cell; `name:kind` (`!` where it is a type only); free names; modules. */
const cells: [string, string, string, string?][] = [
  ["const area = (r: Radius) => Math.PI * r ** 2", "area:const", "Radius Math"],
  ["interface A<T extends B> extends C<T> { x: D; m(p: E): F; readonly [k: string]: G }", "A:interface!", "B C D E F G"],
  ["type F<T> = { [k in keyof G]?: H[k] } & (T extends Array<infer U> ? U : I)", "F:type!", "G H Array I"],
  ["type T = [first: A, second?: B, ...rest: C[]]; type U = typeof value; type V = (a: D, b?: E) => F", "T:type! U:type! V:type!", "A B C value D E F"],
  ["enum Color { Red, Green = Red << 1, Blue = base }", "Color:enum", "base"],
  ["namespace N { export const z = w; export interface Q { a: R } }", "N:namespace", "w R"],
  ["abstract class K<T> extends L<M> implements I { #p = q; constructor(private a: AA, b = bb) { super(); this.#p = a } static s = () => K }", "K:class", "L M I q AA bb"],
  ["declare const a: A; declare function b(): B; declare module 'm' { const c: C } declare global { var d: D }", "a:const! b:function!", "A B C D"],
  ["import type { T } from 'a'; import D, { type U, v as w } from 'b'; import * as ns from 'c'; import eq = require('d'); import 'e'", "T:import! D:import U:import! w:import ns:import eq:import", "", "a b c d e"],
  ["const { a, b: { c = d, ...e }, [f]: g = h } = i, [j, , ...k] = l", "a:const c:const e:const g:const j:const k:const", "d f h i l"],
  ["for (var i = 0; i < n; i++) { var { x, y: z } = i; let inner = x }", "i:var x:var z:var", "n"],
  ["for (const a of b) { function c() { return a } } if (d) { class E {} new E() }", "", "b d"],
  ["using file = open(); await using conn = connect(file)", "file:using conn:using", "open connect"],
  ["function f(this: W, p?: P, { q, r = s }: Q = t): asserts p is X { var u = v; return u + q + r }", "f:function", "W P s Q t X v"],
  ["function* g<T>(x: T): Generator<T> { yield* h(x) } async function k() { await m }", "g:function k:function", "Generator h m"],
  ["function o(a: string): void; function o(a: any) {} ", "o:function", ""],
  ["const fn = async <T,>(a: T) => { const b = a; return [b, c] }; fn(x => y => x + z)", "fn:const", "c z"],
  ["x = y; z++; obj.prop[key] = { short, long: val, method() { return own } }", "", "x y z obj key short val own"],
  ["{ const inside = 1; log(inside) }", "", "log"],
  ["x => { var y = x; return y + z }", "", "z"],
  ["function f() { var g = 1; return g }", "f:function", ""],
  ["outer: for (;;) { break outer }", "", ""],
  ["value as Type; other satisfies Kind<Inner>; maybe!; <Cast>thing; ns.sub.Deep; let v: ns2.Deep2", "v:let", "value Type other Kind Inner maybe Cast thing ns ns2"],
  ["import('a').then((m) => m); require('b'); export * from 'c'; export { d } from 'e'; import(name)", "", "require name", "a b c e"],
  ["export const a = 1; export default class B {} export enum C {}", "a:const B:class C:enum", ""],
  ["const el = <Panel title={t}>{items.map((i) => <li>{i}</li>)}</Panel>", "el:const", "Panel t items React"],
  ["/** @jsx h */ <p/>", "", "h"],
  ["try { a() } catch (e) { log(e) } finally { b }", "", "a log b"],
  ["class A { static from(x: A): A { return new A() } } interface A { extra: B }", "A:class A:interface!", "B"],
  ["const t = `a ${b} c ${`${d}`}`; /re/.test(s)", "t:const", "b d s"],
  ["@dec class A { @field() x = 1 }", "A:class", "dec field"],
  ["let a = undefined; function f() { return arguments.length }", "a:let f:function", ""],
];

for (const [source, declares, references, imports = ""] of cells) {
  test(`Facts are right for ${JSON.stringify(source)}.`, () => {
    const facts = analyzeCell(source);
    assert.equal(facts.declares.map(({ name, kind, typeOnly }) => `${name}:${kind}${typeOnly ? "!" : ""}`).join(" "), declares);
    assert.deepEqual([...facts.references].sort(), references.split(" ").filter(Boolean).sort());
    assert.deepEqual(facts.imports, imports.split(" ").filter(Boolean));
  });
}

/** Unfinished text, as completion sees it. */
const unfinished: [string, string, string][] = [
  ["const a = tf.\nconst y = foo(", "a:const y:const", "tf foo"],
  ["tf.", "", "tf"],
  ["const x = { a: (b, ", "x:const", "b"],
  ["x = `${a} ${b", "", "x a b"],
  ["function f(a, b { return c }\nlet z = q", "z:let", "q"],
  ["import { a, b } from 'm'\nmodel.fit(a, ", "a:import b:import", "model"],
  ["let total: ", "total:let", ""],
  ["class A { m() { this.", "A:class", ""],
  ["for (const x of xs) {\n  use(x", "", "xs use"],
  ["const good = 1\nlet 1bad\nconst after = other", "good:const after:const", "other"],
  ["if (ready", "", "ready"],
  ["const s = 'open\nconst t = s", "s:const t:const", ""],
  ["/* open", "", ""],
];
for (const [source, declares, references] of unfinished) {
  test(`Facts are found in the unfinished ${JSON.stringify(source)}.`, () => {
    const facts = analyzeCell(source);
    const names = facts.declares.map(({ name, kind }) => `${name}:${kind}`);
    for (const name of declares.split(" ").filter(Boolean)) assert.ok(names.includes(name), `${name} in ${names}`);
    for (const name of references.split(" ").filter(Boolean)) assert.ok(facts.references.includes(name), `${name} in ${facts.references}`);
  });
}

test("Any beginning of a cell can be analysed.", () => {
  const source = "import { a } from 'm'\ninterface P<T> { x: T }\nclass K extends B<P<number>> { m(@d q = `${a}`) { return /x/.test(q) ? { q } : <div>{q}</div> } }\nenum E { A = 1 }\n";
  for (let end = 0; end <= source.length; end++) assert.ok(Array.isArray(analyzeCell(source.slice(0, end)).references), source.slice(0, end));
});

test("@ts-nocheck counts in the leading comments only.", () => {
  assert.equal(analyzeCell("// note\n/* more */\n// @ts-nocheck\nlet a").noCheck, true);
  assert.equal(analyzeCell("let a\n// @ts-nocheck").noCheck, false);
  assert.equal(analyzeCell("let a = '// @ts-nocheck'").noCheck, false);
});
