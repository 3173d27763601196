import { test } from "node:test";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kernelMain, startKernel } from "../../support/jupyter.js";

/** Settles when no process has this pid. */
async function gone(pid: number): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (exists(pid)) {
    assert.ok(Date.now() < deadline, `process ${pid} still runs`);
    await new Promise((resolve) => setTimeout(resolve, 20)); // no event tells of a process that is not our child
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const runnerPid = "process.pid";

test("the first iopub message is the welcome, then starting, once; kernel_info answers soon after the start", async (t) => {
  const kernel = await startKernel({ test: t });
  const iopub = kernel.messages.filter((message) => message.channel === "iopub");
  assert.deepEqual([iopub[0]?.type, iopub[0]?.content.subscription], ["iopub_welcome", ""]);
  assert.deepEqual([iopub[1]?.content.execution_state, iopub[1]?.parent], ["starting", {}]);
  const reply = kernel.messages.find((message) => message.type === "kernel_info_reply");
  const took = ((reply?.at ?? Infinity) - kernel.spawned) * 1000;
  t.diagnostic(`spawn to kernel_info_reply: ${took.toFixed(0)} ms`);
  assert.ok(took < 5000);
  await kernel.execute("1");
  assert.equal(kernel.messages.filter((message) => message.content.execution_state === "starting").length, 1);
});

test("kernel_info asked again and again before anyone listens on iopub is answered each time, on shell and control", async (t) => {
  const kernel = await startKernel({ test: t, ready: false });
  const ids = await Promise.all(Array.from({ length: 6 }, (_, i) => kernel.send(i % 2 === 0 ? "shell" : "control", "kernel_info_request", {})));
  for (const id of ids) assert.equal((await kernel.find((message) => message.type === "kernel_info_reply" && message.parent.msg_id === id)).content.status, "ok");
});

test("a kernel over ipc works like one over tcp", { skip: process.platform === "win32" }, async (t) => {
  const kernel = await startKernel({ test: t, transport: "ipc" });
  assert.equal(kernel.connection.transport, "ipc");
  assert.equal((await kernel.execute("1 + 1")).result?.data["text/plain"], "2");
  await kernel.heartbeat();
});

test("shutdown is answered on control and told on iopub, and no process stays", async (t) => {
  const kernel = await startKernel({ test: t });
  const runner = Number((await kernel.execute(runnerPid)).result?.data["text/plain"]);
  const reply = await kernel.request("control", "shutdown_request", { restart: false });
  assert.deepEqual(reply.content, { status: "ok", restart: false });
  await kernel.find((message) => message.channel === "iopub" && message.type === "shutdown_reply");
  while (await kernel.alive()); // asks its parent, which also clears it away
  await gone(runner);
});

test("shutdown ends a kernel whose cell runs for ever", async (t) => {
  const kernel = await startKernel({ test: t });
  const runner = Number((await kernel.execute(runnerPid)).result?.data["text/plain"]);
  await kernel.start("console.log('round'); while (true) {}").printed("round");
  const from = Date.now();
  await kernel.manager("shutdown");
  assert.ok(Date.now() - from < 4500, "Jupyter had to kill it"); // it waits 5 s
  await gone(kernel.pid);
  await gone(runner);
});

test("a restart gives a new session, forgets variables and the count, and keeps the history", async (t) => {
  const kernel = await startKernel({ test: t });
  const before = await kernel.execute("let remembered = 'before the restart'");
  await kernel.manager("restart");
  const after = await kernel.execute("typeof remembered");
  assert.notEqual(after.messages[0]?.header.session, before.messages[0]?.header.session);
  assert.equal(after.reply.execution_count, 1);
  assert.doesNotMatch(JSON.stringify(after.result ?? after.error), /before the restart/);
  const { content } = await kernel.request("shell", "history_request", { hist_access_type: "tail", n: 2, output: false, raw: true });
  const history = content.history as [number, number, string][];
  assert.deepEqual(history.map((entry) => entry[2]), ["let remembered = 'before the restart'", "typeof remembered"]);
  assert.notEqual(history[0]?.[0], history[1]?.[0]);
});

test("when Jupyter is gone, kernel and runner end, also in a busy loop", async (t) => {
  const kernel = await startKernel({ test: t });
  const runner = Number((await kernel.execute(runnerPid)).result?.data["text/plain"]);
  await kernel.start("console.log('round'); while (true) {}").printed("round");
  kernel.killBridge();
  await gone(kernel.pid);
  await gone(runner);
});

test("a cell that ends its process is told so, and the next cell works", async (t) => {
  const kernel = await startKernel({ test: t });
  await kernel.execute("let lost = 1");
  const cell = await kernel.execute("process.exit(7)");
  assert.equal(cell.messages.filter((message) => message.type === "error").length, 1);
  assert.match(String(cell.error?.evalue), /process\.exit\(7\)/);
  assert.equal((await kernel.execute("1 + 1")).result?.data["text/plain"], "2");
});

test("the notebook's metadata choose the language of the words", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "lyceum-notebook-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "lesson.ipynb"), JSON.stringify({ metadata: { lyceum: { lesson: "05", language: "zh" } }, cells: [] }));
  const kernel = await startKernel({ test: t, cwd: folder, env: { JPY_SESSION_NAME: join(folder, "lesson.ipynb"), LYCEUM_LANGUAGE: null } });
  const failing = kernel.start("await new Promise((go) => setTimeout(go, 100)); throw new Error('x')");
  const behind = kernel.start("1");
  await failing.done;
  assert.match(String((await behind.done).reply.evalue), /单元格/);
});

test("a kernel that cannot start says why in one line and ends", () => {
  const missing = join(import.meta.dirname, "no-such-connection.json");
  assert.equal(existsSync(missing), false);
  const { status, stderr } = spawnSync(process.execPath, [kernelMain, missing], { encoding: "utf8", timeout: 20_000 });
  assert.equal(status, 1);
  assert.match(stderr, /^lyceum: the kernel could not start with .*no-such-connection\.json: ENOENT[^\n]*\n$/);
});
