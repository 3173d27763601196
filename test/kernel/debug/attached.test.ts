import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "node:test";

/** Where cells run: through a real client, and through a session. */
const rooms = ["server", "session", "interop"].map((room) => fileURLToPath(new URL(`../${room}/`, import.meta.url)));

test("the kernel keeps its promises with a debugger attached: its protocol tests pass so", { timeout: 300_000 }, () => {
  const files = rooms.flatMap((room) => readdirSync(room).filter((name) => name.endsWith(".test.js")).map((name) => room + name));
  assert.ok(files.length > 10);
  const { status, stdout } = spawnSync(process.execPath, ["--test", "--test-concurrency=2", ...files], { encoding: "utf8", env: { ...process.env, LYCEUM_TEST_DEBUGGER: "1", NODE_TEST_CONTEXT: undefined }, maxBuffer: 1e8 });
  assert.equal(status, 0, stdout.split("\n").filter((line) => /^\s*not ok|error:/.test(line)).join("\n"));
  assert.match(stdout, /# pass [1-9]\d/);
});
