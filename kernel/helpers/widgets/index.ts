/** `widgets` in a notebook: sliders, choices, fields and buttons, and functions that follow them. */
export { slider, type SliderOptions } from "./controls/slider.js";
export { dropdown, type Choice, type DropdownOptions } from "./controls/dropdown.js";
export { checkbox } from "./controls/checkbox.js";
export { text, type TextOptions } from "./controls/text.js";
export { button, type ButtonOptions } from "./controls/button.js";
export { progress } from "./controls/progress.js";
export { interact, type InteractOptions, type Interaction, type SettingValues } from "./interact/interact.js";
export type { Setting, SettingValue } from "./interact/settings.js";
export type { Control, ControlOptions } from "./controls/control.js";
