import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { descendants, survivors } from "../support/processes.js";
import { startLab, temporaryFolder, type RunningLab } from "./support/start.js";

const options = { skip: process.platform === "linux" ? false : "reads /proc" };
const folders: string[] = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

/** Start our kernel through JupyterLab's own interface; resolves with every process below the command, the kernel's runner too. */
async function startKernel({ origin, token, pid }: RunningLab): Promise<number[]> {
  const answer = await fetch(`${origin}/api/kernels`, { method: "POST", headers: { authorization: `token ${token}` }, body: JSON.stringify({ name: "lyceum" }) });
  assert.equal(answer.status, 201);
  for (const end = Date.now() + 60_000; descendants(pid).length < 3; ) {
    assert.ok(Date.now() < end, "expected JupyterLab, a kernel and its runner within a minute");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return descendants(pid);
}

test("Ctrl-C ends JupyterLab and its kernels, and leaves no process behind", options, async () => {
  const lab = await startLab();
  const below = await startKernel(lab);
  const { status, stderr } = await lab.stop();
  assert.equal(status, 0);
  assert.match(stderr, /JupyterLab has ended\.\n$/);
  assert.deepEqual(await survivors(below, 5000), []);
});

test("When the command itself is killed, JupyterLab and its kernels end too", options, async () => {
  const lab = await startLab();
  const below = await startKernel(lab);
  await lab.kill();
  assert.deepEqual(await survivors(below, 20_000), []);
});

test("A broken Jupyter configuration of the user's own is not read, and a second run sets nothing up", async () => {
  const home = temporaryFolder();
  folders.push(home);
  mkdirSync(join(home, ".jupyter"));
  writeFileSync(join(home, ".jupyter/jupyter_server_config.py"), "raise SystemExit(3)\n");
  writeFileSync(join(home, ".jupyter/jupyter_lab_config.py"), "this is not Python\n");
  writeFileSync(join(home, "sitecustomize.py"), "raise SystemExit(4)\n");
  const lab = await startLab({ environment: { HOME: home, JUPYTER_CONFIG_DIR: join(home, ".jupyter"), JUPYTER_PATH: home, PYTHONPATH: home } });
  const specs = (await (await fetch(`${lab.origin}/api/kernelspecs?token=${lab.token}`)).json()) as { default: string; kernelspecs: Record<string, unknown> };
  const { stderr } = await lab.stop();
  assert.equal(specs.default, "lyceum");
  assert.ok(specs.kernelspecs["lyceum"]);
  assert.doesNotMatch(stderr, /to download/);
});

test("Without the token JupyterLab shows nothing", async () => {
  const lab = await startLab();
  const { status } = await fetch(`${lab.origin}/api/contents`);
  await lab.stop();
  assert.equal(status, 403);
});
