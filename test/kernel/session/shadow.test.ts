import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { createSession } from "../../../kernel/session/index.js";

test("a cell's own process, performance or console hides nothing from the modules, and is what later cells and checks see", async () => {
  const directory = await mkdtemp(join(tmpdir(), "lyceum-shadow-"));
  const session = createSession({ directory, onEvent() {} });
  try {
    const run = async (code: string) => {
      const { error, result } = await session.execute({ parent: code, code, count: 1 });
      assert.equal(error?.traceback.join("\n"), undefined, code);
      return result?.data["text/plain"];
    };
    await run("const performance = 5;\nfunction process(text: string) { return text.toUpperCase(); }");
    assert.equal(await run("process('a') + performance"), "'A5'");
    assert.equal(await run("tf.tidy(() => tf.tensor1d([1, 2]).sum().dataSync()[0])"), "3");
    assert.deepEqual((await session.ask({ ask: "call", name: "process", args: ["b"] })), { status: "ok", value: "B" });
  } finally {
    await session.dispose();
    await rm(directory, { recursive: true, force: true });
  }
});

test("a cell that is one object literal is a value, checked as one, with errors at their place", async () => {
  const directory = await mkdtemp(join(tmpdir(), "lyceum-object-"));
  const session = createSession({ directory, onEvent() {} });
  try {
    const good = await session.execute({ parent: "1", code: "{ a: 1, b: 'two' }", count: 1 });
    assert.equal(good.result?.data["text/plain"], "{ a: 1, b: 'two' }");
    const bad = await session.execute({ parent: "2", code: "{ a: nowhere, b: 2 }", count: 2 });
    assert.equal(bad.error?.kind, "type");
    assert.match(bad.error!.traceback.join("\n"), /nowhere/);
  } finally {
    await session.dispose();
    await rm(directory, { recursive: true, force: true });
  }
});
