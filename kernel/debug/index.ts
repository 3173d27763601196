export type * from "./contract.js";
export { createDebugger, type NotebookDebugger } from "./adapter.js";
export { cellBase } from "./sources.js";
