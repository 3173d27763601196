import { say } from "../../../display/language.js";
import { escape } from "../../../display/escape.js";
import type { MimeBundle } from "../../../display/contract.js";
import { number } from "../../../display/number.js";
import { connection, type View } from "../../train/connect.js";
import { history as bounded } from "../../train/history.js";
import { duration } from "../../train/view.js";
import { curves, drawn, type HistoryOf } from "./curves.js";

const endings: Readonly<Record<string, string>> = { done: "完成", stopped: "已停止", "stopped early": "提前停止", "ended by an error": "因错误结束" };

export interface Live {
  batch(loss: number): void;
  epoch(figures: Readonly<Record<string, number>>): void;
  end(how: string): void;
}

/** Drawn at most this often in milliseconds; a front end falls behind above it. */
const interval = 120;

/** A training in sight while it runs: where it is, how long it takes, and the curves, drawn in place. */
export function live({ epochs, batches, done, history }: { epochs: number; batches?: number; done: number; history: HistoryOf }): Live {
  const started = performance.now();
  const losses = bounded(1000);
  let [finished, inEpoch, all, drawnAt] = [done, 0, 0, Number.NEGATIVE_INFINITY];
  let counted = batches;
  let latest: Readonly<Record<string, number>> = {};
  let ended: string | undefined;
  let view: View | undefined;

  const text = (): string => {
    const seconds = (performance.now() - started) / 1000;
    const epoch = Math.min(finished + 1, epochs);
    const batch = inEpoch > 0 ? say(`, batch ${inEpoch}${counted === undefined ? "" : ` of ${counted}`}`, `，第 ${inEpoch}${counted === undefined ? "" : ` / ${counted}`} 批`) : "";
    const place = ended ? say(`${finished} of ${epochs} epochs`, `${finished} / ${epochs} 轮`) : say(`epoch ${epoch} of ${epochs}`, `第 ${epoch} / ${epochs} 轮`) + batch;
    const parts = [say(`Training: ${place}`, `训练：${place}`)];
    if (all > 0 && seconds > 0.05) parts.push(say(`${number(all / seconds, 3)} batches/s`, `每秒 ${number(all / seconds, 3)} 批`));
    if (ended) parts.push(say(`${ended} after ${duration(seconds)}`, `${endings[ended] ?? ended}，用时 ${duration(seconds)}`));
    else if (counted !== undefined && all > 0) {
      const left = duration((((epochs - finished) * counted - inEpoch) * seconds) / all);
      parts.push(say(`${left} left`, `还需 ${left}`));
    }
    const figures = Object.entries(latest).map(([name, value]) => `${name} ${number(value)}`);
    return parts.join(say(", ", "，")) + (figures.length > 0 ? say("; ", "；") + figures.join(say(", ", "，")) : "");
  };
  const bundle = (): MimeBundle => {
    const { steps, values } = losses.of("loss");
    // In an epoch of unknown length the batches so far fill it.
    const length = counted ?? Math.max(1, all);
    const pictures = drawn(curves(history, { epochs: steps.map((step) => done + step / length), losses: values }));
    const bar = ended ? "" : `<progress max="${epochs}" value="${finished + (counted ? inEpoch / counted : 0)}" aria-label="${say("Training", "训练")}"></progress> `;
    return { data: { "text/html": `<div class="lyceum-progress"><p>${bar}<samp>${escape(text())}</samp></p>${pictures}</div>`, "text/plain": text() }, metadata: {} };
  };
  const show = (): void => {
    drawnAt = performance.now();
    const shown = { bundle, line: text, last: ended !== undefined };
    if (view) view.update(shown);
    else view = connection().open(shown);
  };
  show();
  return {
    batch(loss) {
      inEpoch += 1;
      all += 1;
      losses.add(all, { loss });
      if (performance.now() - drawnAt >= interval) show();
    },
    epoch(figures) {
      counted ??= inEpoch;
      finished += 1;
      inEpoch = 0;
      latest = figures;
      if (performance.now() - drawnAt >= interval) show();
    },
    end(how) {
      ended = how;
      show();
    },
  };
}
