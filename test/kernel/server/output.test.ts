import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { startKernel, type Kernel, type Message } from "../../support/jupyter.js";

let kernel: Kernel;
before(async () => void (kernel = await startKernel({ timeout: 60_000 })));
after(() => kernel.stop());

/** Jupyter Server's rule, applied to what arrived: messages and stream bytes in any 3 s, counts cleared at idle. */
function worstWindow(messages: Message[]): { messages: number; bytes: number } {
  const counted = messages.filter((message) => !["status", "comm_open", "execute_input"].includes(message.type));
  const worst = { messages: 0, bytes: 0 };
  let first = 0;
  let bytes = 0;
  const size = (message: Message | undefined) => (message?.type === "stream" ? Buffer.byteLength(JSON.stringify(message.content)) + 800 : 0);
  counted.forEach((message, index) => {
    bytes += size(message);
    for (; (counted[first]?.at ?? 0) < message.at - 3; first++) bytes -= size(counted[first]);
    worst.messages = Math.max(worst.messages, index - first + 1);
    worst.bytes = Math.max(worst.bytes, bytes);
  });
  return worst;
}

test("50,000 printed lines arrive in order before idle, in few messages", async () => {
  const cell = await kernel.execute("for (let i = 0; i < 50_000; i++) console.log(`line ${i}`)");
  assert.equal(cell.stdout, Array.from({ length: 50_000 }, (_, i) => `line ${i}\n`).join(""));
  assert.equal(cell.messages.at(-1)?.content.execution_state, "idle");
  assert.ok(cell.messages.length < 300, `${cell.messages.length} messages`);
});

test("50,000 long lines stay below the rates at which Jupyter Server drops output", async (t) => {
  const cell = await kernel.execute("for (let i = 0; i < 50_000; i++) console.log(`line ${i} ${'-'.repeat(80)}`)");
  assert.equal(cell.stdout.split("\n").length, 50_001);
  assert.ok(cell.stdout.endsWith(`line 49999 ${"-".repeat(80)}\n`));
  const worst = worstWindow(cell.messages);
  t.diagnostic(`in 3 s at most ${worst.messages} messages and ${worst.bytes} bytes`);
  assert.ok(worst.messages <= 3000 && worst.bytes <= 3_000_000);
});

test("two streams and displays keep their order", async () => {
  const cell = await kernel.execute("for (let i = 0; i < 20; i++) { console.log(`a${i}`); console.error(`b${i}`); display(i) }");
  const seen = cell.messages.flatMap((message) => (message.type === "stream" ? [`${message.content.name}:${String(message.content.text).trim()}`] : message.type === "display_data" ? ["display"] : []));
  assert.deepEqual(seen, Array.from({ length: 20 }, (_, i) => [`stdout:a${i}`, `stderr:b${i}`, "display"]).flat());
});

test("a 12 MB result survives", async () => {
  const cell = await kernel.execute("display.text('x'.repeat(12_000_000))");
  const shown = cell.displays[0]?.data["text/plain"] ?? cell.result?.data["text/plain"];
  assert.equal(String(shown).length, 12_000_000);
});

test("runaway output is cut with a notice, and the cell and the next one end well", async () => {
  const cell = await kernel.execute("for (let i = 0; i < 150_000; i++) console.log('round'); 'done'");
  assert.match(cell.stdout, /\[Output cut here: this cell printed more than 100,000 lines/);
  assert.equal(cell.stdout.split("round\n").length - 1, 100_000);
  assert.equal(cell.result?.data["text/plain"], "'done'");
  const next = await kernel.execute("console.log('prints again')");
  assert.equal(next.stdout, "prints again\n");
});

test("thousands of updates of one display arrive as few, the last one among them", async () => {
  const cell = await kernel.execute("const bar = display('0'); for (let i = 1; i <= 5000; i++) bar.update(String(i))");
  const updates = cell.messages.filter((message) => message.type === "update_display_data");
  assert.ok(updates.length < 500, `${updates.length} updates`);
  assert.match(JSON.stringify(updates.at(-1)?.content.data), /5000/);
});

test("half an emoji is printed as a replacement character that every client can read", async () => {
  const cell = await kernel.execute("console.log('half \\ud83d here')");
  assert.equal(cell.stdout, "half \ufffd here\n");
  assert.deepEqual(kernel.complaints.filter((line) => line.includes("unreadable")), []);
});
