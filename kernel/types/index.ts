import type { TypeService, TypeServiceOptions } from "./contract.js";
import { createWorkerClient } from "./node/client.js";
import { createNotebookTypes } from "./service.js";

export type * from "./contract.js";
export { explain } from "./explain.js";
export { notebookGlobals, type NotebookGlobal } from "./globals.js";

/**
 * Types for one notebook. The compiler runs off the caller's thread; `dispose` ends it.
 *
 * @example
 * const types = createTypeService({ directory: process.cwd() });
 * const { declares, references, imports, noCheck } = analyzeCell('const n: number = "one"');
 * (await types.check({ source, facts }))[0].code; // 2322
 */
export function createTypeService({ directory, implementation = "auto", language = "en" }: TypeServiceOptions): TypeService {
  return createNotebookTypes(createWorkerClient(directory, implementation), language);
}
