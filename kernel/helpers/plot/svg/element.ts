import { escape } from "../../../display/escape.js";

export type Attributes = Record<string, string | number | undefined>;

/** An SVG element as text. Numbers are cut to two decimals; undefined attributes are left out; attributes are escaped, children are not. */
export function el(name: string, attributes: Attributes, ...children: string[]): string {
  let text = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) text += ` ${key}="${typeof value === "number" ? px(value) : escape(value)}"`;
  }
  return children.length ? `${text}>${children.join("")}</${name}>` : `${text}/>`;
}

export const px = (n: number): string => String(Number(n.toFixed(2)));

/** Words; Plotly's tags such as `<b>` and `<br>` are dropped. */
export const words = (text: string, attributes: Attributes): string => el("text", attributes, escape(plainText(text)));

export const plainText = (text: string): string => text.replace(/<br\s*\/?>/gi, " ").replace(/<\/?(b|i|sub|sup|span|em|strong)\b[^>]*>/gi, "");

/** Width in pixels, roughly: Latin letters are about half as wide as high, Chinese ones as wide as high. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const c of plainText(text)) width += c > "\u2e7f" ? 1 : /[A-ZMWmw%@]/.test(c) ? 0.72 : /[ijltfrI.,:;'|!() ]/.test(c) ? 0.32 : 0.56;
  return width * size;
}

export function shorten(text: string, most: number): string {
  const plain = plainText(text);
  return [...plain].length > most ? `${[...plain].slice(0, most - 1).join("")}\u2026` : plain;
}
