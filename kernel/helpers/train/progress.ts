import { say } from "../../display/language.js";
import { checkOptions, wholeNumber } from "../plot/options.js";
import { connection, type View } from "./connect.js";
import { history, type History } from "./history.js";
import { progressBundle, progressLine, type ProgressState } from "./view.js";

export interface ProgressOptions {
  /** Steps (batches) or epochs to come; give one of the two. Without either the view counts up. */
  steps?: number;
  epochs?: number;
  /** Default "Training". */
  title?: string;
}

/** Metrics of one step, such as `{ loss: 0.3, val_loss: 0.4 }`. Scalar tensors are read, not disposed. */
export type Metrics = Readonly<Record<string, number | { dataSync(): ArrayLike<number> }>>;

export interface Progress extends Iterable<number> {
  /** One step (or epoch) is done. */
  step(metrics?: Metrics): void;
  /** The last state is shown and stays in the notebook. Further calls do nothing. */
  done(): void;
  /** What was recorded of each metric, oldest first; of long runs every nth value, at most 2,000. `plot.line(progress.history)` draws it. */
  readonly history: Readonly<Record<string, readonly number[]>>;
}

/** Shown at most this often: a front end falls behind above it, and Jupyter drops messages far above it. */
const interval = 100;

/**
 * A live view of training: loss curve, step k of n, speed, time left. In a notebook it draws itself in place;
 * in a plain program it writes lines to standard error. Works in synchronous loops. An interrupted loop leaves
 * the last state in sight.
 *
 * @example
 * const progress = train.progress({ steps: 100 });
 * for (const step of progress) progress.step({ loss: 1 / (step + 1) });
 * progress.history.loss.length // 100
 */
export function progress(options: ProgressOptions = {}): Progress {
  checkOptions(options, ["steps", "epochs", "title"]);
  if (options.steps !== undefined && options.epochs !== undefined) throw new TypeError("expected steps or epochs, got both");
  const unit = options.epochs === undefined ? "step" : "epoch";
  const given = options.steps ?? options.epochs;
  const total = given === undefined ? undefined : wholeNumber(given, unit === "step" ? "steps" : "epochs", 1);
  const recorded: History = history();
  const started = now();
  let view: View | undefined;
  let count = 0;
  let ended: ProgressState["ended"];
  let shownAt = -Infinity;

  const state = (): ProgressState => ({ title: options.title ?? say("Training", "训练"), unit, count, total, seconds: (now() - started) / 1000, ended, metrics: recorded });
  const show = () => {
    shownAt = now();
    const s = state();
    const shown = { bundle: () => progressBundle(s), line: () => progressLine(s), last: ended !== undefined };
    if (view) view.update(shown);
    else view = connection().open(shown);
  };
  const end = (how: ProgressState["ended"]) => {
    if (ended) return;
    ended = how;
    show();
  };
  const self: Progress = {
    step(metrics = {}) {
      if (ended) return;
      count++;
      recorded.add(count, read(metrics));
      if (count === total) end("done");
      else if (now() - shownAt >= interval) show();
    },
    done: () => end("done"),
    get history() {
      return Object.fromEntries(recorded.names().map((name) => [name, recorded.of(name).values]));
    },
    *[Symbol.iterator]() {
      try {
        for (let i = 0; total === undefined || i < total; i++) {
          const before = count;
          yield i;
          if (count === before) self.step();
          if (ended && count !== total) return;
        }
        end("done");
      } finally {
        // `break`, an exception or an interrupt leaves the loop early.
        end("stopped");
      }
    },
  };
  show();
  return self;
}

const now = () => performance.now();

function read(metrics: Metrics): Record<string, number> {
  return Object.fromEntries(Object.entries(metrics).map(([name, value]) => {
    const plain = typeof value === "object" && value !== null && typeof value.dataSync === "function" ? value.dataSync()[0] : value;
    if (typeof plain !== "number") throw new TypeError(`expected ${name} to be a number or a scalar tensor, got ${typeof plain}`);
    return [name, plain];
  }));
}
