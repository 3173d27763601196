import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { once } from "node:events";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { openNotebook, plain } from "./support.js";

const deaths: Record<string, { code: string; says: RegExp }> = {
  "process.exit(3)": { code: "process.exit(3)", says: /process\.exit\(3\)/ },
  "process.exit in a timer": { code: "setTimeout(() => process.exit(), 5); await new Promise(() => {})", says: /process\.exit\(0\)/ },
  "process.abort()": { code: "process.abort()", says: /crashed \(SIGABRT\)/ },
  "a segmentation fault": { code: `process.kill(process.pid, "SIGSEGV"); while (true) {}`, says: /crashed \(SIGSEGV\)/ },
  "being killed": { code: `process.kill(process.pid, "SIGKILL"); while (true) {}`, says: /was killed/ },
};

for (const [name, { code, says }] of Object.entries(deaths)) {
  test(`After ${name} the cell tells in plain words that variables are lost, and the next cell works`, { timeout: 30_000 }, async (t) => {
    const notebook = openNotebook(t);
    await notebook.run(`let gone = 1; console.log("before")`);
    const { status, error } = await notebook.run(`console.log("last words"); ${code}`);
    assert.equal(status, "error");
    assert.equal(error?.kind, "died");
    assert.match(plain(error?.traceback), says);
    assert.match(plain(error?.traceback), /All variables are lost/);
    assert.equal(notebook.printed("cell-2"), "last words\n");
    assert.equal(notebook.printed("cell-2", "stderr"), "");
    assert.equal(notebook.events.filter(({ type }) => type === "respawn").length, 1);
    assert.equal(await notebook.value("typeof gone"), "'undefined'");
  });
}

test("Running out of memory is told with the limit, and the next cell works", { timeout: 60_000 }, async (t) => {
  const notebook = openNotebook(t, { maxHeap: 60 });
  const { error } = await notebook.run("const all = []; while (true) all.push(new Array(1e5).fill(1.5))");
  assert.equal(error?.kind, "died");
  assert.match(plain(error?.traceback), /ran out of memory \(limit 60 MB\)/);
  assert.equal(notebook.printed("cell-1", "stderr"), "");
  assert.equal(await notebook.value("6 * 7"), "42");
});

test("A runner that dies between cells is told once, and the next cell works", { timeout: 30_000 }, async (t) => {
  const notebook = openNotebook(t);
  const pid = Number(await notebook.value("process.pid"));
  process.kill(pid, "SIGKILL");
  const told = await notebook.event(({ type }) => type === "error");
  assert.ok(told.type === "error" && told.error.kind === "died");
  assert.equal(await notebook.value("1"), "1");
});

test("Runaway recursion is an ordinary error in plain words", { timeout: 30_000 }, async (t) => {
  const notebook = openNotebook(t);
  const { error } = await notebook.run("const kept = 5; function down(n: number): number { return down(n + 1) + 1 }\ndown(0)");
  assert.equal(error?.ename, "RangeError");
  assert.match(plain(error?.traceback), /calls itself without end/);
  assert.match(plain(error?.traceback), /more times/);
  assert.equal(await notebook.value("kept"), "5");
});

test("An error in a timer is told in the cell that set it, while a later cell runs, and the process lives", { timeout: 30_000 }, async (t) => {
  const notebook = openNotebook(t);
  await notebook.run(`let kept = 3; let fire: () => void; const fired = new Promise<void>((resolve) => { fire = resolve });
setTimeout(() => { setTimeout(fire, 1); throw new TypeError("late") }, 20); undefined`);
  await notebook.run("await fired");
  const told = await notebook.event(({ type }) => type === "error");
  assert.ok(told.type === "error");
  assert.equal(told.parent, "cell-1");
  assert.match(plain(told.error.traceback), /TypeError: late[^]*Cell \[1\], line 2/);
  assert.equal(await notebook.value("kept"), "3");
});

test("An unhandled rejection is told in the cell that caused it, and the process lives", { timeout: 30_000 }, async (t) => {
  const notebook = openNotebook(t);
  await notebook.run(`let kept = 3; Promise.reject(new Error("nobody listens")); undefined`);
  const told = await notebook.event(({ type }) => type === "error");
  assert.ok(told.type === "error" && told.parent === "cell-1");
  assert.match(told.error.evalue, /nobody listens/);
  assert.equal(await notebook.value("kept"), "3");
});

test("A restart keeps nothing, and ends the old process", { timeout: 30_000 }, async (t) => {
  const notebook = openNotebook(t);
  const pid = Number(await notebook.value("globalThis.kept = 1; process.pid"));
  const busy = notebook.run("while (true) {}");
  await notebook.session.restart();
  assert.equal((await busy).error?.kind, "died");
  assert.equal(existsSync(`/proc/${pid}`), false);
  assert.equal(await notebook.value("typeof kept"), "'undefined'");
});

test("Dispose leaves no process, also when a cell loops", { timeout: 30_000 }, async (t) => {
  const notebook = openNotebook(t);
  const pid = Number(await notebook.value("process.pid"));
  const busy = notebook.run(`console.log("go"); while (true) {}`);
  await notebook.event(({ type }) => type === "stream");
  await notebook.session.dispose();
  await busy;
  assert.equal(existsSync(`/proc/${pid}`), false);
});

for (const [name, code] of Object.entries({ idle: "0", looping: "while (true) {}", "asking a question": `prompt("?")` })) {
  test(`A runner that is ${name} ends when its parent is killed`, { timeout: 30_000 }, async (t) => {
    const parent = spawn(process.execPath, [fileURLToPath(new URL("orphan.js", import.meta.url)), code], { stdio: ["ignore", "pipe", "inherit"] });
    t.after(() => parent.kill("SIGKILL"));
    const [chunk] = (await once(parent.stdout, "data")) as [Buffer];
    const pid = Number(String(chunk));
    assert.ok(existsSync(`/proc/${pid}`));
    parent.kill("SIGKILL");
    while (existsSync(`/proc/${pid}`)) await new Promise((resolve) => setTimeout(resolve, 10));
  });
}
