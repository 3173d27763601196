import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { startKernel, type Kernel, type Message } from "../../support/jupyter.js";

let kernel: Kernel;
before(async () => void (kernel = await startKernel()));
after(() => kernel.stop());

const opened = (id: string) => async () => ((await kernel.request("shell", "comm_info_request", { target_name: "echo" })).content.comms as Record<string, unknown>)[id];

/** Send a comm message and wait for its idle; gives what iopub said in between. */
async function tell(type: string, content: Record<string, unknown>, buffers: Uint8Array[] = []): Promise<Message[]> {
  const id = await kernel.send("shell", type, content, { buffers });
  const own = (message: Message) => message.channel === "iopub" && message.parent.msg_id === id;
  await kernel.find((message) => own(message) && message.content.execution_state === "idle");
  return kernel.messages.filter(own);
}

test("a comm to an unknown target is closed, between its busy and its idle", async () => {
  const messages = await tell("comm_open", { comm_id: "lost", target_name: "nobody", data: {} });
  assert.deepEqual(messages.map((message) => message.type), ["status", "comm_close", "status"]);
  assert.equal(messages[1]?.content.comm_id, "lost");
  assert.equal(await opened("lost")(), undefined);
});

test("a front end opens a comm, binary buffers go there and back unharmed, and comm_info lists it until it closes", async () => {
  await kernel.execute(openEcho);
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  await tell("comm_open", { comm_id: "c1", target_name: "echo", data: { hello: 1 } });
  assert.deepEqual(await opened("c1")(), { target_name: "echo" });
  const messages = await tell("comm_msg", { comm_id: "c1", data: { n: 5 } }, [bytes, new Uint8Array()]);
  assert.deepEqual(messages.map((message) => message.type), ["status", "comm_msg", "status"]);
  assert.deepEqual(messages[1]?.content, { comm_id: "c1", data: { got: { n: 5 } } });
  assert.deepEqual(messages[1]?.buffers.map((part) => [...part]), [[...bytes], []]);
  await tell("comm_close", { comm_id: "c1", data: {} });
  assert.equal(await opened("c1")(), undefined);
});

test("a comm that a cell opens reaches the front end under that cell, and answers from the front end reach its handler", async () => {
  const cell = await kernel.execute("const channel = comms.open('chart', { first: 1 }, { buffers: [new Float32Array([1.5])] }); channel.onMessage(({ data }) => console.log('heard', JSON.stringify(data)))");
  const open = cell.messages.find((message) => message.type === "comm_open");
  assert.deepEqual([open?.content.target_name, open?.content.data], ["chart", { first: 1 }]);
  assert.deepEqual([...(open?.buffers[0] ?? [])], [0, 0, 192, 63]);
  const messages = await tell("comm_msg", { comm_id: open?.content.comm_id, data: { clicked: true } });
  assert.deepEqual(messages.map((message) => message.type), ["status", "stream", "status"]);
  assert.equal(messages[1]?.content.text, 'heard {"clicked":true}\n');
});

test("comms are gone when the process that held them is", async () => {
  await kernel.execute("comms.open('chart', {}, { id: 'doomed' })");
  const dying = await kernel.execute("process.exit(3)");
  assert.equal(dying.status, "error");
  await kernel.find((message) => message.type === "comm_close" && message.content.comm_id === "doomed");
  assert.deepEqual((await kernel.request("shell", "comm_info_request")).content.comms, {});
});

/** A target that sends back what it gets. */
const openEcho = "comms.onOpen('echo', (comm) => comm.onMessage(({ data, buffers }) => comm.send({ got: data }, { buffers })))";
