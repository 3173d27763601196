import { say } from "../../../display/language.js";
import { displaySymbol } from "../../../display/contract.js";
import { escape } from "../../../display/escape.js";
import { number } from "../../../display/number.js";
import { curves, drawn } from "./curves.js";
import { frozenHistory } from "./history.js";

export interface FitResult {
  /** Figures after each epoch: `loss`, the metrics, and with validation the same with `val_` before; with a schedule the last `learningRate` of the epoch. */
  readonly history: Readonly<Record<string, readonly number[]>>;
  readonly epochs: number;
  /** Updates of the weights. */
  readonly steps: number;
  /** Why it ended before its last epoch. */
  readonly stopped?: "early" | "asked";
  /** With early stopping: the best epoch and its figure. Its weights are the model's, unless `restoreBest` was false. */
  readonly best?: { readonly epoch: number; readonly figure: number };
  /** With float16: updates that were left out because a gradient overflowed. */
  readonly overflows?: number;
}

/** Plain data that shows its curves; the first time not, where a live view has just shown them. */
export function fitResult(result: FitResult, watched: boolean): FitResult {
  let inSight = watched;
  const frozen: FitResult = { ...result, history: frozenHistory(result.history) };
  return Object.freeze(Object.defineProperty(frozen, displaySymbol, {
    value: () => {
      const text = sentence(frozen);
      const pictures = inSight ? "" : drawn(curves(frozen.history));
      inSight = false;
      return { data: { "text/html": `<div class="lyceum-progress"><p><samp>${escape(text)}</samp></p>${pictures}</div>`, "text/plain": text }, metadata: {} };
    },
  }));
}

function sentence({ history, epochs, steps, stopped, best, overflows }: FitResult): string {
  const last = Object.entries(history).map(([name, values]) => `${name} ${number(values.at(-1)!)}`).join(", ");
  const why = stopped === "early" ? say(", stopped early", "，提前停止") : stopped === "asked" ? say(", stopped on request", "，按要求停止") : "";
  const kept = best ? say(`; best epoch ${best.epoch} (${number(best.figure)})`, `；最佳为第 ${best.epoch} 轮（${number(best.figure)}）`) : "";
  const lost = overflows ? say(`; ${overflows} updates left out for overflow`, `；${overflows} 次更新因溢出而略去`) : "";
  return say(`Trained ${epochs} epoch${epochs === 1 ? "" : "s"}, ${steps} updates${why}: ${last}`, `训练了 ${epochs} 轮，${steps} 次更新${why}：${last}`) + kept + lost;
}
