import type { Metrics, Progress } from "./progress.js";

/** What `model.fit` of TensorFlow.js calls. */
export interface FitCallbacks {
  onEpochEnd(epoch: number, logs?: Metrics): void;
  onTrainEnd(): void;
}

/**
 * Callbacks that feed `model.fit` into a progress view, one step an epoch. Give `progress` as many epochs as `fit`.
 *
 * @example
 * const progress = train.progress({ epochs: 5 });
 * await model.fit(x, y, { epochs: 5, callbacks: train.callbacks(progress) });
 */
export function callbacks(progress: Progress): FitCallbacks {
  return {
    onEpochEnd: (_epoch, logs = {}) => progress.step(logs),
    onTrainEnd: () => progress.done(),
  };
}
