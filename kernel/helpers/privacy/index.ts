/** `privacy` in a notebook: accounting, mechanisms, private training, audits, anonymisation, encryption, access. */
// accounting
export * from "./accounting/index.js";
export * as plot from "./plot/index.js";
// mechanisms
export * from "./budget/index.js";
export * from "./mechanisms/index.js";
export * as random from "./random/index.js";
// training
export * from "./training/index.js";
// audit
export * from "./audit/index.js";
// anonymise
export * from "./anonymise/index.js";
// crypto
export * from "./crypto/index.js";
// access
export * from "./access/index.js";
