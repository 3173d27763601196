import { colourAt, diverging, hex, sequential, textOn } from "../../helpers/plot/colour.js";
import { escape, oneLine } from "../escape.js";
import { number } from "../number.js";
import type { Statistics } from "./statistics.js";

/** A matrix as a table whose cells are coloured by value. Each cell brings its own text colour, so it reads in light and dark pages. */
export function heatmapTable(values: ArrayLike<number>, rows: number, columns: number, s: Statistics, caption: string, notes: string[]): string {
  const signed = s.min < 0 && s.max > 0;
  const reach = Math.max(-s.min, s.max);
  const place = (x: number) => (signed ? (x / reach + 1) / 2 : s.max > s.min ? (x - s.min) / (s.max - s.min) : 0.5);
  // Attributes instead of styles: pages with a strict Content-Security-Policy keep them.
  const cell = (x: number) => {
    if (!Number.isFinite(x)) return `<td align="right"><i>${x}</i></td>`;
    const colour = colourAt(signed ? diverging : sequential, place(x));
    return `<td align="right" bgcolor="${hex(colour)}"><font color="${textOn(colour)}">${number(x)}</font></td>`;
  };
  const head = Array.from({ length: columns }, (_, c) => `<th scope="col" align="right">${c}</th>`).join("");
  const body = Array.from({ length: rows }, (_, r) =>
    `<tr><th scope="row" align="right">${r}</th>${Array.from({ length: columns }, (_, c) => cell(values[r * columns + c])).join("")}</tr>`);
  return `<table class="lyceum-heatmap" cellpadding="4"><caption>${oneLine(caption)}</caption><thead><tr><td></td>${head}</tr></thead><tbody>${body.join("\n")}</tbody></table>${notes.map((note) => `<small>${escape(note)}</small>`).join("<br>")}`;
}
