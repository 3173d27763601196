import type { Comms } from "../../../runner/comms.js";
import { openWidget, type WidgetEvents, type WidgetModel } from "../model.js";
import { places, type Reference, type StockTraits } from "./models.js";

/** A model of Jupyter's own controls, such as `IntSlider`. Traits that are left out have the front end's defaults. */
export type StockModel = { [Name in keyof StockTraits]: { name: Name; traits: Partial<StockTraits[Name]> } }[keyof StockTraits];

const usual = "@jupyter-widgets/controls";

/** @param more traits that are the widget's, not the model's: `_view_count` */
export function openStock(comms: Comms, { name, traits }: StockModel, events?: WidgetEvents, more: Readonly<Record<string, unknown>> = {}): WidgetModel {
  const [module, version, view, viewModule] = places[name] ?? [usual, "2.0.0", name, usual];
  const names = {
    _model_module: module, _model_module_version: version, _model_name: `${name}Model`,
    _view_module: viewModule, _view_module_version: version, _view_name: view === null ? null : `${view}View`,
  };
  return openWidget(comms, { ...names, ...traits, ...more }, events);
}

/** Styles of controls; a button has no label beside it. */
export type StyleName = "Description" | "Slider" | "Progress" | "Text" | "Checkbox" | "Button";

/** A style of a control, here only for the width of its label: the front end's own cuts names after some ten letters. */
export function openStyle(comms: Comms, name: StyleName, width: string): WidgetModel {
  return openStock(comms, { name: `${name}Style`, traits: name === "Button" ? {} : { description_width: width } } as StockModel);
}

export const reference = ({ id }: WidgetModel): Reference => `IPY_MODEL_${id}`;
