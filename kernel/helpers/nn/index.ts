/** `nn` in a notebook: train a model that you wrote yourself. */
export { fit, type FitModel, type FitOptions, type FitResult } from "./fit.js";
