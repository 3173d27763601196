import { known, shown } from "../../arguments.js";
import { controlOptions, makeControl, type Control, type ControlOptions } from "./control.js";

export interface TextOptions extends ControlOptions<string> {
  /** Shown while it is empty. */
  placeholder?: string;
}

/**
 * A line of text.
 *
 * @param start the text at the start; default "".
 * @throws `expected value to be text, got 1`.
 * @example
 * const name = widgets.text("Ada", { label: "name" });
 * name.value // "Ada"
 */
export function text(start = "", options: TextOptions = {}): Control<string> {
  known(options, [...controlOptions, "placeholder"]);
  return makeControl<string>({
    kind: "text", options, value: start, style: "Text",
    model: { name: "Text", traits: options.placeholder === undefined ? {} : { placeholder: options.placeholder } },
    check(value) {
      if (typeof value !== "string") throw new TypeError(`expected value to be text, got ${shown(value)}`);
      return value;
    },
    write: (value) => ({ value }),
    read: ({ value }) => (typeof value === "string" ? value : undefined),
  });
}
