/** `privacy.random`: noise and bytes from the system's secure source. */
export { bytes } from "./bytes.js";
export { discreteGaussian, discreteLaplace, type DiscreteGaussianOptions, type DiscreteLaplaceOptions } from "./discrete.js";
export { normals, type NormalsOptions } from "./normals.js";
export type { NoiseOptions } from "./source.js";
