import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Tier } from "../../../../kernel/engine/contract.js";
import type { Exception } from "./exceptions.js";
import type { SuiteResult } from "./result.js";

/** tfjs-core's own suite in a process of its own. */
export async function runSuite(way: Tier | "graphs"): Promise<SuiteResult> {
  const folder = mkdtempSync(join(tmpdir(), "lyceum-suite-"));
  try {
    const file = join(folder, "result.json");
    const child = spawn(process.execPath, [join(import.meta.dirname, "program.js"), way, file], { stdio: ["ignore", "ignore", "pipe"] });
    let complaint = "";
    child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
    const [code] = (await once(child, "close")) as [number];
    assert.equal(code, 0, complaint.slice(-2000));
    return JSON.parse(readFileSync(file, "utf8")) as SuiteResult;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export type Failure = SuiteResult["failed"][number];

/** Without the environment's name, which every spec bears. */
export const nameOf = ({ name, message }: Failure): Failure => ({ name: name.replace(" suite {}", "").replace(/\s+/g, " "), message });

export const covers = ({ spec, error }: Exception, { name, message }: Failure): boolean => spec.test(name) && (error?.test(message) ?? true);
