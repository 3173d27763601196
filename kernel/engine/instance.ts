import * as nodeModule from "node:module";
import { join } from "node:path";
import type { TensorFlowJs } from "./contract.js";
import { engineFolder } from "./binding/manifest.js";
import { requireHere } from "./project.js";
import { projectRoot } from "../root.js";

/** Node 22.8 and later. */
type CompileCache = { enableCompileCache?: (folder: string) => unknown };

/**
 * The one instance of tfjs: its CommonJS build, so that packages which `require` it share it. About 120 ms the first time, most of it
 * compiling; a Node that can keep what it compiled does so in `.engine/`.
 */
export function loadTfjs(): TensorFlowJs {
  (nodeModule as CompileCache).enableCompileCache?.(join(engineFolder(projectRoot()), "compiled"));
  return requireHere("@tensorflow/tfjs") as TensorFlowJs;
}
