/** What a lesson's `checks.ts` imports. */
export { defineCheck, checksOf } from "./define.js";
export { runCheck, type RunOptions } from "./run.js";
export { askTensor } from "./tensor.js";
export { isTensor, show } from "./describe.js";
export type * from "./contract.js";
