import { test } from "node:test";
import assert from "node:assert/strict";
import { createPublisher } from "../../../kernel/server/publisher.js";
import { createIssuer, type Draft } from "../../../kernel/wire/message.js";

const { header } = createIssuer().issue({ type: "execute_request", content: {} });

test("adjacent text of one stream becomes one message, sent before whatever follows it", async () => {
  const sent: Draft[] = [];
  const publisher = createPublisher((draft) => sent.push(draft));
  for (let i = 0; i < 1000; i++) publisher.stream(header, "stdout", "x");
  publisher.stream(header, "stderr", "problem");
  publisher.status(header, "idle");
  await publisher.drained();
  assert.deepEqual(sent.map((draft) => draft.content.text ?? draft.content.execution_state), ["x".repeat(1000), "problem", "idle"]);
});

test("a very long text is sent in pieces, none of which cuts an emoji in two", async () => {
  const sent: Draft[] = [];
  const publisher = createPublisher((draft) => sent.push(draft));
  const text = `a${"😀".repeat(200_000)}`;
  publisher.stream(header, "stdout", text);
  await publisher.drained();
  assert.ok(sent.length > 1);
  assert.equal(sent.map((draft) => draft.content.text).join(""), text);
  for (const draft of sent) assert.doesNotMatch(String(draft.content.text), /\p{Surrogate}/u);
});
