import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Run the tests of these rooms with a debugger attached to every kernel and session that they start. */
export function passAttached(...rooms: string[]): void {
  const folders = rooms.map((room) => fileURLToPath(new URL(`../${room}/`, import.meta.url)));
  const files = folders.flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith(".test.js") && !name.startsWith("conformance") /* they start kernels of their own */).map((name) => folder + name));
  assert.ok(files.length > 0);
  const { status, stdout } = spawnSync(process.execPath, ["--test", "--test-concurrency=1", ...files], { encoding: "utf8", env: { ...process.env, LYCEUM_TEST_DEBUGGER: "1", NODE_TEST_CONTEXT: undefined }, maxBuffer: 1e8 });
  assert.equal(status, 0, stdout.split("\n").filter((line) => /^\s*(not ok|error:|[+-] )/.test(line)).slice(0, 60).join("\n"));
  assert.match(stdout, /# pass [1-9]/);
}
