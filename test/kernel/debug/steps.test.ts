import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { startKernel, type Kernel } from "../../support/jupyter.js";
import { debugClient } from "./client.js";

let kernel: Kernel;
let debug: ReturnType<typeof debugClient>;
before(async () => {
  kernel = await startKernel();
  debug = debugClient(kernel);
  await debug.attach();
  await debug.event("initialized");
});
after(() => kernel.stop());
beforeEach(() => assert.deepEqual(debug.events().filter((event) => event === "stopped"), []));

test("a breakpoint set before the cell runs stops it there, and step over, in, out and continue go where they say", async () => {
  const code = ["const rate: number = 0.1;", "function half(x: number): number {", "  const y = x / 2;", "  return y;", "}", "let w = half(8);", "w = w + rate;", "w"].join("\n");
  assert.deepEqual(await debug.breakpoints(code, 6), [6]);
  const cell = kernel.start(code);
  assert.equal(await debug.stopped(), 6);
  assert.equal(await debug.step("stepIn"), 3);
  assert.equal(await debug.step("next"), 4);
  const names = (await debug.stack()).map(({ name, line }) => [name, line]);
  assert.deepEqual(names, [["half", 4], ["(cell)", 6]]);
  assert.equal(debug.texts((await debug.scopes()).Locals!).y, "4");
  assert.equal(await debug.step("stepOut"), 7);
  await debug.go();
  assert.equal((await cell.done).result?.data["text/plain"], "4.1");
  await debug.event("continued");
  await debug.breakpoints(code);
});

test("in a loop it stops at every turn, and with a condition where that is true", async () => {
  const code = "let sum = 0;\nfor (let i = 0; i < 5; i++) {\n  sum += i;\n}\nsum";
  await debug.breakpoints(code, { line: 3, condition: "i === 3" });
  const cell = kernel.start(code);
  assert.equal(await debug.stopped(), 3);
  assert.deepEqual([await debug.evaluate("i"), await debug.evaluate("sum")], ["3", "3"]);
  await debug.breakpoints(code, 3);
  assert.equal(await debug.step("continue"), 3);
  assert.equal(await debug.evaluate("i"), "4");
  await debug.go();
  assert.equal((await cell.done).result?.data["text/plain"], "10");
  await debug.breakpoints(code);
});

test("a line can carry its condition as a comment", async () => {
  const code = "let seen = 0;\nfor (let i = 0; i < 50; i++) {\n  seen = i; // break if i > 41\n}";
  await debug.breakpoints(code, 3);
  const cell = kernel.start(code);
  assert.equal(await debug.stopped(), 3);
  assert.equal(await debug.evaluate("i"), "42");
  await debug.breakpoints(code);
  await debug.go();
  await cell.done;
});

test("a breakpoint in a function of an earlier cell stops when a later cell calls it; the stack shows both", async () => {
  const first = "function square(x: number) {\n  const result = x * x;\n  return result;\n}";
  await kernel.execute(first);
  assert.deepEqual(await debug.breakpoints(first, 2), [2]);
  const cell = kernel.start("const nine = square(3);\nnine");
  assert.equal(await debug.stopped(), 2);
  const [top, below] = await debug.stack();
  assert.equal(top!.name, "square");
  assert.notEqual(top!.source.path, below!.source.path);
  assert.match(below!.source.path, /ipykernel_/);
  await debug.go();
  assert.equal((await cell.done).result?.data["text/plain"], "9");
  await debug.breakpoints(first);
});

test("after an await it stops too, and steps over the next await", async () => {
  const code = "const wait = (ms: number) => new Promise<void>((go) => setTimeout(go, ms));\nawait wait(5);\nlet a = 1;\nawait wait(5);\na = 2;\na";
  await debug.breakpoints(code, 3);
  const cell = kernel.start(code);
  assert.equal(await debug.stopped(), 3);
  assert.equal(await debug.step("next"), 4);
  assert.equal(await debug.step("next"), 5);
  await debug.go();
  assert.equal((await cell.done).result?.data["text/plain"], "2");
  await debug.breakpoints(code);
});

test("breakpoints on blank, comment and type lines slide to the next statement, behind the last one they have no line to stop at", async () => {
  const code = "// a comment\n\ninterface Point { x: number }\nlet p: Point = { x: 1 };\np.x = 2;\n\n";
  assert.deepEqual(await debug.breakpoints(code, 1, 3, 5, 7), [4, 4, 5, 7]);
  const cell = kernel.start(code);
  assert.equal(await debug.stopped(), 4);
  await debug.breakpoints(code);
  await debug.go();
  assert.equal((await cell.done).status, "ok");
});

test("step in stops at every line, also where a line calls into Node's own code", async () => {
  await kernel.execute("import { createHash } from 'node:crypto';\nimport { writeFileSync } from 'node:fs';");
  const code = "for (let i = 0; i < 3; i++) {\n  console.log(i);\n  performance.now();\n  writeFileSync('step.txt', String(i));\n  createHash('sha256').update('a').digest('hex');\n  new URL('http://localhost/');\n  structuredClone({ i });\n}\n'end'";
  await debug.breakpoints(code, 1);
  const cell = kernel.start(code);
  const lines = [await debug.stopped()];
  await debug.breakpoints(code);
  while (lines.at(-1) !== 9 && lines.length < 100) lines.push(await debug.step("stepIn"));
  const turn = [1, 2, 3, 4, 5, 6, 7];
  assert.deepEqual(lines.filter((line, i) => line !== lines[i - 1]), [...turn, ...turn, ...turn, 1, 9]);
  await debug.go();
  assert.equal((await cell.done).result?.data["text/plain"], "'end'");
});

