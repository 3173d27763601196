import { checkOptions, keyword, wholeNumber } from "./options.js";
import { grid, ink, palette } from "./colour.js";

/** A Plotly figure: plain data that may be changed before it is shown, and that any Plotly draws. */
export interface Figure {
  data: Trace[];
  layout: Layout;
}

export type Value = number | string | null;
export type Trace = ScatterTrace | BarTrace | HeatmapTrace | ContourTrace;

interface TraceBase {
  name?: string;
  opacity?: number;
  showlegend?: boolean;
  visible?: boolean | "legendonly";
  hovertemplate?: string;
}

export interface Line {
  color?: string;
  width?: number;
  dash?: "solid" | "dash" | "dot" | "dashdot" | "longdash";
  shape?: "linear" | "hv" | "vh";
}

export type MarkerSymbol = "circle" | "square" | "diamond" | "triangle-up" | "cross" | "x" | "triangle-down";

export interface ScatterTrace extends TraceBase {
  type: "scatter";
  mode: "lines" | "markers" | "lines+markers";
  x: Value[];
  y: Value[];
  line?: Line;
  marker?: { color?: string; size?: number; symbol?: MarkerSymbol; opacity?: number; line?: { color?: string; width?: number } };
  text?: string[];
  hoverinfo?: "text" | "skip";
}

export interface BarTrace extends TraceBase {
  type: "bar";
  x: Value[];
  y: Value[];
  orientation?: "v" | "h";
  width?: number | number[];
  text?: string[];
  textposition?: "none" | "auto" | "outside" | "inside";
  marker?: { color?: string; line?: { color?: string; width?: number } };
}

interface GridTrace extends TraceBase {
  x?: Value[];
  y?: Value[];
  z: (number | null)[][];
  colorscale?: [number, string][];
  zmin?: number;
  zmax?: number;
  showscale?: boolean;
  colorbar?: { title?: { text?: string }; thickness?: number; outlinewidth?: number; tickfont?: { color?: string }; tickvals?: number[]; ticktext?: string[] };
  hoverinfo?: "x" | "y" | "z" | "text" | "skip";
}

export interface HeatmapTrace extends GridTrace {
  type: "heatmap";
  xgap?: number;
  ygap?: number;
  text?: string[][];
  texttemplate?: string;
}

export interface ContourTrace extends GridTrace {
  type: "contour";
  contours?: { start?: number; end?: number; size?: number; coloring?: "fill" | "none"; showlines?: boolean };
  autocontour?: boolean;
  line?: Line;
}

export interface Axis {
  title?: { text?: string; standoff?: number };
  type?: "linear" | "log" | "category" | "date" | "-";
  range?: [number, number];
  autorange?: boolean | "reversed";
  visible?: boolean;
  showgrid?: boolean;
  zeroline?: boolean;
  gridcolor?: string;
  linecolor?: string;
  zerolinecolor?: string;
  tickcolor?: string;
  automargin?: boolean;
  tickvals?: number[];
  ticktext?: string[];
  scaleanchor?: "x" | "y";
  constrain?: "domain" | "range";
  exponentformat?: "none" | "e" | "power" | "SI";
}

export interface Layout {
  title?: { text?: string; x?: number; xref?: "paper" | "container"; xanchor?: "left"; font?: { size?: number } };
  xaxis: Axis;
  yaxis: Axis;
  width?: number;
  height?: number;
  autosize?: boolean;
  margin?: { l?: number; r?: number; t?: number; b?: number };
  paper_bgcolor?: string;
  plot_bgcolor?: string;
  font?: { color?: string; size?: number; family?: string };
  colorway?: string[];
  showlegend?: boolean;
  legend?: { orientation?: "h" | "v"; x?: number; y?: number; xanchor?: "left"; yanchor?: "bottom" };
  bargap?: number;
  barmode?: "group" | "stack" | "overlay";
  hovermode?: "closest" | "x unified" | "x";
  images?: { source: string; xref: "x"; yref: "y"; x: number; y: number; sizex: number; sizey: number; sizing: "stretch"; layer: "above" }[];
  /** On a logarithmic axis their place is the logarithm, as Plotly has it. */
  annotations?: { x: number; y: number; text: string; showarrow: false; xanchor?: "center"; yanchor?: "top"; yshift?: number; font?: { size?: number; color?: string } }[];
  /** `description` is the text alternative: what someone hears who cannot see the plot. */
  meta?: { description?: string };
}

/** What every plot takes. */
export interface CommonOptions {
  title?: string;
  /** Axis title, with the unit: "Living area (sq ft)". Default: the column's name. */
  xLabel?: string;
  yLabel?: string;
  /** Default "linear". Log axes leave out values that are not positive. */
  xScale?: "linear" | "log";
  yScale?: "linear" | "log";
  /** Pixels; default: as wide as the page allows. */
  width?: number;
  /** Pixels; default 380. */
  height?: number;
}

export const commonOptions = ["title", "xLabel", "yLabel", "xScale", "yScale", "width", "height"] as const;
export const symbols: readonly MarkerSymbol[] = ["circle", "square", "diamond", "triangle-up", "cross", "x", "triangle-down"];
export const dashes = ["solid", "dash", "dot", "dashdot", "longdash"] as const;

/** Series beyond the palette repeat its colours, with another dash or symbol. */
export const seriesColour = (i: number): string => palette[i % palette.length];

/** A figure in the house style: clear background, mid-grey words and grid that read on white and on black. */
export function makeFigure(data: Trace[], options: CommonOptions, known: readonly string[], description: string, layout: Partial<Layout> = {}): Figure {
  checkOptions(options, [...commonOptions, ...known]);
  const { title, xLabel, yLabel, xScale = "linear", yScale = "linear", width, height = 380 } = options;
  if (width !== undefined) wholeNumber(width, "width", 50);
  wholeNumber(height, "height", 50);
  const legend = data.filter((t) => t.name && t.showlegend !== false && (t.type === "scatter" || t.type === "bar")).length > 1;
  return {
    data,
    layout: {
      ...(title === undefined ? {} : { title: { text: title, x: 0, xref: "paper", xanchor: "left", font: { size: 16 } } }),
      height,
      ...(width === undefined ? { autosize: true } : { width }),
      margin: { l: 64, r: 24, t: (title === undefined ? 24 : 56) + (legend ? 24 : 0), b: 56 },
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: "rgba(0,0,0,0)",
      font: { color: ink, size: 13 },
      colorway: [...palette],
      showlegend: legend,
      legend: { orientation: "h", x: 0, xanchor: "left", y: 1.01, yanchor: "bottom" },
      hovermode: "closest",
      ...layout,
      xaxis: { ...axis(xLabel, keyword(xScale, "xScale", ["linear", "log"])), ...layout.xaxis },
      yaxis: { ...axis(yLabel, keyword(yScale, "yScale", ["linear", "log"])), ...layout.yaxis },
      meta: { description: (title ? `${title}. ` : "") + description },
    },
  };
}

function axis(label: string | undefined, scale: "linear" | "log"): Axis {
  const title = label === undefined ? {} : { title: { text: label, standoff: 8 } };
  // Without a format Plotly writes 0.0001 as 100µ.
  const logarithmic = scale === "log" ? { type: scale, exponentformat: "e" as const } : {};
  return { ...title, ...logarithmic, gridcolor: grid, zerolinecolor: grid, linecolor: ink, tickcolor: ink, zeroline: false, automargin: true };
}
