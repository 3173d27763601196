import { known, whole } from "../arguments.js";
import type { FitCallback } from "../nn/training/options.js";
import type { Run } from "./run.js";

export interface FitCallbackOptions {
  /** Also every so many batches, as `batch_loss` and so on; default never. */
  everyBatches?: number;
  /** Histograms of the weights after each epoch, into TensorBoard's file; default false. */
  histograms?: boolean;
  /** Finish the run when the training ends; default false. */
  finish?: boolean;
}

/** What `nn.fit` tells, into a run: the figures of each epoch at its number, the learning rate, how it ended. */
export function fitCallback(run: Run, tensorboard: boolean, options: FitCallbackOptions = {}): FitCallback {
  known(options, ["everyBatches", "histograms", "finish"]);
  const { everyBatches, histograms = false, finish = false } = options;
  if (everyBatches !== undefined) whole({ everyBatches }, 1);
  if (histograms && !tensorboard) throw new TypeError("expected tensorboard: true at the start of the run for histograms, got false");
  let batches = 0;
  return {
    ...(everyBatches !== undefined && {
      onBatch(_batch, figures) {
        batches += 1;
        if (batches % everyBatches === 0) run.log(Object.fromEntries(Object.entries(figures).map(([name, value]) => [`batch_${name}`, value])), batches);
      },
    }),
    onEpoch(epoch, figures, { learningRate, variables }) {
      run.log({ ...figures, ...(learningRate !== undefined && { learningRate }) }, epoch);
      if (histograms) variables.forEach((variable, at) => run.tensorboard({ kind: "histogram", tag: `weights/${/^\d+$/.test(variable.name) ? at : variable.name}`, values: variable.dataSync(), step: epoch }));
    },
    onEnd(result) {
      if (result.stopped) run.note(result.stopped === "early" ? `stopped early after epoch ${result.epochs}` : `stopped on request after epoch ${result.epochs}`);
      if (finish) run.finish();
    },
    onError(error) {
      run.note(`ended by an error: ${error instanceof Error ? error.message : String(error)}`);
      if (finish) run.finish("failed", error);
    },
  };
}
