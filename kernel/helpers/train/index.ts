/** Training, watched while it runs. */
export { callbacks, type FitCallbacks } from "./callbacks.js";
export { connectDisplay, type ProgressDisplay } from "./connect.js";
export { progress, type Metrics, type Progress, type ProgressOptions } from "./progress.js";
