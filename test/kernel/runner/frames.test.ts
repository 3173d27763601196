import assert from "node:assert/strict";
import { test } from "node:test";
import { createFrameReader, encodeFrame, type Frame } from "../../../kernel/runner/frames.js";

test("Frames survive any cutting of the stream, with empty and binary parts", () => {
  const sent: Frame[] = [
    { message: { a: "é🙂" }, parts: [] },
    { message: null, parts: [new Uint8Array(0), new Uint8Array([0, 255, 10])] },
    { message: ["x".repeat(70_000)], parts: [new Uint8Array(100_000).fill(7)] },
    { message: 1, parts: [] },
  ];
  const bytes = Buffer.concat(sent.map(({ message, parts }) => encodeFrame(message, parts)));
  for (const size of [1, 3, 7, 8, 9, 4096, 65_536, bytes.length]) {
    const got: Frame[] = [];
    const read = createFrameReader((frame) => got.push(frame));
    for (let at = 0; at < bytes.length; at += size) read(bytes.subarray(at, at + size));
    assert.deepEqual(got, sent, `chunks of ${size}`);
  }
});

test("A frame whose handling is cut off is not handed out again, and the ones behind it come with the next bytes", () => {
  const got: unknown[] = [];
  const read = createFrameReader(({ message }) => {
    got.push(message);
    if (message === "cut") throw new Error("cut off");
  });
  assert.throws(() => read(Buffer.concat([encodeFrame("cut"), encodeFrame("behind")])), /cut off/);
  read(encodeFrame("next"));
  assert.deepEqual(got, ["cut", "behind", "next"]);
});
