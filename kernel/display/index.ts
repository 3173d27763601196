export type { DisplayHandle, Emit, MimeBundle, OutputMessage } from "./contract.js";
export { displaySymbol } from "./contract.js";
export { bundleOf, toBundle } from "./bundle.js";
export { createDisplay, type Display, type DisplayMethods } from "./display.js";
export { inspect, type Inspection, type InspectLimits } from "./inspect.js";
