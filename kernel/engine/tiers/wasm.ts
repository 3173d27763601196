import { join, sep } from "node:path";
import { packageFolder, requireHere } from "../project.js";
import type { TensorFlowJs } from "../contract.js";
import { repairWasm } from "../wasm/register.js";
import type { TierResult } from "./tensorflow.js";

type WasmModule = { setWasmPaths(folder: string): void };

/** Register the `wasm` backend from the files of its package and make it the current one. */
export async function startWasm(tf: TensorFlowJs, reasons: string[]): Promise<TierResult | undefined> {
  try {
    const { setWasmPaths } = requireHere("@tensorflow/tfjs-backend-wasm") as WasmModule;
    setWasmPaths(join(packageFolder("@tensorflow/tfjs-backend-wasm"), "dist") + sep);
    repairWasm(tf);
    if (!(await tf.setBackend("wasm"))) throw new Error("the backend did not start");
    const simd = await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT");
    return { label: `WebAssembly (${simd ? "SIMD" : "no SIMD"}, 1 thread)`, gpu: false };
  } catch (error) {
    reasons.push(`WebAssembly did not start: ${(error as Error).message}`);
    return undefined;
  }
}
