import { test } from "node:test";
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { python } from "../../support/jupyter.js";
import { projectRoot } from "../../support/root.js";

const build = join(dirname(fileURLToPath(import.meta.url)), "../../..");

const program = `
import json, pathlib, sys
root, build = map(pathlib.Path, sys.argv[1:])
sys.path.insert(0, str(root / "test/bench"))
from client import Kernel
from conformance import conform
from peers import peers
kernelspec, programs = peers(root, build)["lyceum"]
print(json.dumps(conform(lambda: Kernel("lyceum", kernelspec, root), programs)))
`;

test("Every one of the 41 questions that a notebook user would put to a kernel is answered well.", async () => {
  const child = spawn(python, ["-c", program, projectRoot, build], { env: { ...process.env, LYCEUM_NODE: process.execPath }, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const status = await new Promise((resolve, reject) => child.once("error", reject).once("close", resolve));
  assert.equal(status, 0, stderr);
  const [passed, applicable, missing] = JSON.parse(stdout) as [number, number, string[]];
  assert.deepEqual(missing, [], stderr);
  assert.deepEqual([passed, applicable], [41, 41]);
});
