import { finite, known, positive, shown } from "../../arguments.js";
import { controlOptions, makeControl, type Control, type ControlOptions } from "./control.js";

export interface SliderOptions extends ControlOptions<number> {
  /** Where it starts. Default: the middle, at a step. */
  value?: number;
  /** Default: 1 where both ends are whole numbers at least 2 apart, else a hundredth of the range. */
  step?: number;
}

/**
 * A slider over a range of numbers.
 *
 * @param range its two ends, both allowed values.
 * @throws `expected range as [min, max] with min < max, got an array of 3`; `expected value from 0 to 10, got 11`, also when the value is set later; `expected step > 0, got 0`.
 * @example
 * const slider = widgets.slider([0, 10], { label: "neighbours" });
 * slider.value // 5
 * slider.value = 7;
 * slider.value // 7
 * widgets.slider([0, 1]).value // 0.5
 */
export function slider(range: readonly [min: number, max: number], options: SliderOptions = {}): Control<number> {
  known(options, [...controlOptions, "value", "step"]);
  if (!Array.isArray(range) || range.length !== 2 || !range.every(Number.isFinite) || !(range[0] < range[1])) throw new RangeError(`expected range as [min, max] with min < max, got ${Array.isArray(range) && range.length === 2 ? `[${range.join(", ")}]` : shown(range)}`);
  const [min, max] = range;
  const step = options.step === undefined ? (range.every(Number.isInteger) && max - min >= 2 ? 1 : Number(((max - min) / 100).toPrecision(12))) : positive({ step: options.step });
  const integers = [min, max, step].every(Number.isInteger);
  const value = options.value ?? Number((min + Math.floor((max - min) / 2 / step) * step).toPrecision(12));
  const digits = Math.min(10, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  return makeControl<number>({
    kind: "slider", options, value, style: "Slider",
    model: { name: integers ? "IntSlider" : "FloatSlider", traits: { min, max, step, ...(!integers && { readout_format: `.${digits}f` }) } },
    check(next) {
      finite({ value: next });
      if (next < min || next > max) throw new RangeError(`expected value from ${min} to ${max}, got ${next}`);
      if (integers && !Number.isInteger(next)) throw new RangeError(`expected value to be a whole number, got ${next}`);
      return next;
    },
    write: (next) => ({ value: next }),
    read: ({ value: next }) => (typeof next === "number" && next >= min && next <= max ? next : undefined),
  });
}
