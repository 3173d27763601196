import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { Tier } from "../../../kernel/engine/contract.js";
import { exceptions } from "./core-suite/exceptions.js";
import type { SuiteResult } from "./core-suite/result.js";
import { noTensorFlow } from "./support.js";

async function runSuite(way: Tier | "graphs"): Promise<SuiteResult> {
  const folder = mkdtempSync(join(tmpdir(), "lyceum-suite-"));
  try {
    const file = join(folder, "result.json");
    const child = spawn(process.execPath, [join(import.meta.dirname, "core-suite", "program.js"), way, file], { stdio: ["ignore", "ignore", "pipe"] });
    let complaint = "";
    child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
    const [code] = (await once(child, "close")) as [number];
    assert.equal(code, 0, complaint.slice(-2000));
    return JSON.parse(readFileSync(file, "utf8")) as SuiteResult;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const ways = {
  tensorflow: "tfjs-core's own suite passes on the tensorflow tier but for specs named with their reason",
  graphs: "tfjs-core's own suite passes where each operation is run as a compiled graph, but for specs named with their reason",
  wasm: "tfjs-core's own suite passes on the wasm tier but for specs named with their reason",
} as const;

for (const way of ["tensorflow", "graphs", "wasm"] as const) {
  const tier = way === "graphs" ? "tensorflow" : way;
  test(ways[way], { skip: tier === "tensorflow" && noTensorFlow }, async () => {
    const listed = exceptions.filter((exception) => exception.tier === tier);
    const { passed, failed, graphs } = await runSuite(way);
    if (way === "graphs") assert.ok(graphs! > 10_000, `got ${graphs} graphs`);
    const named = failed.map(({ name, message }) => ({ name: name.replace(" suite {}", "").replace(/\s+/g, " "), message }));
    const covers = ({ spec, error }: (typeof listed)[number], { name, message }: (typeof named)[number]) => spec.test(name) && (error?.test(message) ?? true);
    assert.deepEqual(named.filter((spec) => !listed.some((exception) => covers(exception, spec))), [], "specs that fail without a reason");
    assert.deepEqual(listed.filter((exception) => !named.some((spec) => covers(exception, spec))).map(({ spec }) => spec), [], "exceptions that nothing needs");
    assert.ok(passed + failed.length >= 4225, `expected the whole suite, got ${passed + failed.length} specs`);
    assert.ok(passed >= (tier === "tensorflow" ? 4200 : 4080), `got ${passed} specs that pass`);
  });
}
