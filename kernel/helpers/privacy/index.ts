/** `privacy` in a notebook: accounting, mechanisms, private training, audits, anonymisation, encryption, access. */
// mechanisms
export * as random from "./random/index.js";
