import type { Comms } from "../../runner/comms.js";
import { openWidget, type WidgetEvents, type WidgetModel } from "./model.js";

export interface AnyWidgetOptions extends WidgetEvents {
  /** One id a widget class: all its instances share a style sheet. */
  id: string;
  /** A self-contained ES module as text: no imports, no requests. */
  esm: string;
  css: string;
  traits: Readonly<Record<string, unknown>>;
}

/** A widget with a front end of our own, drawn by the lab extension anywidget (any version: `*`). */
export function openAnyWidget(comms: Comms, { id, esm, css, traits, ...events }: AnyWidgetOptions): WidgetModel {
  const names = { _model_module: "anywidget", _model_name: "AnyModel", _model_module_version: "*", _view_module: "anywidget", _view_name: "AnyView", _view_module_version: "*", _view_count: 0 };
  return openWidget(comms, { ...names, _anywidget_id: id, _esm: esm, _css: css, ...traits }, events);
}
