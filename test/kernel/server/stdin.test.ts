import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { startKernel, type Kernel } from "../../support/jupyter.js";

let kernel: Kernel;
before(async () => void (kernel = await startKernel()));
after(() => kernel.stop());

test("prompt asks the client that sent the cell, and gives its answer, emoji included", async () => {
  const cell = await kernel.execute("console.log('before'); const name = prompt('name? '); name", { stdin: ["Ada 😀"] });
  const asked = kernel.messages.find((message) => message.type === "input_request" && message.parent.msg_id === cell.id);
  assert.deepEqual(asked?.content, { prompt: "name? ", password: false });
  assert.equal(cell.result?.data["text/plain"], "'Ada 😀'");
  const printed = cell.messages.find((message) => message.type === "stream");
  assert.ok((printed?.at ?? Infinity) <= (cell.messages.at(-1)?.at ?? 0));
});

test("a password is asked as one", async () => {
  let secret = false;
  const cell = await kernel.execute("getpass('word? ')", { stdin: (_prompt, password) => ((secret = password), "hush") });
  assert.equal(secret, true);
  assert.match(JSON.stringify(cell.result?.data), /hush/);
});

test("several questions of one cell are answered in turn", async () => {
  const cell = await kernel.execute("[prompt('a'), prompt('b')].join('-')", { stdin: ["1", "2"] });
  assert.equal(cell.result?.data["text/plain"], "'1-2'");
});

test("where the client does not allow questions, prompt gives null and nothing is asked", async () => {
  const cell = await kernel.execute("prompt('?')", { allow_stdin: false });
  assert.equal(cell.status, "ok");
  assert.equal(cell.result?.data["text/plain"], "null");
  assert.equal(kernel.messages.some((message) => message.type === "input_request" && message.parent.msg_id === cell.id), false);
});

test("an interrupt ends a cell that waits for an answer; an answer that comes later is dropped", async () => {
  const cell = kernel.start("prompt('never answered')", { allow_stdin: true });
  const asked = await kernel.find((message) => message.type === "input_request" && message.parent.msg_id === cell.id);
  await kernel.interrupt();
  assert.equal((await cell.done).error?.ename, "Interrupted");
  await kernel.send("stdin", "input_reply", { value: "too late" }, { parent: asked.header });
  const next = await kernel.execute("prompt('again')", { stdin: ["in time"] });
  assert.equal(next.result?.data["text/plain"], "'in time'");
});
