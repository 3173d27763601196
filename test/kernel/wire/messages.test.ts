import { test } from "node:test";
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { decode, encode } from "../../../kernel/wire/codec.js";
import { addressOf, type Connection } from "../../../kernel/wire/connection.js";
import { createIssuer, replyTo, type Request } from "../../../kernel/wire/message.js";
import { createOutbox } from "../../../kernel/wire/outbox.js";
import { createSigner } from "../../../kernel/wire/signature.js";

const { issue } = createIssuer();

test("a message survives the wire: identities, four dictionaries, binary buffers", () => {
  const message = issue({ type: "comm_msg", content: { text: "é😀" }, metadata: { a: 1 }, buffers: [Uint8Array.of(0, 255)] });
  const decoded = decode(encode(message, [Buffer.from("who")], createSigner("k")), createSigner("k"));
  assert.ok("message" in decoded);
  assert.deepEqual(decoded.message, message);
  assert.deepEqual(decoded.identities.map(String), ["who"]);
});

test("the signature is HMAC-SHA256 over the four JSON frames and never over buffers", () => {
  const frames = encode(issue({ type: "status", content: {}, buffers: [Buffer.from("binary")] }), [], createSigner("secret"));
  const expected = createHmac("sha256", "secret");
  for (const frame of frames.slice(2, 6)) expected.update(frame);
  assert.equal(String(frames[1]), expected.digest("hex"));
  frames[6] = Buffer.from("another");
  assert.ok("message" in decode(frames, createSigner("secret")));
});

test("without a key nothing is signed, and every message is taken, also twice", () => {
  const signer = createSigner("");
  const frames = encode(issue({ type: "status", content: {} }), [], signer);
  assert.equal(String(frames[1]), "");
  for (let i = 0; i < 2; i++) assert.ok("message" in decode(frames, signer));
});

test("a reply's type and parent follow from its request", () => {
  const request = { ...issue({ type: "is_complete_request", content: {} }), channel: "shell", identities: [], arrived: 0 } as Request;
  assert.deepEqual(replyTo(request, { status: "complete" }), { type: "is_complete_reply", parent: request.header, content: { status: "complete" }, metadata: undefined });
});

test("addresses: tcp by port, ipc by file, IPv6 in brackets", () => {
  const connection = { transport: "tcp", ip: "127.0.0.1", shell_port: 5 } as Connection;
  assert.equal(addressOf(connection, "shell"), "tcp://127.0.0.1:5");
  assert.equal(addressOf({ ...connection, ip: "::1" }, "shell"), "tcp://[::1]:5");
  assert.equal(addressOf({ ...connection, transport: "ipc", ip: "/run/kernel" }, "shell"), "ipc:///run/kernel-5");
});

test("one socket never has two sends under way, a failed send does not stop the next, and drained waits for all", async () => {
  let under = 0;
  const sent: string[] = [];
  const outbox = createOutbox(async ([frame]) => {
    assert.equal(++under, 1);
    await new Promise((resolve) => setImmediate(resolve));
    under--;
    if (String(frame) === "2") throw new Error("refused");
    sent.push(String(frame));
  });
  const results = ["1", "2", "3"].map((text) => outbox.push([Buffer.from(text)]));
  await assert.rejects(results[1] ?? Promise.resolve(), /refused/);
  await outbox.drained();
  assert.deepEqual(sent, ["1", "3"]);
});
