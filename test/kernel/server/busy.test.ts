import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { startKernel, type Kernel, type RunningCell } from "../../support/jupyter.js";

let kernel: Kernel;
before(async () => void (kernel = await startKernel()));
after(() => kernel.stop());

/** A cell that runs for ever, once it does. */
async function forever(code = "console.log('round'); while (true) {}"): Promise<RunningCell> {
  const cell = kernel.start(code);
  await cell.printed("round");
  return cell;
}

test("while a cell runs for ever, heartbeat, control, completion, hover, is_complete, history and comm_info answer", async (t) => {
  await kernel.execute("const list = [1, 2]");
  await kernel.request("shell", "complete_request", { code: "list.ma", cursor_pos: 7 });
  const cell = await forever();
  const timed = async (name: string, act: () => Promise<unknown>) => {
    const from = performance.now();
    const answer = await act();
    t.diagnostic(`${name}: ${(performance.now() - from).toFixed(1)} ms`);
    return answer as { content: Record<string, unknown> };
  };
  await timed("heartbeat", () => kernel.heartbeat());
  assert.equal((await timed("kernel_info on control", () => kernel.request("control", "kernel_info_request"))).content.status, "ok");
  const completion = await timed("completion", () => kernel.request("shell", "complete_request", { code: "list.ma", cursor_pos: 7 }));
  assert.ok((completion.content.matches as string[]).includes("map"));
  assert.equal((await timed("hover", () => kernel.request("shell", "inspect_request", { code: "list", cursor_pos: 2, detail_level: 0 }))).content.found, true);
  assert.equal((await timed("is_complete", () => kernel.request("shell", "is_complete_request", { code: "{" }))).content.status, "incomplete");
  assert.equal((await timed("history", () => kernel.request("shell", "history_request", { hist_access_type: "tail", n: 1 }))).content.status, "ok");
  assert.equal((await timed("comm_info", () => kernel.request("shell", "comm_info_request"))).content.status, "ok");
  // The latest status must still say busy: clients show it, and Jupyter Server stops kernels that seem idle.
  const statuses = () => kernel.messages.filter((message) => message.type === "status").map((message) => message.content.execution_state);
  await kernel.find(() => statuses().at(-1) === "busy");
  await kernel.interrupt();
  assert.equal((await cell.done).status, "error");
  assert.equal(statuses().at(-1), "idle");
});

test("an interrupt stops a busy loop and keeps every variable", async (t) => {
  await kernel.execute("let kept = 41");
  const times: number[] = [];
  for (let i = 0; i < 5; i++) {
    const cell = await forever();
    const from = performance.now();
    await kernel.send("control", "interrupt_request", {});
    const { error } = await cell.done;
    times.push(performance.now() - from);
    assert.equal(error?.ename, "Interrupted");
  }
  times.sort((a, b) => a - b);
  t.diagnostic(`interrupt to idle, median: ${times[2]?.toFixed(1)} ms`);
  assert.ok((times[2] ?? Infinity) < 2000);
  assert.equal((await kernel.execute("kept + 1")).result?.data["text/plain"], "42");
});

test("Jupyter's own interrupt reaches the cell as a message", async () => {
  const cell = await forever();
  await kernel.manager("interrupt");
  assert.equal((await cell.done).error?.ename, "Interrupted");
});

test("an interrupt ends a cell that waits for a promise that never settles, and the cells queued behind it", async () => {
  const cell = await forever("console.log('round'); await new Promise(() => {})");
  const behind = kernel.start("'not run'");
  await kernel.find((message) => message.type === "status"); // both are sent; the kernel reads them in order
  await kernel.request("shell", "comm_info_request");
  await kernel.interrupt();
  assert.equal((await cell.done).error?.ename, "Interrupted");
  assert.equal((await behind.done).reply.ename, "Aborted");
  assert.equal((await kernel.execute("1")).status, "ok");
});

test("an interrupt while nothing runs does nothing", async () => {
  await kernel.interrupt();
  assert.equal((await kernel.execute("'fine'")).status, "ok");
});

test("a question on stdin does not hold up the other channels", async () => {
  const cell = kernel.start("prompt('?')", { allow_stdin: true });
  const asked = await kernel.next((message) => message.type === "input_request");
  await kernel.heartbeat();
  assert.equal((await kernel.request("control", "kernel_info_request")).content.status, "ok");
  assert.equal((await kernel.request("shell", "is_complete_request", { code: "1" })).content.status, "complete");
  await kernel.send("stdin", "input_reply", { value: "now" }, { parent: asked.header });
  assert.equal((await cell.done).result?.data["text/plain"], "'now'");
});
