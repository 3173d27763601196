import { known, shown } from "../../arguments.js";
import { controlOptions, makeControl, type Control, type ControlOptions } from "./control.js";

/**
 * A box to tick.
 *
 * @param ticked at the start; default false.
 * @throws `expected value to be true or false, got 1`.
 * @example
 * const shuffle = widgets.checkbox(true, { label: "shuffle" });
 * shuffle.value // true
 */
export function checkbox(ticked = false, options: ControlOptions<boolean> = {}): Control<boolean> {
  known(options, controlOptions);
  return makeControl<boolean>({
    kind: "checkbox", options, value: ticked, style: "Checkbox",
    model: { name: "Checkbox", traits: { indent: false } },
    boxed: { indent: true },
    check(value) {
      if (typeof value !== "boolean") throw new TypeError(`expected value to be true or false, got ${shown(value)}`);
      return value;
    },
    write: (value) => ({ value }),
    read: ({ value }) => (typeof value === "boolean" ? value : undefined),
    say: (value) => (value ? "yes" : "no"),
  });
}
