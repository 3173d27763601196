import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { noCompiler } from "../../../../kernel/engine/binding/compilers.js";
import { applyPatches, readSources } from "../../../../kernel/engine/binding/sources.js";
import { patches } from "../../../../kernel/engine/binding/patches.js";
import { findTensorFlow } from "../../../../kernel/engine/binding/tensorflow-library.js";
import { buildBinding, type BuildProgress } from "../../../../kernel/engine/build.js";
import { projectRoot } from "../../../../kernel/root.js";

const root = projectRoot();
const { library } = findTensorFlow({ root });
const noLibrary = library ? false : "TensorFlow's wheel is not installed";
const which = (name: string) => (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, name)).find((path) => {
  try {
    return Boolean(realpathSync(path));
  } catch {
    return false;
  }
});
const compiler = which("g++") ?? which("clang++");
const noBuild = noLibrary || (compiler ? false : "no C++ compiler here");

/** A project folder of its own, with our sources, so that the real `.engine` is left alone. */
async function inProject(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "lyceum-build-")));
  try {
    mkdirSync(join(folder, "kernel", "engine"), { recursive: true });
    symlinkSync(join(root, "kernel", "engine", "binding"), join(folder, "kernel", "engine", "binding"));
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A folder for PATH that holds only these programs. */
function fakePath(folder: string, programs: Record<string, string>): NodeJS.ProcessEnv {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  return { PATH: bin };
}

test("a compiler that fails is passed over for the next one, the binding is built, and a second run changes nothing", { skip: noBuild }, () => inProject(async (folder) => {
  const realPath = process.env["PATH"]!;
  const environment = fakePath(folder, {
    "g++": '[ "$1" = --version ] && echo "g++ that is broken" && exit 0\necho "fatal error: no headers here" >&2; exit 1',
    "clang++": `PATH="${realPath}" exec "${compiler}" "$@"`,
  });
  const progress: BuildProgress[] = [];
  const options = { root: folder, tensorflow: library!.directory, environment, onProgress: (step: BuildProgress) => progress.push(step) };
  const first = await buildBinding(options);
  assert.equal(first.rebuilt, true);
  assert.match(first.failed.join(), /g\+\+ that is broken: .*no headers here/);
  assert.match(first.reported.version, /^\d+\.\d+/);
  assert.deepEqual(progress.map(({ step }) => step), ["find", "compile", "compile", "try", "done"]);
  const files = readdirSync(join(folder, ".engine")).sort();
  assert.equal(files.length, 3, `expected two addons and the manifest, got ${files.join()}`);

  // No compiler is needed, nor looked for, when nothing changed.
  const second = await buildBinding({ ...options, environment: { PATH: "" } });
  assert.equal(second.rebuilt, false);
  assert.equal(second.path, first.path);
  assert.ok(second.seconds < 2, `expected a second run in no time, got ${second.seconds} s`);
  assert.deepEqual(readdirSync(join(folder, ".engine")).sort(), files);
}));

test("without any compiler the build says what was looked for and how to install one", { skip: noLibrary }, () => inProject(async (folder) => {
  await assert.rejects(buildBinding({ root: folder, tensorflow: library!.directory, environment: fakePath(folder, {}) }), { message: noCompiler });
  assert.match(noCompiler, /g\+\+.*clang\+\+.*ziglang.*apt install.*101 MB/s);
}));

test("g++ is preferred to clang++, and that to Python's ziglang; CXX overrules them", async () => {
  const { findCompilers } = await import("../../../../kernel/engine/binding/compilers.js");
  await inProject(async (folder) => {
    const environment = fakePath(folder, { "clang++": "echo clang 1", "python3": "echo zig 1", "g++": "echo gcc 1", "my-cxx": "echo mine" });
    assert.deepEqual(findCompilers({ root: folder, environment }).map(({ version }) => version), ["gcc 1", "clang 1", "zig 1"]);
    assert.deepEqual(findCompilers({ root: folder, environment })[2], { command: "python3", prefix: ["-m", "ziglang", "c++"], version: "zig 1" });
    assert.deepEqual(findCompilers({ root: folder, environment: { ...environment, CXX: "my-cxx -m32" } }), [{ command: "my-cxx", prefix: ["-m32"], version: "mine" }]);
  });
});

test("a missing TensorFlow is named with the package to install", () => inProject(async (folder) => {
  await assert.rejects(buildBinding({ root: folder, environment: fakePath(folder, {}) }), /TensorFlow's wheel is not installed.*pip install tensorflow-cpu/);
  await assert.rejects(buildBinding({ root: folder, tensorflow: folder }), /expected libtensorflow_cc\.so\.2 in the given TensorFlow folder, got /);
}));

test("every mend of the upstream sources is applied, and no reference to JavaScript memory is left for another thread to free", () => {
  const text = readSources(root).files.get("tfjs_backend.cc")!;
  assert.match(text, /std::lock_guard<std::mutex>/);
  assert.match(text, /TF_AllocateTensor\(dtype, shape, shape_length, byte_size\)/);
  assert.doesNotMatch(text, /NapiAutoRef|DeallocTensor/);
});

test("a mend that no longer fits the upstream text stops the build and says which", () => {
  const patch = patches[0]!;
  assert.throws(() => applyPatches(new Map([[patch.file, "int main() {}"]]), [patch]), /binding patch does not fit tfjs_backend\.cc: expected to find .*ATTR_NAME_SET.*Was @tensorflow\/tfjs-node-gpu updated/s);
  assert.throws(() => applyPatches(new Map([[patch.file, `${patch.find}\n${patch.find}`]]), [patch]), /expected one .* got several/s);
  assert.throws(() => applyPatches(new Map(), [patch]), /no file tfjs_backend\.cc/);
});
