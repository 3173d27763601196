import type { Model } from "../model.js";

/** What a reduction trains again and again: weighted examples in, something that predicts out. Predictions are 0 and 1, or probabilities. */
export interface Learner {
  fit(rows: number[][], labels: number[], weights: number[]): Model | Promise<Model>;
}
