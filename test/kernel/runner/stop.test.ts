import assert from "node:assert/strict";
import { dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { test } from "node:test";
import { createSharedMemory, flag } from "../../../kernel/runner/shared.js";
import { createStop } from "../../../kernel/runner/stop.js";

test("where no learner's code runs and nothing is being shown, an interrupt stops nothing, also when a display was cut off before", () => {
  const memory = createSharedMemory();
  // This file counts as the kernel's own, as the reading of the pipe does that brings the interrupt itself.
  const stop = createStop(memory, pathToFileURL(dirname(fileURLToPath(import.meta.url))).href);
  assert.equal(stop(1), "no learner code");
  memory.flags[flag.bundling] = 1;
  assert.equal(stop(1), "no learner code");
  memory.flags[flag.lock] = 1;
  assert.equal(stop(1), "busy writing");
  memory.flags[flag.handled] = 1;
  assert.equal(stop(1), "handled");
});
