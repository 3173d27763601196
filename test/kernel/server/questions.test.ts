import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { startKernel, type Kernel, type Message } from "../../support/jupyter.js";

let kernel: Kernel;
before(async () => void (kernel = await startKernel()));
after(() => kernel.stop());

/** busy and idle that belong to a request, once both have come. */
async function statusesOf(reply: Message): Promise<unknown[]> {
  const own = (message: Message) => message.channel === "iopub" && message.parent.msg_id === reply.parent.msg_id;
  await kernel.find((message) => own(message) && message.content.execution_state === "idle");
  return kernel.messages.filter(own).map((message) => message.content.execution_state);
}

test("kernel_info tells language, protocol and banner, on shell and on control", async () => {
  for (const channel of ["shell", "control"] as const) {
    const reply = await kernel.request(channel, "kernel_info_request");
    const info = reply.content as { status: string; protocol_version: string; language_info: Record<string, unknown>; banner: string; supported_features: string[] };
    assert.equal(reply.channel, channel);
    assert.equal(info.status, "ok");
    assert.equal(info.protocol_version, "5.5");
    assert.equal(info.language_info.name, "typescript");
    assert.equal(info.language_info.file_extension, ".ts");
    assert.equal(info.language_info.mimetype, "text/typescript");
    assert.deepEqual(info.language_info.codemirror_mode, { name: "javascript", typescript: true });
    assert.deepEqual(info.supported_features, ["debugger"]);
    assert.deepEqual(await statusesOf(reply), ["busy", "idle"]);
  }
});

test("busy and idle are put around every kind of request, once", async () => {
  const requests: [string, Record<string, unknown>][] = [
    ["is_complete_request", { code: "1" }],
    ["complete_request", { code: "Mat", cursor_pos: 3 }],
    ["inspect_request", { code: "Math", cursor_pos: 2, detail_level: 0 }],
    ["history_request", { hist_access_type: "tail", n: 1 }],
    ["comm_info_request", {}],
    ["connect_request", {}],
  ];
  for (const [type, content] of requests) {
    const reply = await kernel.request("shell", type, content);
    assert.equal(reply.type, type.replace("request", "reply"));
    assert.deepEqual(await statusesOf(reply), ["busy", "idle"], type);
  }
});

test("is_complete knows complete, incomplete with its indent, and invalid code", async () => {
  const ask = async (code: string) => (await kernel.request("shell", "is_complete_request", { code })).content;
  assert.deepEqual(await ask("const a = 1"), { status: "complete" });
  assert.equal((await ask("function f() {")).status, "incomplete");
  assert.equal(typeof (await ask("function f() {")).indent, "string");
  assert.deepEqual(await ask("const = 1"), { status: "invalid" });
});

test("completion is typed, knows earlier cells, and tells kinds", async () => {
  await kernel.execute("const word = 'text'; const numbers: number[] = [1]");
  const { content } = await kernel.request("shell", "complete_request", { code: "numbers.ma", cursor_pos: 10 });
  assert.ok((content.matches as string[]).includes("map"));
  assert.deepEqual([content.cursor_start, content.cursor_end], [8, 10]);
  const typed = (content.metadata as { _jupyter_types_experimental: { text: string; type: string; start: number; end: number }[] })._jupyter_types_experimental;
  const map = typed.find((item) => item.text === "map");
  assert.deepEqual([map?.type, map?.start, map?.end], ["method", 8, 10]);
});

test("positions count code points: completion and hover hold after astral characters", async () => {
  await kernel.execute("const plain = 'text'");
  const code = "const smile = '😀😀'; plain.toUpp";
  const points = [...code].length;
  const completion = (await kernel.request("shell", "complete_request", { code, cursor_pos: points })).content;
  assert.deepEqual(completion.matches, ["toUpperCase"]);
  assert.deepEqual([completion.cursor_start, completion.cursor_end], [points - 5, points]);
  const hover = (await kernel.request("shell", "inspect_request", { code, cursor_pos: points - 8, detail_level: 0 })).content;
  assert.equal(hover.found, true);
  assert.match((hover.data as Record<string, string>)["text/plain"] ?? "", /plain: (string|"text")/);
});

test("hover gives Markdown and plain text, more at detail level 1, and found false for nothing", async () => {
  const ask = async (code: string, cursor_pos: number, detail_level: number) => (await kernel.request("shell", "inspect_request", { code, cursor_pos, detail_level })).content;
  const brief = await ask("Math.max(1)", 7, 0);
  const data = brief.data as Record<string, string>;
  assert.equal(brief.found, true);
  assert.match(data["text/markdown"] ?? "", /^```typescript\n.*max/);
  assert.match(data["text/plain"] ?? "", /max\(/);
  const full = (await ask("Math.max(1)", 7, 1)).data as Record<string, string>;
  assert.ok((full["text/markdown"] ?? "").length >= (data["text/markdown"] ?? "").length);
  assert.deepEqual(await ask("   ", 1, 0), { status: "ok", found: false, data: {}, metadata: {} });
});

test("history gives the last cells, a range, and what a pattern finds; output only where asked", async () => {
  for (const code of ["6 * 7", "6 * 8", "6 * 7"]) await kernel.execute(code);
  const ask = async (content: Record<string, unknown>) => (await kernel.request("shell", "history_request", { output: false, raw: true, ...content })).content.history as [number, number, unknown][];
  const tail = await ask({ hist_access_type: "tail", n: 3 });
  assert.deepEqual(tail.map((entry) => entry[2]), ["6 * 7", "6 * 8", "6 * 7"]);
  const [session, line] = tail[1] ?? [0, 0];
  assert.deepEqual(await ask({ hist_access_type: "range", session, start: line, stop: line + 1 }), [[session, line, "6 * 8"]]);
  assert.deepEqual(await ask({ hist_access_type: "range", session: 0, start: line, stop: line + 1, output: true }), [[session, line, ["6 * 8", "48"]]]);
  assert.equal((await ask({ hist_access_type: "search", pattern: "6 ?*7" })).length, 2);
  assert.equal((await ask({ hist_access_type: "search", pattern: "6 ?*7", unique: true })).length, 1);
  assert.deepEqual((await ask({ hist_access_type: "search", pattern: "6*", n: 1 })).map((entry) => entry[2]), ["6 * 7"]);
});

test("what is asked wrongly, or is not offered, is answered with an error that says so", async () => {
  const wrong = await kernel.request("shell", "complete_request", { code: 5, cursor_pos: 0 });
  assert.equal(wrong.content.status, "error");
  assert.match(String(wrong.content.evalue), /expected code to be a string, got 5/);
  const subshell = await kernel.request("control", "create_subshell_request");
  assert.equal(subshell.type, "create_subshell_reply");
  assert.equal(subshell.content.status, "error");
  const debug = await kernel.request("control", "debug_request", { type: "request", seq: 3, command: "fly", arguments: {} });
  assert.deepEqual([debug.type, debug.content.success, debug.content.request_seq, debug.content.command], ["debug_reply", false, 3, "fly"]);
});
