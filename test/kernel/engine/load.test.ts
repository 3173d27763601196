import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { describeEngine, engineAliases, loadEngine } from "../../../kernel/engine/index.js";
import { findOwnBinding } from "../../../kernel/engine/tiers/own-binding.js";
import { noTensorFlow } from "./support.js";

const require = createRequire(import.meta.url);
const engineUrl = pathToFileURL(require.resolve("../../../kernel/engine/index.js")).href;

/** Runs a program in a process of its own; it finds `loadEngine` imported. */
function run(program: string, options: { environment?: NodeJS.ProcessEnv; flags?: string[] } = {}): { code: number | null; stdout: string; stderr: string } {
  const text = `import { loadEngine, preloadBinding } from ${JSON.stringify(engineUrl)};\n${program}`;
  const { status, stdout, stderr } = spawnSync(process.execPath, [...(options.flags ?? []), "--input-type=module", "-e", text], { encoding: "utf8", env: { ...process.env, ...options.environment } });
  return { code: status, stdout, stderr };
}

test("the engine that is loaded is the one tfjs of the whole process, whatever a library calls it", async () => {
  const { tf } = await loadEngine({ tier: "wasm" });
  assert.equal(require("@tensorflow/tfjs"), tf);
  assert.equal(tf.getBackend(), "wasm");
  for (const name of ["@tensorflow/tfjs", "@tensorflow/tfjs-node", "@tensorflow/tfjs-node-gpu", "@tensorflow/tfjs-core"]) assert.ok(engineAliases.includes(name));
});

test("asking for another tier switches the same tf to it, and asking again gives the same engine", async () => {
  const wasm = await loadEngine({ tier: "wasm" });
  const cpu = await loadEngine({ tier: "cpu" });
  assert.equal(cpu.tf, wasm.tf);
  assert.equal(cpu.tf.getBackend(), "cpu");
  assert.equal(await loadEngine({ tier: "wasm" }), wasm);
  assert.equal(cpu.tf.getBackend(), "wasm");
});

test("two calls at the same time load the engine once", async () => {
  const [first, second] = await Promise.all([loadEngine({ tier: "wasm" }), loadEngine({ tier: "wasm" })]);
  assert.equal(first, second);
});

test("LYCEUM_ENGINE chooses the tier, and a wrong value is named with the ones that exist", () => {
  const program = "console.log((await loadEngine()).tier)";
  assert.equal(run(program, { environment: { LYCEUM_ENGINE: "wasm" } }).stdout.trim(), "wasm");
  assert.match(run(program, { environment: { LYCEUM_ENGINE: "cuda" } }).stderr, /expected LYCEUM_ENGINE to be one of tensorflow, wasm, cpu, got "cuda"/);
});

