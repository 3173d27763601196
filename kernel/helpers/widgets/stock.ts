import type { Comms } from "../../runner/comms.js";
import { openWidget, type WidgetEvents, type WidgetModel } from "./model.js";

/** A model of Jupyter's own controls. Traits that are left out have the front end's defaults. */
export interface StockModel {
  /** `IntSliderModel` without its end; the view has the same name, or this one. */
  name: string;
  view?: string;
  /** Default `@jupyter-widgets/controls` 2.0.0. */
  module?: string;
  version?: string;
  traits: Readonly<Record<string, unknown>>;
}

export function openStock(comms: Comms, { name, view = name, module = "@jupyter-widgets/controls", version = "2.0.0", traits }: StockModel, events?: WidgetEvents): WidgetModel {
  const names = { _model_module: module, _model_module_version: version, _model_name: `${name}Model`, _view_module: module, _view_module_version: version, _view_name: `${view}View` };
  return openWidget(comms, { ...names, ...traits }, events);
}

/** A style of a control, here only for the width of its label: the front end's own cuts names after some ten letters. */
export function openStyle(comms: Comms, name: string, width: string): WidgetModel {
  return openWidget(comms, {
    _model_module: "@jupyter-widgets/controls", _model_module_version: "2.0.0", _model_name: `${name}StyleModel`,
    _view_module: "@jupyter-widgets/base", _view_module_version: "2.0.0", _view_name: "StyleView", description_width: width,
  });
}

export const reference = ({ id }: WidgetModel): string => `IPY_MODEL_${id}`;
