import type * as tfjs from "@tensorflow/tfjs";

export type Tier = "tensorflow" | "wasm" | "cpu";

export type TensorFlowJs = typeof tfjs;

/** TensorFlow.js, ready to compute, and the story of how it was chosen. */
export interface Engine {
  /** The one instance, whatever name it is imported under. */
  tf: TensorFlowJs;
  tier: Tier;
  /** What computes, for people: `TensorFlow 2.21.0 (CPU)`. */
  label: string;
  gpu: boolean;
  /** Why each better tier was not taken, in plain words with the next step; empty on the best tier. */
  reasons: string[];
}

export interface EngineOptions {
  /** Take this tier or fail; default: best first. The environment variable LYCEUM_ENGINE says the same. */
  tier?: Tier;
  /** Where to look for a TensorFlow package of the user's own: the notebook's folder. */
  directory?: string;
}
