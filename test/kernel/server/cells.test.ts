import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { startKernel, type Kernel } from "../../support/jupyter.js";

let kernel: Kernel;
before(async () => void (kernel = await startKernel()));
after(() => kernel.stop());

test("a cell gives execute_input, its output, its result, its reply and idle, in this order", async () => {
  const cell = await kernel.execute("console.log('out'); 1 + 1");
  assert.deepEqual(cell.messages.map((message) => message.type), ["status", "execute_input", "stream", "execute_result", "status"]);
  assert.equal(cell.result?.data["text/plain"], "2");
  assert.equal(cell.result?.execution_count, cell.reply.execution_count);
  assert.deepEqual(cell.messages[1]?.content, { code: "console.log('out'); 1 + 1", execution_count: cell.reply.execution_count });
  const reply = kernel.messages.find((message) => message.type === "execute_reply" && message.parent.msg_id === cell.id);
  assert.deepEqual({ ...cell.reply, execution_count: 0 }, { status: "ok", execution_count: 0, payload: [], user_expressions: {} });
  assert.match(String(reply?.metadata.started), /^\d{4}-\d\d-\d\dT/);
});

test("an error is one error message, and the reply carries the same fields and the count", async () => {
  const cell = await kernel.execute("throw new RangeError('too far')");
  const errors = cell.messages.filter((message) => message.type === "error");
  assert.equal(errors.length, 1);
  assert.equal(cell.error?.ename, "RangeError");
  assert.equal(cell.error?.evalue, "too far");
  assert.ok((cell.error?.traceback.length ?? 0) > 0);
  const { ename, evalue, traceback, execution_count, status } = cell.reply;
  assert.deepEqual({ ename, evalue, traceback }, cell.error);
  assert.equal(status, "error");
  assert.equal(typeof execution_count, "number");
});

test("every message of the kernel carries its own session, another than the client's, and its cause", async () => {
  const cell = await kernel.execute("console.log(1)");
  for (const message of cell.messages) {
    assert.notEqual(message.header.session, cell.messages[0]?.parent.session);
    assert.equal(message.header.session, cell.messages[0]?.header.session);
    assert.equal(message.parent.msg_type, "execute_request");
  }
});

test("a silent cell publishes nothing but its statuses, does not count and leaves no history, yet runs", async () => {
  const { reply: before } = await kernel.execute("0");
  const cell = await kernel.execute("let quiet = 7; console.log('heard?'); display('seen?'); quiet", { silent: true, store_history: true });
  assert.deepEqual(cell.messages.map((message) => message.type), ["status", "status"]);
  const failing = await kernel.execute("throw new Error('unseen')", { silent: true });
  assert.deepEqual(failing.messages.map((message) => message.type), ["status", "status"]);
  assert.equal(failing.reply.evalue, "unseen");
  const next = await kernel.execute("quiet");
  assert.equal(next.result?.data["text/plain"], "7");
  assert.equal(next.reply.execution_count, Number(before.execution_count) + 1);
  const history = await kernel.request("shell", "history_request", { hist_access_type: "search", pattern: "*heard?*", output: false, raw: true });
  assert.deepEqual(history.content.history, []);
});

test("store_history false shows the result and does not count", async () => {
  const { reply: before } = await kernel.execute("1");
  const cell = await kernel.execute("2", { store_history: false });
  assert.equal(cell.result?.data["text/plain"], "2");
  assert.equal(cell.reply.execution_count, before.execution_count);
  assert.equal((await kernel.execute("3")).reply.execution_count, Number(before.execution_count) + 1);
});

test("user_expressions are evaluated after the cell, each with its own value or error", async () => {
  const { reply } = await kernel.execute("let apples = 3", { user_expressions: { sum: "apples + 2", bad: "nowhere.at.all" } });
  const answers = reply.user_expressions as Record<string, { status: string; data?: Record<string, unknown>; ename?: string; traceback?: string[] }>;
  assert.equal(answers.sum?.status, "ok");
  assert.equal(answers.sum?.data?.["text/plain"], "5");
  assert.equal(answers.bad?.status, "error");
  assert.equal(answers.bad?.ename, "ReferenceError");
  assert.ok(Array.isArray(answers.bad?.traceback));
});

test("cells behind a slow cell that fails do not run, and each of them gets an error reply, busy and idle", async () => {
  const slow = kernel.start("await new Promise((go) => setTimeout(go, 300)); throw new Error('first')");
  const behind = [kernel.start("console.log('must not run')"), kernel.start("console.log('nor this')")];
  assert.equal((await slow.done).error?.evalue, "first");
  for (const { done } of behind) {
    const cell = await done;
    assert.equal(cell.status, "error");
    assert.equal(cell.reply.ename, "Aborted");
    assert.deepEqual(cell.messages.map((message) => message.content.execution_state), ["busy", "idle"]);
  }
});

test("cells sent in one burst stop at a cell that fails at once", async () => {
  const cells = ["let burst = 1", "throw new Error('at once')", "burst = 2", "burst = 3", "burst = 4", "burst = 5"].map((code) => kernel.start(code));
  const statuses = (await Promise.all(cells.map((cell) => cell.done))).map((cell) => cell.status);
  assert.deepEqual(statuses, ["ok", "error", "error", "error", "error", "error"]);
  assert.equal((await kernel.execute("burst")).result?.data["text/plain"], "1");
});

test("a cell sent after an error runs", async () => {
  for (let i = 0; i < 5; i++) {
    assert.equal((await kernel.execute("throw new Error('again')")).status, "error");
    assert.equal((await kernel.execute("'runs'")).result?.data["text/plain"], "'runs'");
  }
});

test("stop_on_error false lets the cells behind the error run", async () => {
  const failing = kernel.start("await new Promise((go) => setTimeout(go, 100)); throw new Error('passed over')", { stop_on_error: false });
  const behind = kernel.start("'still runs'");
  assert.equal((await failing.done).status, "error");
  assert.equal((await behind.done).result?.data["text/plain"], "'still runs'");
});

test("a request whose code is no text is answered with an error", async () => {
  const reply = await kernel.request("shell", "execute_request", { code: 5 });
  assert.equal(reply.content.status, "error");
  assert.match(String(reply.content.evalue), /expected code to be a string, got 5/);
});

test("page gives a payload with the text", async () => {
  const { reply } = await kernel.execute("page('long text')");
  const [payload] = reply.payload as { source: string; data: Record<string, string> }[];
  assert.equal(payload?.source, "page");
  assert.equal(payload?.data["text/plain"], "long text");
});

test("a display is updated under its id, and output is cleared, at once or with the next output", async () => {
  const cell = await kernel.execute("const shown = display('first'); shown.update('second'); clear(true); clear();");
  const update = cell.messages.find((message) => message.type === "update_display_data");
  assert.equal((cell.displays[0]?.transient as { display_id?: string })?.display_id, (update?.content.transient as { display_id?: string } | undefined)?.display_id);
  assert.match(JSON.stringify(update?.content.data), /second/);
  assert.deepEqual(cell.messages.filter((message) => message.type === "clear_output").map((message) => message.content.wait), [true, false]);
});

test("late output goes to the cell that caused it", async () => {
  const first = await kernel.execute("setTimeout(() => console.log('late'), 300)");
  const second = await kernel.execute("'another'");
  const late = await kernel.next((message) => message.type === "stream" && String(message.content.text).includes("late"));
  assert.equal(late.parent.msg_id, first.id);
  assert.notEqual(late.parent.msg_id, second.id);
});
