import type { TensorFlowJs } from "./contract.js";
import { requireHere } from "./project.js";

/** The one instance of tfjs: its CommonJS build, so that packages which `require` it share it. About 120 ms the first time. */
export function loadTfjs(): TensorFlowJs {
  return requireHere("@tensorflow/tfjs") as TensorFlowJs;
}
