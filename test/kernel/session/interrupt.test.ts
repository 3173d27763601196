import assert from "node:assert/strict";
import { test } from "node:test";
import { openNotebook, plain, running } from "./support.js";

const loops: Record<string, string> = {
  "a loop": `console.log("go"); while (true) {}`,
  "a loop that catches everything": `console.log("go"); while (true) { try { while (true) {} } catch {} finally { kept = -1 } }`,
  "a loop after an await": `console.log("go"); await 1; while (true) {}`,
  "a loop of awaits": `console.log("go"); while (true) await null`,
  "a loop that prints": `while (true) console.log("go")`,
  "a runaway regular expression": `console.log("go"); /(a+)+$/.test("a".repeat(40) + "b")`,
  "a sleeping Atomics.wait": `console.log("go"); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)`,
  "a promise that never settles": `console.log("go"); await new Promise(() => {})`,
  "a result that never settles": `console.log("go"); new Promise(() => {})`,
  "a loop in a timer's callback": `setTimeout(() => { console.log("go"); while (true) {} }, 5); await new Promise(() => {})`,
  "a loop in an interval's callback": `setInterval(() => { console.log("go"); while (true) {} }, 5); await new Promise(() => {})`,
  "a loop in an immediate": `setImmediate(() => { console.log("go"); while (true) {} }); await new Promise(() => {})`,
  "a loop in a file's callback": `require("fs").stat("/", () => { console.log("go"); while (true) {} }); await new Promise(() => {})`,
  "a value that never finishes showing itself": `console.log("go"); ({ [Symbol.for("Jupyter.display")]() { while (true) {} } })`,
  "a question to the learner": `console.log("go"); prompt("name?")`,
};

for (const [name, code] of Object.entries(loops)) {
  test(`An interrupt stops ${name} and keeps the variables`, { timeout: 30_000 }, async (t) => {
    const notebook = openNotebook(t);
    await notebook.run("let kept = 41");
    const cell = notebook.run(code, { allowStdin: true });
    await running(notebook, "cell-2");
    assert.equal(await notebook.session.interrupt(), true);
    const { status, error } = await cell;
    assert.equal(status, "error");
    assert.equal(error?.kind, "interrupted");
    assert.match(plain(error?.traceback), /interrupted/);
    assert.equal(await notebook.value("kept + 1"), "42");
    await notebook.run("await new Promise((resolve) => setTimeout(resolve, 5)); await new Promise((resolve) => setImmediate(resolve))");
    assert.equal(notebook.events.some(({ type }) => type === "respawn"), false);
  });
}

test("An interrupt of nothing says so and harms nothing", async (t) => {
  const notebook = openNotebook(t);
  assert.equal(await notebook.value("1"), "1");
  assert.equal(await notebook.session.interrupt(), false);
  assert.equal(await notebook.value("2"), "2");
});

test("A timer of a finished cell that loops can be interrupted when the next cell waits for it", { timeout: 30_000 }, async (t) => {
  const notebook = openNotebook(t);
  await notebook.run(`let kept = 1; setTimeout(() => { console.log("go"); while (true) {} }, 5); undefined`);
  await running(notebook, "cell-1");
  const cell = notebook.run("kept");
  assert.equal(await notebook.session.interrupt(), true);
  const { error } = await cell;
  assert.ok(error === undefined || error.kind === "interrupted");
  assert.equal(await notebook.value("kept"), "1");
});

test("200 interrupts at random moments of short cells never hit the next cell and never lose the runner", { timeout: 120_000 }, async (t) => {
  const notebook = openNotebook(t);
  await notebook.run("let done = 0");
  for (let i = 0; i < 200; i++) {
    const work = Math.random() * 15;
    const await_ = i % 3 === 0 ? "await null;" : "";
    const cell = notebook.run(`${await_} { const end = performance.now() + ${work}; while (performance.now() < end) {} console.log("x"); }`);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 25));
    await notebook.session.interrupt();
    const { error } = await cell;
    assert.ok(error === undefined || error.kind === "interrupted", plain(error?.traceback));
    assert.equal(await notebook.value("done += 1"), String(i + 1));
  }
  assert.equal(notebook.events.some(({ type }) => type === "respawn"), false);
});

test("What an interrupted cell started ends at its next sleep", { timeout: 30_000 }, async (t) => {
  const notebook = openNotebook(t);
  await notebook.run("let rounds = 0");
  const cell = notebook.run(`console.log("go"); while (true) { rounds++; await new Promise((resolve) => setTimeout(resolve, 1)) }`);
  await running(notebook, "cell-2");
  await notebook.session.interrupt();
  await cell;
  const before = await notebook.value("rounds");
  await notebook.run("await new Promise((resolve) => setTimeout(resolve, 40))");
  assert.equal(await notebook.value("rounds"), before);
});

test("What an interrupted cell started does not go on printing", { timeout: 30_000 }, async (t) => {
  const notebook = openNotebook(t);
  const cell = notebook.run(`while (true) { console.log("tick"); await new Promise((resolve) => setTimeout(resolve, 5)) }`);
  await running(notebook, "cell-1");
  await notebook.session.interrupt();
  await cell;
  const before = notebook.printed("cell-1");
  await notebook.run("await new Promise((resolve) => setTimeout(resolve, 60))");
  assert.equal(notebook.printed("cell-1"), before);
  assert.equal(notebook.events.some(({ type }) => type === "error"), false);
});

test("A long native operation stops when it returns, and is named while it lasts", { timeout: 30_000 }, async (t) => {
  const notebook = openNotebook(t);
  await notebook.run("let kept = 7");
  const cell = notebook.run(`console.log("go"); require("child_process").execSync("sleep 3"); while (true) {}`);
  await running(notebook, "cell-2");
  await notebook.session.interrupt();
  assert.equal((await cell).error?.kind, "interrupted");
  assert.match(notebook.printed("cell-2", "stderr"), /native operation/);
  assert.equal(await notebook.value("kept"), "7");
});

test("A second interrupt ends the process of a cell that native code holds, and says that variables are lost", { timeout: 30_000 }, async (t) => {
  const notebook = openNotebook(t);
  const cell = notebook.run(`console.log("go"); require("child_process").execSync("sleep 20")`);
  await running(notebook, "cell-1");
  const first = notebook.session.interrupt();
  await notebook.event((event) => event.type === "stream" && event.name === "stderr");
  await notebook.session.interrupt();
  await first;
  const { error } = await cell;
  assert.equal(error?.kind, "died");
  assert.match(plain(error?.traceback), /variables are lost/);
  assert.equal(await notebook.value("1 + 1"), "2");
});

test("A garbage collection between an interrupted wait and the next cell harms nothing", { timeout: 30_000 }, async (t) => {
  const notebook = openNotebook(t);
  await notebook.run(`require("v8").setFlagsFromString("--expose-gc"); const collect = require("vm").runInNewContext("gc"); undefined`);
  for (const code of ["await new Promise(() => {})", "await null; while (true) {}"]) {
    const cell = notebook.run(`console.log("go"); ${code}`);
    const n = code.startsWith("await new") ? 2 : 4;
    await running(notebook, `cell-${n}`);
    await notebook.session.interrupt();
    assert.equal((await cell).error?.kind, "interrupted");
    await notebook.run("for (let i = 0; i < 3; i++) { collect(); await new Promise((resolve) => setTimeout(resolve, 5)) }");
  }
  assert.equal(await notebook.value("1 + 1"), "2");
  assert.equal(notebook.events.some(({ type }) => type === "respawn"), false);
});