test("stepping over the last line ends the cell, and the next cell runs through", async () => {
  const code = "let last = 1;\nlast = 2;";
  assert.deepEqual(await debug.breakpoints(code, 1), [1]);
  const cell = kernel.start(code);
  assert.equal(await debug.stopped(), 1);
  await debug.ask("next");
  assert.equal(await debug.stopped(), 2);
  await debug.ask("next");
  assert.equal((await cell.done).status, "ok");
  await debug.breakpoints(code);
  assert.equal((await kernel.execute("function f() { return 5 }\nconst five = f();\nfive")).result?.data["text/plain"], "5");
});

test("local .ts files stop, step and show their source, moved lines included", async () => {
  writeFileSync(join(kernel.cwd, "tools.ts"), "export type Pair = [number, number];\nenum Kind { Sum, Product }\n\nexport function combine(a: number, b: number, kind?: Kind): number {\n  const result = kind === Kind.Product ? a * b : a + b;\n  return result;\n}\n");
  await kernel.execute('import { combine } from "./tools.ts"');
  const { modules } = await debug.ask<{ modules: { path: string; name: string }[] }>("modules");
  const path = modules.find(({ name }) => name === "tools.ts")!.path;
  assert.match((await debug.ask<{ content: string }>("source", { source: { path } })).content, /export type Pair/);
  assert.deepEqual(await debug.breakpointsIn(path, 5), [5]);
  const cell = kernel.start("const seven = combine(3, 4);\nseven");
  assert.equal(await debug.stopped(), 5);
  assert.equal(await debug.step("next"), 6);
  assert.equal(debug.texts((await debug.scopes()).Locals!).result, "7");
  await debug.go();
  assert.equal((await cell.done).result?.data["text/plain"], "7");
  await debug.breakpointsIn(path);
});

test("a cell whose text is lowered (a namespace) stops at its own lines", async () => {
  const code = "namespace Shapes {\n  export const side = 3;\n  export function area() {\n    return side * side;\n  }\n}\nconst nineAgain = Shapes.area();\nnineAgain";
  assert.deepEqual(await debug.breakpoints(code, 4, 7), [4, 7]);
  const cell = kernel.start(code);
  assert.equal(await debug.stopped(), 7);
  assert.equal(await debug.step("continue"), 4);
  await debug.breakpoints(code);
  await debug.go();
  assert.equal((await cell.done).result?.data["text/plain"], "9");
});

test("pause stops a busy loop at the learner's line, and an idle notebook at the first line of the next cell", async () => {
  const busy = kernel.start("let turns = 0;\nlet on = true;\nconsole.log('go'); while (on) {\n  turns = turns + 1;\n}");
  await busy.printed("go");
  await debug.ask("pause", { threadId: 1 });
  const line = await debug.stopped();
  assert.ok(line === 3 || line === 4, `line ${line}`);
  assert.equal(await debug.evaluate("on = false"), "false");
  await debug.go();
  assert.equal((await busy.done).status, "ok");
  await debug.ask("pause", { threadId: 1 });
  const next = kernel.start("const first = 1;\nfirst");
  assert.equal(await debug.stopped(), 1);
  await debug.go();
  assert.equal((await next.done).status, "ok");
  assert.equal((await kernel.execute("'runs through'")).status, "ok");
});

test("pause on exceptions stops where it was thrown: uncaught ones, or all", async () => {
  const code = "function fails(): never {\n  throw new Error('on purpose');\n}\ntry { fails(); } catch {}\nfails();";
  await debug.ask("setExceptionBreakpoints", { filters: ["uncaught"] });
  const cell = kernel.start(code);
  const stop = await debug.event("stopped");
  assert.equal(stop.reason, "exception");
  assert.match(String(stop.text), /on purpose/);
  assert.deepEqual((await debug.stack()).map(({ line }) => line), [2, 5]);
  await debug.go();
  assert.equal((await cell.done).error?.evalue, "on purpose");
  const shapes = kernel.start("const a = tf.ones([2, 3]);\nfunction product() {\n  return tf.matMul(a as tf.Tensor2D, a as tf.Tensor2D);\n}\nproduct();");
  assert.match(String((await debug.event("stopped")).text), /Matrix size-incompatible|matMul/);
  assert.deepEqual((await debug.stack()).map(({ line }) => line), [3, 5]);
  await debug.go();
  await shapes.done;
  await debug.ask("setExceptionBreakpoints", { filters: ["all"] });
  const again = kernel.start(code);
  await debug.stopped();
  assert.deepEqual((await debug.stack()).map(({ line }) => line), [2, 4]);
  await debug.ask("setExceptionBreakpoints", { filters: [] });
  await debug.go();
  assert.equal((await again.done).status, "error");
});

test("a debugger statement stops", async () => {
  const cell = kernel.start("let before = 1;\ndebugger;\nbefore = 2;");
  assert.equal(await debug.stopped(), 2);
  await debug.go();
  assert.equal((await cell.done).status, "ok");
});
