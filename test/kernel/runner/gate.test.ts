import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { projectRoot } from "../../support/root.js";

test("a message to the main thread that comes while another one runs code is answered, although that code stops at a breakpoint", { timeout: 60_000 }, async () => {
  const gate = new URL("../../../kernel/runner/gate.js", import.meta.url).href;
  const child = spawn(process.execPath, [join(projectRoot, "test/fixtures/programs/gate.mjs"), gate], { stdio: ["ignore", "ignore", "pipe"] });
  // Without the gate the program spins for ever.
  const patience = setTimeout(() => child.kill("SIGKILL"), 45_000);
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  await new Promise((ended) => child.on("close", ended));
  clearTimeout(patience);
  assert.match(said, /^second third resumed first$/m);
});
