/** `privacy` in a notebook: accounting, mechanisms, private training, audits, anonymisation, encryption, access. */
// mechanisms
export * from "./budget/index.js";
export * from "./mechanisms/index.js";
export * as random from "./random/index.js";
// audit
export * from "./audit/index.js";
