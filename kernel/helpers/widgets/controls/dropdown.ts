import { known, oneOf, shown } from "../../arguments.js";
import { controlOptions, makeControl, type Control, type ControlOptions } from "./control.js";

/** What can be chosen: words, numbers, true and false. */
export type Choice = string | number | boolean;

export interface DropdownOptions<T> extends ControlOptions<T> {
  /** Chosen at the start. Default: the first. */
  value?: T;
}

/**
 * A list of which one is chosen.
 *
 * @throws `expected at least one choice, got none`; `expected different choices, got "a" twice`; `unknown value: c (known: a, b)`, also when the value is set later.
 * @example
 * const colour = widgets.dropdown(["red", "green"], { label: "colour" });
 * colour.value // "red"
 * colour.value = "green";
 * colour.value // "green"
 */
export function dropdown<const T extends Choice>(choices: readonly T[], options: DropdownOptions<T> = {}): Control<T> {
  known(options, [...controlOptions, "value"]);
  if (!Array.isArray(choices) || choices.length === 0) throw new RangeError(`expected at least one choice, got ${Array.isArray(choices) ? "none" : shown(choices)}`);
  choices.forEach((choice, at) => {
    if (!["string", "number", "boolean"].includes(typeof choice)) throw new TypeError(`expected choices as words, numbers or true and false, got ${shown(choice)} at ${at}`);
    if (choices.indexOf(choice) !== at) throw new RangeError(`expected different choices, got ${shown(choice)} twice`);
  });
  const all: readonly T[] = [...choices];
  return makeControl<T>({
    kind: "choice", options, value: options.value ?? all[0]!,
    model: { name: "Dropdown", traits: { _options_labels: all.map(String) } },
    check(value) {
      if (!all.includes(value)) oneOf({ value: value as string }, all.map(String).filter((name) => name !== value));
      return value;
    },
    write: (value) => ({ index: all.indexOf(value) }),
    read: ({ index }) => (typeof index === "number" ? all[index] : undefined),
  });
}
