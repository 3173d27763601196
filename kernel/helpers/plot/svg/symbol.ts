import { el, px, type Attributes } from "./element.js";
import type { MarkerSymbol } from "../figure.js";

/** A mark of about `size` pixels across, centred on x, y. */
export function symbol(kind: MarkerSymbol | undefined, x: number, y: number, size: number, paint: Attributes): string {
  if (kind === undefined || kind === "circle") return el("circle", { cx: x, cy: y, r: size / 2, ...paint });
  return el("path", { d: `M${px(x)} ${px(y)}${outline(kind, size / 2)}`, ...paint });
}

function outline(kind: MarkerSymbol, r: number): string {
  const p = (...numbers: number[]) => numbers.map(px).join(" ");
  const s = r * 0.9;
  const w = r * 0.36;
  const d = r * 1.25;
  switch (kind) {
    case "square": return `m${p(-s, -s)}h${p(2 * s)}v${p(2 * s)}h${p(-2 * s)}z`;
    case "diamond": return `m${p(0, -d)}l${p(d, d)} ${p(-d, d)} ${p(-d, -d)}z`;
    case "triangle-up": return `m${p(0, -d)}l${p(d, 1.8 * d)}h${p(-2 * d)}z`;
    case "triangle-down": return `m${p(0, d)}l${p(d, -1.8 * d)}h${p(-2 * d)}z`;
    case "cross": return `m${p(-w, -d)}h${p(2 * w)}v${p(d - w)}h${p(d - w)}v${p(2 * w)}h${p(w - d)}v${p(d - w)}h${p(-2 * w)}v${p(w - d)}h${p(w - d)}v${p(-2 * w)}h${p(d - w)}z`;
    default: {
      const [a, b] = [s - w, w];
      return `m0 ${px(-b * 1.4)}l${p(a, -a)} ${p(b * 1.4, b * 1.4)} ${p(-a, a)} ${p(a, a)} ${p(-b * 1.4, b * 1.4)} ${p(-a, -a)} ${p(-a, a)} ${p(-b * 1.4, -b * 1.4)} ${p(a, -a)} ${p(-a, -a)} ${p(b * 1.4, -b * 1.4)}z`;
    }
  }
}
