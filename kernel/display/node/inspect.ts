import util from "node:util";
import { useInspector } from "../inspect.js";

/** Write small values as `console.log` does. Getters are shown, not called. */
export function useNodeInspector(): void {
  useInspector((value) => util.inspect(value, { depth: 4, maxArrayLength: 100, maxStringLength: 10_000, breakLength: 80, getters: false }));
}
