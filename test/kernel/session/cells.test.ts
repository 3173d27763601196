import assert from "node:assert/strict";
import { test } from "node:test";
import { openNotebook, plain } from "./support.js";

test("A cell's last expression is its result, promises awaited, and undefined shows nothing", async (t) => {
  const notebook = openNotebook(t);
  assert.equal(await notebook.value("1 + 1"), "2");
  assert.equal(await notebook.value("Promise.resolve(21).then((n) => n * 2)"), "42");
  assert.equal(await notebook.value("const x: number = await Promise.resolve(5); x + 1"), "6");
  assert.equal((await notebook.run("undefined")).result, undefined);
  assert.equal((await notebook.run("const y = 3")).result, undefined);
});

test("Every kind of binding can be declared again as another kind, and a constant cannot be assigned", async (t) => {
  const notebook = openNotebook(t);
  for (const code of ["const a = 1", "let a = 2", "function a() {}", "class a {}", "var a = 5", "const a = 6"]) {
    assert.equal((await notebook.run(code)).status, "ok", code);
  }
  assert.equal(await notebook.value("a"), "6");
  const { error } = await notebook.run("a = 7");
  assert.equal(error?.ename, "TypeError");
  assert.match(plain(error?.traceback), /Assignment to constant variable 'a'[^]*Cell \[8\], line 1/);
});

test("50,000 printed lines arrive complete, in order and before the answer", { timeout: 60_000 }, async (t) => {
  const notebook = openNotebook(t);
  await notebook.run("for (let i = 0; i < 50_000; i++) console.log(`line ${i}`)");
  const lines = notebook.printed("cell-1").split("\n");
  assert.equal(lines.length, 50_001);
  assert.ok(lines.every((line, i) => line === (i < 50_000 ? `line ${i}` : "")));
  const messages = notebook.events.filter(({ type }) => type === "stream").length;
  assert.ok(messages < 2000, `${messages} messages for 50,000 lines`);
});

test("Standard output, standard error and displays keep their order", async (t) => {
  const notebook = openNotebook(t);
  await notebook.run(`for (let i = 0; i < 40; i++) { console.log("a" + i); console.error("b" + i); display.html("<p>" + i) } process.stdout.write("end")`);
  const seen = notebook.events.map((event) => (event.type === "stream" ? event.text.trim() : event.type === "display_data" ? String(event.bundle.data["text/html"]) : ""));
  const expected = Array.from({ length: 40 }, (_, i) => [`a${i}`, `b${i}`, `<p>${i}`]).flat();
  assert.deepEqual(seen, [...expected, "end"]);
});

test("Output of a busy loop appears while it runs", { timeout: 30_000 }, async (t) => {
  const notebook = openNotebook(t);
  const cell = notebook.run(`for (let i = 0; i < 30; i++) console.log("early " + i); while (true) {}`);
  await notebook.event((event) => event.type === "stream" && event.text.includes("early 29"));
  await notebook.session.interrupt();
  await cell;
});

test("A result of 12 MB survives", { timeout: 60_000 }, async (t) => {
  const notebook = openNotebook(t);
  const { result } = await notebook.run(`({ [Symbol.for("Jupyter.display")]: () => ({ "text/plain": "x".repeat(12e6) + "é" }) })`);
  assert.equal(String(result?.data["text/plain"]).length, 12e6 + 1);
});

test("Text outside the basic plane and half of a surrogate pair do not break the output", async (t) => {
  const notebook = openNotebook(t);
  await notebook.run(`console.log("梯度下降 🙂"); process.stdout.write(new TextEncoder().encode("é")); console.log("\\ud83d")`);
  assert.equal(notebook.printed("cell-1"), "梯度下降 🙂\né\ufffd\n");
});

