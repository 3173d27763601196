import { shown } from "../../arguments.js";
import { checkbox } from "../controls/checkbox.js";
import { insideOf, type Control } from "../controls/control.js";
import { dropdown, type Choice } from "../controls/dropdown.js";
import { slider } from "../controls/slider.js";
import { text } from "../controls/text.js";

/** What stands for a control: a range of two numbers (slider), choices (dropdown), true or false (checkbox), a text (text field), or a control. */
export type Setting = readonly [min: number, max: number] | readonly Choice[] | boolean | string | Control<any>;

/** The type of the value that a setting gives. */
export type SettingValue<S> = S extends Control<infer T> ? T : S extends readonly [number, number] ? number : S extends readonly (infer T)[] ? T : S extends boolean ? boolean : S extends string ? string : never;

/** `own`: made here, so it ends with the box. */
export function controlOf(name: string, setting: Setting): { control: Control<unknown>; own: boolean } {
  const made = (control: unknown) => ({ control: control as Control<unknown>, own: true });
  if (typeof setting === "boolean") return made(checkbox(setting));
  if (typeof setting === "string") return made(text(setting));
  if (Array.isArray(setting)) {
    const range = setting.length === 2 && setting.every((end) => typeof end === "number");
    return made(range ? slider(setting as unknown as readonly [number, number]) : dropdown(setting as readonly Choice[]));
  }
  if (typeof setting === "object" && setting !== null && insideOf(setting)) return { control: setting as Control<unknown>, own: false };
  throw new TypeError(`expected ${name} as [min, max], choices, true, a text or a control, got ${shown(setting)}`);
}
