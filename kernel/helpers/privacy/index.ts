/** `privacy` in a notebook: accounting, mechanisms, private training, audits, anonymisation, encryption, access. */
// accounting
export * from "./accounting/index.js";
export * as plot from "./plot/index.js";
