import { known, nonNegative, oneOf, whole } from "../arguments.js";

export interface EarlyStopping {
  /** Epochs without an improvement before the end; default 3. */
  patience?: number;
  /** An improvement is more than this; default 0. */
  minDelta?: number;
  /** The figure to watch; default `val_loss`, or without validation `loss`. */
  monitor?: string;
  /** "min" (default): lower is better; "max": higher. */
  mode?: "min" | "max";
  /** The model ends with the weights of its best epoch; default true. */
  restoreBest?: boolean;
}

/** What early stopping has seen; plain, so that a checkpoint can hold it. */
export interface Watched {
  best?: { epoch: number; figure: number };
  waited: number;
}

export interface EarlyStop {
  readonly monitor: string | undefined;
  readonly restoreBest: boolean;
  /** Is it the best so far, and is it time to end? */
  look(seen: Watched, epoch: number, figure: number): { seen: Watched; better: boolean; end: boolean };
}

export function earlyStop(options: EarlyStopping): EarlyStop {
  known(options, ["patience", "minDelta", "monitor", "mode", "restoreBest"]);
  const [patience, minDelta] = [whole({ patience: options.patience ?? 3 }, 1), nonNegative({ minDelta: options.minDelta ?? 0 })];
  const sign = oneOf({ mode: options.mode ?? "min" }, ["min", "max"]) === "min" ? 1 : -1;
  return {
    monitor: options.monitor,
    restoreBest: options.restoreBest ?? true,
    look({ best, waited }, epoch, figure) {
      const better = best === undefined ? !Number.isNaN(figure) : sign * figure < sign * best.figure - minDelta;
      const seen: Watched = better ? { best: { epoch, figure }, waited: 0 } : { ...(best && { best }), waited: waited + 1 };
      return { seen, better, end: !better && seen.waited >= patience };
    },
  };
}
