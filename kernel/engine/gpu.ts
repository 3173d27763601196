import { existsSync } from "node:fs";
import { spawnSync } from "node:child_process";

/** An NVIDIA driver as far as it can be seen without CUDA. */
export interface NvidiaDriver {
  /** `NVIDIA GeForce RTX 3060, 12288 MiB`, where nvidia-smi answers. */
  name?: string;
}

/** Looks for the kernel module's files, then for `nvidia-smi` (WSL2 has only that). Undefined: none. */
export function findNvidiaDriver(environment: NodeJS.ProcessEnv = process.env): NvidiaDriver | undefined {
  const answer = spawnSync("nvidia-smi", ["--query-gpu=name,memory.total", "--format=csv,noheader"], { encoding: "utf8", env: environment, timeout: 10_000 });
  const name = answer.status === 0 ? answer.stdout.trim().split("\n")[0] : undefined;
  if (name) return { name };
  return existsSync("/proc/driver/nvidia/version") ? {} : undefined;
}

/**
 * The pip requirement for this machine. CUDA's libraries come from wheels beside TensorFlow's (about 3 GB); the CPU wheel is 280 MB.
 * The CUDA route follows TensorFlow's documentation and has not been run on a GPU by this project.
 */
export function tensorFlowRequirement(driver: NvidiaDriver | undefined = findNvidiaDriver()): { requirement: string; reason: string } {
  if (driver) return { requirement: "tensorflow[and-cuda]", reason: `an NVIDIA driver is here${driver.name ? ` (${driver.name})` : ""}; the CUDA route is untested` };
  return { requirement: "tensorflow-cpu", reason: "no NVIDIA driver found" };
}
