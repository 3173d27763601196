export type Align = "left" | "right";

/** A table cell, given as HTML. JupyterLab's own style overrules a cell's `align`, but not that of a `div` in it; style attributes would break a strict CSP. */
export const cell = (html: string, align: Align): string => `<td align="${align}">${aligned(html, align)}</td>`;

export const header = (html: string, align: Align, scope: "row" | "col"): string => `<th scope="${scope}" align="${align}">${aligned(html, align)}</th>`;

const aligned = (html: string, align: Align) => `<div align="${align}">${html}</div>`;