test("TensorFlow is the default where it is built, with a label that says what computes and no reasons against it", { skip: noTensorFlow }, () => {
  const { stdout } = run("const { tier, label, gpu, reasons } = await loadEngine(); console.log(JSON.stringify({ tier, label, gpu, reasons }))", { environment: { LYCEUM_ENGINE: "" } });
  const { tier, label, gpu, reasons } = JSON.parse(stdout) as { tier: string; label: string; gpu: boolean; reasons: string[] };
  assert.equal(tier, "tensorflow");
  assert.match(label, gpu ? /^TensorFlow \d+\.\d+\.\d+ \(GPU/ : /^TensorFlow \d+\.\d+\.\d+ \(CPU/);
  assert.deepEqual(reasons, []);
});

test("TensorFlow starts, computes and reads images without a line on stderr", { skip: noTensorFlow }, () => {
  const { code, stderr } = run("const { tf } = await loadEngine({ tier: 'tensorflow' }); tf.matMul(tf.ones([64, 64]), tf.ones([64, 64])).dataSync(); tf.topk([3, 1, 2], 2); tf.node;");
  assert.equal(stderr, "");
  assert.equal(code, 0);
});

test("no deprecated function of Node is used: tfjs-node's calls go to our replacements", { skip: noTensorFlow }, () => {
  const { code, stdout, stderr } = run(`const { tf } = await loadEngine({ tier: "tensorflow" });
    tf.topk([3, 1, 2], 2);
    tf.concat([tf.ones([2]), tf.ones([2])]).dataSync();
    const util = (await import("node:util")).default;
    console.log(util.isArray === Array.isArray, util.isNullOrUndefined(undefined));`, { flags: ["--throw-deprecation"] });
  assert.equal(stderr, "");
  assert.equal(stdout.trim(), "true true");
  assert.equal(code, 0);
});

test("a helper thread may load TensorFlow first: the main thread finds it and computes while the thread lives and after it ended", { skip: noTensorFlow }, () => {
  const { code, stdout, stderr } = run(`
    import { Worker } from "node:worker_threads";
    import { once } from "node:events";
    process.env.TF_CPP_MIN_LOG_LEVEL = "2";
    const worker = new Worker(new URL("data:text/javascript," + encodeURIComponent(\`
      import { parentPort } from "node:worker_threads";
      const { preloadBinding } = await import(${JSON.stringify(engineUrl)});
      parentPort.postMessage(preloadBinding());
      setInterval(() => {}, 1000);\`)));
    const [seconds] = await once(worker, "message");
    const { tf } = await loadEngine({ tier: "tensorflow" });
    const sum = () => tf.tidy(() => tf.sum(tf.matMul(tf.ones([50, 50]), tf.ones([50, 50]))).dataSync()[0]);
    const during = sum();
    await worker.terminate();
    console.log(JSON.stringify([typeof seconds, during, sum()]));`);
  assert.equal(stderr, "");
  assert.equal(stdout.trim(), '["number",125000,125000]');
  assert.equal(code, 0);
});

test("describeEngine says in one line what computes and why nothing better does", () => {
  assert.equal(describeEngine({ label: "WebAssembly (SIMD, 1 thread)", reasons: ["the TensorFlow binding is not built yet: run `npm start`"] }),
    "WebAssembly (SIMD, 1 thread). the TensorFlow binding is not built yet: run `npm start`.");
});

/** A folder with a package that looks like an installed tfjs-node. */
function withUserPackage(version: string, addon: string | undefined, work: (folder: string) => void): void {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "lyceum-user-")));
  try {
    const place = join(folder, "node_modules", "@tensorflow", "tfjs-node");
    mkdirSync(join(place, "lib", "napi-v8"), { recursive: true });
    mkdirSync(join(folder, "notes"));
    writeFileSync(join(place, "package.json"), JSON.stringify({ name: "@tensorflow/tfjs-node", version }));
    if (addon) symlinkSync(addon, join(place, "lib", "napi-v8", "tfjs_binding.node"));
    work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const program = (folder: string) => `const { label, reasons, tf } = await loadEngine({ tier: "tensorflow", directory: ${JSON.stringify(join(folder, "notes"))} }); console.log(JSON.stringify({ label, reasons, sum: tf.sum([1, 2]).dataSync()[0] }))`;
const version = (require("@tensorflow/tfjs-node-gpu/package.json") as { version: string }).version;

test("a tfjs-node that the user installed above the notebook is used, under our tf", { skip: noTensorFlow }, () => {
  const addon = findOwnBinding().addons!.at(-1)!;
  withUserPackage(version, addon, (folder) => {
    const { label, sum } = JSON.parse(run(program(folder)).stdout) as { label: string; sum: number };
    assert.match(label, new RegExp(`@tensorflow/tfjs-node ${version}`));
    assert.equal(sum, 3);
  });
});

for (const [what, given, addon, reason] of [["another version", "3.1.0", undefined, /3\.1\.0 in .* is not used: expected version/], ["no compiled addon", version, undefined, /has no compiled addon/]] as const) {
  test(`a tfjs-node of the user's with ${what} is left alone, and the reason is told`, { skip: noTensorFlow }, () => {
    withUserPackage(given, addon, (folder) => {
      const { label, reasons } = JSON.parse(run(program(folder)).stdout) as { label: string; reasons: string[] };
      assert.doesNotMatch(label, /tfjs-node/);
      assert.match(reasons.join(), reason);
    });
  });
}
