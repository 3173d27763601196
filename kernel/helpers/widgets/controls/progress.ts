import { finite, known, positive } from "../../arguments.js";
import { controlOptions, makeControl, type Control, type ControlOptions } from "./control.js";

/**
 * A bar that fills as its value goes from 0 to `total`. It may be set in a fast loop: the page hears of it twenty times a second, and of the last value.
 * For a training run, `train.progress` shows more.
 *
 * @throws `expected total > 0, got 0`; `expected value from 0 to 100, got 101`.
 * @example
 * const bar = widgets.progress(100, { label: "pages" });
 * for (let page = 1; page <= 100; page++) bar.value = page;
 * bar.value // 100
 */
export function progress(total: number, options: ControlOptions<number> = {}): Control<number> {
  known(options, controlOptions);
  positive({ total });
  return makeControl<number>({
    kind: "progress", options, value: 0, style: "Progress", pace: 50,
    model: { name: "FloatProgress", traits: { min: 0, max: total } },
    check(value) {
      finite({ value });
      if (value < 0 || value > total) throw new RangeError(`expected value from 0 to ${total}, got ${value}`);
      return value;
    },
    write: (value) => ({ value }),
    read: () => undefined,
    say: (value) => `${value} of ${total}`,
  });
}
