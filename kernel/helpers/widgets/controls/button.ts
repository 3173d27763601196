import { known, shown } from "../../arguments.js";
import { makeControl, type Control, type ControlOptions } from "./control.js";

export type ButtonOptions = Pick<ControlOptions<number>, "onChange" | "comms">;

/**
 * A button. Its value is the number of times it was pressed; `onChange` is called at each press, with that number. Setting the value presses it from code.
 *
 * @param name the words on it.
 * @throws `expected name to be text, got 3`; `expected value to be a whole number >= 0, got -1`.
 * @example
 * const seen: number[] = [];
 * const again = widgets.button("Draw again", { onChange: (presses) => seen.push(presses) });
 * again.value += 1;
 * seen // [1]
 */
export function button(name: string, options: ButtonOptions = {}): Control<number> {
  known(options, ["onChange", "comms"]);
  if (typeof name !== "string" || name === "") throw new TypeError(`expected name to be text, got ${shown(name)}`);
  const control: Control<number> = makeControl<number>({
    kind: "button", options: { ...options, label: name }, value: 0, style: "Button",
    model: { name: "Button", traits: {} },
    check(value) {
      if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`expected value to be a whole number >= 0, got ${shown(value)}`);
      return value;
    },
    write: () => ({}),
    read: () => undefined,
    onCustom(content) {
      if ((content as { event?: unknown } | null)?.event === "click") control.value += 1;
    },
    say: (presses) => `pressed ${presses === 1 ? "once" : `${presses} times`}`,
  });
  return control;
}
