import { escape } from "../../../display/escape.js";
import { number } from "../../../display/number.js";
import { isMissing } from "../../../display/table/read.js";

const width = 72;
const height = 20;
const bars = 12;

/**
 * A small picture of a column: a histogram of numbers and dates, shares of the commonest words. In the ink of the page, so that it reads in every theme;
 * `title` is what somebody hears who cannot see it. No style attributes: they would break a strict CSP.
 */
export function sparkline(values: readonly unknown[], kind: string): string {
  const there = values.filter((value) => !isMissing(value));
  if (there.length === 0) return "";
  if (kind === "number" || kind === "date") return histogram(there.map(Number).filter(Number.isFinite), kind === "date");
  return kind === "text" || kind === "boolean" ? shares(there.map(String)) : "";
}

function histogram(values: readonly number[], dates: boolean): string {
  if (values.length === 0) return "";
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const counts = new Array<number>(low < high ? bars : 1).fill(0);
  for (const value of values) counts[low < high ? Math.min(bars - 1, Math.floor(((value - low) / (high - low)) * bars)) : 0]! += 1;
  const most = Math.max(...counts);
  const step = width / counts.length;
  const words = (value: number) => (dates ? new Date(value).toISOString().slice(0, 10) : number(value));
  // The least count that is not 0 stays visible.
  const rects = counts.map((n, i) => (n === 0 ? "" : rect(i * step, step - 1, Math.max(1.5, (n / most) * (height - 1)), 0.65))).join("");
  return picture(low < high ? `from ${words(low)} to ${words(high)}` : `always ${words(low)}`, rects);
}

function shares(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const ranked = [...counts].sort((a, b) => b[1] - a[1]);
  const most = ranked.slice(0, 6);
  let x = 0;
  const parts = most.map(([, n], i) => {
    const wide = (n / values.length) * width;
    const part = rect(x, Math.max(0.5, wide - 1), height / 2, 0.8 - i * 0.11);
    x += wide;
    return part;
  });
  if (x < width - 0.5) parts.push(`<rect x="${fix(x)}" y="${height / 2 + 0.5}" width="${fix(width - x - 0.5)}" height="${height / 2 - 1}" fill="none" stroke="currentColor" stroke-opacity="0.4"/>`);
  const words = most.slice(0, 3).map(([value, n]) => `${value.length > 24 ? `${value.slice(0, 24)}…` : value} ${Math.round((100 * n) / values.length)}%`).join(", ");
  return picture(`${ranked.length} different: ${words}${ranked.length > 3 ? ", ..." : ""}`, parts.join(""));
}

const fix = (value: number) => Number(value.toFixed(2));
const rect = (x: number, wide: number, tall: number, opacity: number) => `<rect x="${fix(x)}" y="${fix(height - tall)}" width="${fix(wide)}" height="${fix(tall)}" fill="currentColor" fill-opacity="${fix(opacity)}"/>`;
const picture = (title: string, inside: string) => `<svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(title)}"><title>${escape(title)}</title>${inside}</svg>`;
