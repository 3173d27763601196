import { requireHere } from "../project.js";

/**
 * tfjs-node calls `util.isNullOrUndefined`, gone since Node 23, and `util.isArray`, which warns since Node 22.
 * Its modules read them when called, so plain replacements serve every version.
 */
export function shimNodeUtil(): void {
  const util = requireHere("node:util") as Record<string, unknown>;
  util["isNullOrUndefined"] = (value: unknown) => value === null || value === undefined;
  util["isArray"] = Array.isArray;
}
