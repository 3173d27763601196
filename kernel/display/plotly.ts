import type { MimeBundle } from "./contract.js";
import { inspect } from "./inspect.js";
import { isPlain, own } from "./reflect.js";

/** `{data, layout}` as Plotly knows it: live in JupyterLab, a still picture and a sentence elsewhere. */
export function plotlyView(value: object): MimeBundle | undefined {
  const traces = own(value, "data");
  const layout = own(value, "layout");
  if (!Array.isArray(traces) || !isPlain(layout) || !traces.every(isPlain)) return undefined;
  return { data: { "application/vnd.plotly.v1+json": value, "text/plain": inspect(value).text }, metadata: {} };
}
