/** Colours that can be told apart with any kind of colour vision, on white and on JupyterLab's dark background alike. */

/** Series colours: the Okabe-Ito order, moved in lightness until each has a contrast of 3 or more on #ffffff and on #111111. */
export const palette = ["#0b7ac0", "#cf6412", "#00926a", "#b8659a", "#8a7a00", "#7d66d6", "#7f7f7f"] as const;

/** Text, axes: contrast over 4 on white and on #111111. */
export const ink = "#7a7a7a";

/** Grid lines: there when looked for. */
export const grid = "rgba(128,128,128,0.25)";

/** A colour scale: colours at equal steps from 0 to 1. */
export type ColourScale = readonly string[];

/** Dark blue to yellow, even in lightness (control points of the public-domain viridis map). */
export const sequential: ColourScale = ["#440154", "#482878", "#3e4a89", "#31688e", "#26828e", "#1f9e89", "#35b779", "#6ece58", "#b5de2b", "#fde725"];

/** Blue below, light grey at the middle, orange above. */
export const diverging: ColourScale = ["#0a4a80", "#2f7bb5", "#84b4d8", "#e6e6e6", "#e5a878", "#c8651f", "#7f3a06"];

export const grey: ColourScale = ["#000000", "#ffffff"];

export const scales = { sequential, diverging, grey } as const;

export type Rgb = readonly [red: number, green: number, blue: number];

/** `#rgb`, `#rrggbb`, `rgb()` and `rgba()`; undefined for other ways of writing a colour. */
export function parseColour(text: string): Rgb | undefined {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1];
  if (hex) {
    const full = hex.length === 3 ? [...hex].map((c) => c + c).join("") : hex;
    return [0, 2, 4].map((i) => parseInt(full.slice(i, i + 2), 16)) as unknown as Rgb;
  }
  const parts = /^rgba?\(([^)]*)\)$/i.exec(text.trim())?.[1].split(/[\s,/]+/).map(Number);
  return parts && parts.length >= 3 && parts.slice(0, 3).every(Number.isFinite) ? [parts[0], parts[1], parts[2]] : undefined;
}

/** The colour at `t` in [0, 1] of a scale; outside, the end's. */
export function colourAt(scale: ColourScale, t: number): Rgb {
  const at = Math.min(Math.max(t, 0), 1) * (scale.length - 1);
  const i = Math.min(Math.floor(at), scale.length - 2);
  const [a, b] = [parseColour(scale[i])!, parseColour(scale[i + 1])!];
  return a.map((x, k) => Math.round(x + (b[k] - x) * (at - i))) as unknown as Rgb;
}

export const hex = (rgb: Rgb): string => `#${rgb.map((x) => Math.round(x).toString(16).padStart(2, "0")).join("")}`;

/** Relative luminance of WCAG 2, 0 (black) to 1 (white). */
export function luminance(rgb: Rgb): number {
  const [r, g, b] = rgb.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/**
 * Contrast of two colours, 1 to 21 (WCAG 2). Text wants 4.5, lines and marks 3.
 *
 * @example contrast("#777777", "#ffffff") // 4.48
 */
export function contrast(a: string, b: string): number {
  const [x, y] = [a, b].map((text) => {
    const rgb = parseColour(text);
    if (!rgb) throw new TypeError(`invalid colour: ${text}`);
    return luminance(rgb);
  });
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

/** Black or white, whichever reads better on the colour. */
export const textOn = (background: Rgb): string => (luminance(background) > 0.179 ? "#000000" : "#ffffff");

/** As Plotly takes scales: pairs of position and colour. */
export const plotlyScale = (scale: ColourScale): [number, string][] => scale.map((c, i) => [i / (scale.length - 1), c]);
