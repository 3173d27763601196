/** `recommend.abTest`: two variants compared: tests, power, looking early, CUPED, and what goes wrong. */
export { means, proportions, sampleRatio, type Comparison, type TestOptions } from "./tests.js";
export { effectSize, power, powerCurve, sampleSize, type DesignOptions, type SampleSize } from "./power.js";
export { alwaysValid, runningInterval, type AlwaysValid, type AlwaysValidOptions } from "./always-valid.js";
export { groupSequential, type GroupSequentialOptions, type Look } from "./group-sequential.js";
export { peeking, type PeekingOptions, type PeekingRow } from "./peeking.js";
export { cuped, type Cuped } from "./cuped.js";
export { benjaminiHochberg, holm } from "./multiple.js";
export { bootstrap, type Bootstrap } from "./bootstrap.js";
export type { Variants } from "./variants.js";
