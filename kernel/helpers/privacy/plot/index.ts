/** Figures about privacy, built on `plot`. */
export { epsilonOverSteps, type EpsilonOverStepsOptions } from "./steps.js";
export { noise } from "./noise.js";
export { privacyUtility } from "./utility.js";
export { tradeOff } from "./tradeoff.js";
