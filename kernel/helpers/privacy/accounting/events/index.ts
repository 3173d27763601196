/** What was done to the data: `privacy.events.gaussian({ noiseMultiplier: 1 })`. */
export {
  adaptiveClipping, composed, discreteGaussian, discreteLaplace, epsilonDelta, exponentialMechanism, gaussian, laplace, poissonSampled, randomizedResponse, repeatAndSelect,
  repeated, sampledWithoutReplacement, zcdp,
} from "./make.js";
