export { analyzeCell } from "./analyze.js";
export { compileCell, isObject, type CompileOptions } from "./compile.js";
export { isComplete } from "./complete.js";
export { constantsAfter } from "./constants.js";
export type { Binding, BindingKind, CellFacts, CellScript, CompiledCell, Completeness } from "./contract.js";
export { CellSyntaxError } from "./contract.js";
export type { Lower } from "./lower.js";
export { runtimeName, shadowedAfter } from "./own-names.js";
