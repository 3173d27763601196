import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { encode } from "../../../kernel/wire/codec.js";
import { createIssuer } from "../../../kernel/wire/message.js";
import { createSigner } from "../../../kernel/wire/signature.js";
import { startKernel, type Kernel } from "../../support/jupyter.js";

let kernel: Kernel;
before(async () => void (kernel = await startKernel()));
after(() => kernel.stop());

const { issue } = createIssuer("stranger");
const runs = (code: string) => issue({ type: "execute_request", content: { code, silent: false, store_history: true, allow_stdin: false, stop_on_error: true, user_expressions: {} } });
const framesOf = (code: string, key: string) => encode(runs(code), [], createSigner(key));
const text = (value: string) => Buffer.from(value);

/** The frames were read, since what was sent after them is answered; nothing of them was acted on, and the kernel is well. */
async function ignored(): Promise<void> {
  const cell = await kernel.execute("'well'");
  assert.equal(cell.result?.data["text/plain"], "'well'");
  assert.equal(kernel.messages.some((message) => JSON.stringify(message.content).includes("forged")), false);
  assert.equal(await kernel.alive(), true);
}

test("a message signed with another key, or not signed, is ignored", async () => {
  await kernel.raw("shell", framesOf("console.log('forged')", "another key"));
  await kernel.raw("shell", framesOf("console.log('forged')", ""));
  await kernel.raw("control", encode(issue({ type: "shutdown_request", content: { restart: false } }), [], createSigner("forged")));
  await ignored();
});

test("a message whose content was changed after signing is ignored", async () => {
  const frames = framesOf("'harmless'", kernel.connection.key);
  const content = frames.findIndex((frame) => Buffer.from(frame).includes("harmless"));
  frames[content] = Buffer.from(Buffer.from(frames[content] ?? []).toString().replace("'harmless'", "console.log('forged')"));
  await kernel.raw("shell", frames);
  await ignored();
});

test("a message sent twice runs once", async () => {
  const frames = framesOf("let times = 0", kernel.connection.key);
  await kernel.raw("shell", frames);
  await kernel.execute("times += 1");
  await kernel.raw("shell", frames);
  await kernel.raw("control", frames);
  assert.equal((await kernel.execute("times")).result?.data["text/plain"], "1");
});

test("malformed and truncated frames are ignored on every channel", async () => {
  const good = framesOf("console.log('forged')", kernel.connection.key);
  const signed = (...json: string[]) => [text("<IDS|MSG>"), text(createSigner(kernel.connection.key).sign(json.map(text))), ...json.map(text)];
  const header = JSON.stringify(runs("console.log('forged')").header);
  const bad: Uint8Array[][] = [
    [text("")],
    [text("forged")],
    [text("<IDS|MSG>")],
    good.slice(0, 3),
    good.slice(1),
    [...good.slice(0, 1), text("zz"), ...good.slice(2)],
    signed("{", "{}", "{}", "{}"),
    signed("null", "{}", "{}", "{}"),
    signed("[]", "{}", "{}", "{}"),
    signed("{}", "{}", "{}", "{}"),
    signed('{"msg_id":1,"msg_type":"execute_request"}', "{}", "{}", '{"code":"console.log(\'forged\')"}'),
    signed(header, "{}", "{}", "[1]"),
    signed(header, "7", "{}", "{}"),
    signed(header, "{}", "{}", "\xff\xfe"),
    signed(header, "{}", "{}", "[".repeat(100_000)),
  ];
  for (const channel of ["shell", "control", "stdin"] as const) for (const frames of bad) await kernel.raw(channel, frames);
  await ignored();
});

test("an oversized frame is ignored", async () => {
  const huge = Buffer.alloc(70 * 1024 * 1024, 32);
  const key = createSigner(kernel.connection.key);
  const json = [text(JSON.stringify(runs("").header)), text("{}"), text("{}"), huge];
  await kernel.raw("shell", [text("<IDS|MSG>"), text(key.sign(json)), ...json]);
  await ignored();
});

test("an unknown message type is ignored, and so is a known one on the wrong channel", async () => {
  await kernel.send("shell", "forged_request", {});
  await kernel.send("stdin", "execute_request", { code: "console.log('forged')" });
  await kernel.send("stdin", "input_reply", { value: "nobody asked" });
  await ignored();
});
