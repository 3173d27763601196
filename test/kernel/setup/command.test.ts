import assert from "node:assert/strict";
import { createServer, type AddressInfo } from "node:net";
import { test } from "node:test";
import { nearest } from "../../../kernel/setup/nearest.js";
import { choosePort } from "../../../kernel/setup/port.js";
import { systemLanguage } from "../../../kernel/setup/settings.js";
import { lyceum } from "../../support/cli.js";

test("A mistyped command names the one that was probably meant, and fails with status 2.", async () => {
  const { status, stderr, stdout } = await lyceum(["strat"]);
  assert.equal(status, 2);
  assert.equal(stdout, "");
  assert.match(stderr, /^unknown command: strat; did you mean start\?/);
});

test("A word that is like no command suggests none.", () => {
  assert.equal(nearest("xyzzy", ["start", "doctor"]), undefined);
  assert.equal(nearest("doktor", ["start", "doctor"]), "doctor");
});

test("Every command of our own tells its options with --help and does nothing else.", async () => {
  for (const command of ["start", "doctor", "kernel", "notebooks", "test"]) {
    const { status, stdout } = await lyceum([command, "--help"]);
    assert.equal(status, 0, command);
    assert.match(stdout, new RegExp(`^(lyceum ${command}|npm test)`));
  }
});

test("A mistaken option names itself and its value before anything is set up.", async () => {
  const { status, stderr } = await lyceum(["start", "--port", "eight"]);
  assert.equal(status, 2);
  assert.equal(stderr, "expected --port between 0 and 65535, got eight\n");
  assert.equal((await lyceum(["start", "--engine", "torch"])).stderr, "expected --engine to be tensorflow or wasm, got torch\n");
  assert.match((await lyceum(["start", "--prot", "1"])).stderr, /^Unknown option '--prot'/);
});

test("A port that is in use is refused by name; without a wish the next free one is taken.", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await assert.rejects(choosePort(port), { message: `Port ${port} is in use. Take another one, or any free one:  --port 0` });
  const free = await choosePort(undefined);
  assert.ok(free !== port && free >= 1024, `got ${free}`);
  server.close();
});

test("The language follows the system: zh for Chinese locales, English otherwise.", () => {
  assert.equal(systemLanguage({ LANG: "zh_CN.UTF-8" }), "zh");
  assert.equal(systemLanguage({ LC_ALL: "en_GB.UTF-8", LANG: "zh_CN.UTF-8" }), "en");
  assert.equal(systemLanguage({}), "en");
});
