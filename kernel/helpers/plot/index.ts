/** One call, one plot: plain Plotly figures with accessible colours and a text alternative. */
export { bar, histogram, type BarOptions, type HistogramOptions } from "./bar.js";
export { boundary, type BoundaryOptions, type Predictions } from "./boundary.js";
export { contour, type ContourOptions, type Grid } from "./contour.js";
export type { Axis, BarTrace, CommonOptions, ContourTrace, Figure, HeatmapTrace, Layout, ScatterTrace, Trace } from "./figure.js";
export { confusion, heatmap, type ConfusionOptions, type HeatmapOptions, type Matrix } from "./heatmap.js";
export { images, type ImagesOptions, type Pictures } from "./images.js";
export { line, scatter, type LineOptions, type ScatterOptions } from "./line.js";
export type { SeriesData, SeriesOptions } from "./series.js";
export { describeFigure, svg, type SvgOptions } from "./svg.js";
