import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { collect, type CliResult } from "../../support/cli.js";
import { projectRoot } from "../../support/root.js";

let folder: string;

/** A small project around the real bootstrap, with the real compiler. */
before(() => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-bootstrap-"));
  for (const file of ["bootstrap.mjs", "package.json", "package-lock.json", "tsconfig.json"]) cpSync(join(projectRoot, file), join(folder, file));
  symlinkSync(join(projectRoot, "node_modules"), join(folder, "node_modules"));
  mkdirSync(join(folder, "kernel"));
  writeFileSync(join(folder, "kernel/cli.ts"), `console.log(JSON.stringify(process.argv.slice(2)));\n`);
  writeFileSync(join(folder, "kernel/other.ts"), `export const one: number = 1;\n`);
});
after(() => rmSync(folder, { recursive: true, force: true }));

function bootstrap(...args: string[]): Promise<CliResult> {
  return collect(spawn(process.execPath, [join(folder, "bootstrap.mjs"), ...args], { stdio: ["ignore", "pipe", "pipe"] }));
}

test("The first run compiles and hands its arguments over; the next one compiles nothing.", async () => {
  const first = await bootstrap("start", "--port", "0");
  assert.equal(first.stdout, `["start","--port","0"]\n`, first.stderr);
  assert.match(first.stderr, /✓ compile TypeScript \([\d.]+ s\)/);
  const second = await bootstrap("x");
  assert.deepEqual(second, { status: 0, stdout: `["x"]\n`, stderr: "" });
});

test("A changed source is compiled again, and what a deleted one left behind is removed.", async () => {
  assert.ok(existsSync(join(folder, "dist/kernel/other.js")));
  rmSync(join(folder, "kernel/other.ts"));
  writeFileSync(join(folder, "kernel/cli.ts"), `console.log("changed");\n`);
  assert.equal((await bootstrap()).stdout, "changed\n");
  assert.ok(!existsSync(join(folder, "dist/kernel/other.js")));
});

test("A run that was killed while compiling is made good by the next one.", async () => {
  rmSync(join(folder, "dist/.built"));
  writeFileSync(join(folder, "dist/kernel/cli.js"), "half a fi");
  assert.equal((await bootstrap()).stdout, "changed\n");
});

test("A compile error is shown, told to the command, and asked about again by the next run.", async () => {
  writeFileSync(join(folder, "kernel/cli.ts"), `const a: string = 1;\nconsole.log(process.env.LYCEUM_COMPILE_ERRORS);\n`);
  for (const _ of [1, 2]) {
    const { stdout, stderr } = await bootstrap();
    assert.equal(stdout, "1\n");
    assert.match(stderr, /kernel\/cli\.ts\(1,7\): error TS2322/);
  }
});

test("The lock file names every platform's optional packages, as `npm ci` demands.", () => {
  const { packages } = JSON.parse(readFileSync(join(projectRoot, "package-lock.json"), "utf8")) as { packages: Record<string, { optionalDependencies?: Record<string, string> }> };
  const missing = Object.values(packages).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies).filter((name) => !Object.keys(packages).some((path) => path.endsWith(`node_modules/${name}`))));
  assert.deepEqual(missing, []);
});