test("The console is Node's: tables, groups, formats, directories and errors", async (t) => {
  const notebook = openNotebook(t);
  await notebook.run(`console.table([{ a: 1 }]); console.group("g"); console.log("%s is %d", "x", 3); console.groupEnd(); console.dir({ b: 2 }); console.time("t"); console.timeEnd("t"); console.warn("careful"); console.assert(false, "no")`);
  const out = plain([notebook.printed("cell-1")]);
  assert.match(out, /│ \(index\) │ a │/);
  assert.match(out, /g\n {2}x is 3\n\{ b: 2 \}\nt: /);
  assert.equal(plain([notebook.printed("cell-1", "stderr")]), "careful\nAssertion failed: no\n");
});

test("Late output goes to the cell that caused it, while another cell runs", async (t) => {
  const notebook = openNotebook(t);
  await notebook.run(`let late!: Promise<void>; late = new Promise<void>((resolve) => setTimeout(() => { console.log("from the first"); display.text("shown"); resolve() }, 30)); undefined`);
  await notebook.run(`console.log("from the second"); await late; console.log("still the second")`);
  assert.equal(notebook.printed("cell-1"), "from the first\n");
  assert.equal(notebook.printed("cell-2"), "from the second\nstill the second\n");
  assert.ok(notebook.events.some((event) => event.type === "display_data" && event.parent === "cell-1"));
});

test("What child processes and native code print goes to the running cell, before its answer", async (t) => {
  const notebook = openNotebook(t);
  await notebook.run(`require("child_process").execSync("echo from a child; echo problem >&2", { stdio: "inherit" }); undefined`);
  assert.equal(notebook.printed("cell-1"), "from a child\n");
  assert.equal(notebook.printed("cell-1", "stderr"), "problem\n");
});

test("A display can be updated and cleared", async (t) => {
  const notebook = openNotebook(t);
  await notebook.run(`const shown = display("first"); shown.update("second"); clear(true); display.markdown("**x**")`);
  const types = notebook.events.map(({ type }) => type);
  assert.deepEqual(types, ["display_data", "update_display_data", "clear_output", "display_data"]);
  const [first, second, clear] = notebook.events;
  assert.ok(first?.type === "display_data" && second?.type === "update_display_data" && first.displayId === second.displayId);
  assert.ok(clear?.type === "clear_output" && clear.wait);
});

test("User expressions are evaluated after the code, each by itself", async (t) => {
  const notebook = openNotebook(t);
  const { userExpressions } = await notebook.run("let a = 1; a = 20", { userExpressions: { good: "a + 1", bad: "nothing.here", broken: "1 +" } });
  const { good, bad, broken } = userExpressions;
  assert.ok(good?.status === "ok" && good.bundle.data["text/plain"] === "21");
  assert.ok(bad?.status === "error" && bad.error.ename === "ReferenceError");
  assert.ok(broken?.status === "error" && broken.error.kind === "syntax");
});

test("page() becomes a payload of the answer", async (t) => {
  const notebook = openNotebook(t);
  const { payload } = await notebook.run(`page("a long text")`);
  assert.deepEqual(payload, [{ source: "page", data: { "text/plain": "a long text" }, start: 0 }]);
});

test("A hot loop at the top level runs at most twice as long as in a function", { timeout: 60_000 }, async (t) => {
  const notebook = openNotebook(t);
  const timed = async (code: string): Promise<number> => Number(await notebook.value(code));
  const best = async (code: string): Promise<number> => Math.min(await timed(code), await timed(code), await timed(code), await timed(code), await timed(code));
  const inFunction = await best("(() => { const start = performance.now(); let acc = 0; for (let i = 0; i < 2e7; i++) acc += i % 7; return performance.now() - start })()");
  const atTop = await best("let start = performance.now(); let acc = 0; for (let i = 0; i < 2e7; i++) acc += i % 7; performance.now() - start");
  assert.ok(atTop < 2 * inFunction + 100, `${atTop} ms at the top level, ${inFunction} ms in a function`);
});

test("Cells run one at a time in the order of the calls", async (t) => {
  const notebook = openNotebook(t);
  const first = notebook.run("let order = []; await new Promise((resolve) => setTimeout(resolve, 30)); order.push(1); undefined");
  const second = notebook.run("order.push(2); order.join()");
  await first;
  assert.equal((await second).result?.data["text/plain"], "'1,2'");
});
