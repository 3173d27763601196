import { escape } from "../../../display/escape.js";
import { number } from "../../../display/number.js";
import { showing, type Shown } from "./shown.js";

/**
 * A text with its words marked: orange speaks for the answer, blue against it, stronger the more. Underlined (for) and dotted (against) too,
 * for whoever does not see the colours. Safe HTML: whatever the text holds, it stays text.
 *
 * @param explanation of `limeText`, or any text in pieces with weights
 * @throws a weight that is not finite
 * @example explain.highlight({ pieces: [{ text: "<b>", weight: 1 }] }).html.includes("<b>") // false
 */
export function highlight(explanation: { pieces: readonly { text: string; weight: number }[] }): Shown {
  const { pieces } = explanation;
  const reach = pieces.reduce((most, { weight }) => {
    if (!Number.isFinite(weight)) throw new RangeError(`expected finite weights, got ${weight}`);
    return Math.max(most, Math.abs(weight));
  }, 0);
  const body = pieces.map(({ text, weight }) => {
    if (weight === 0) return escape(text);
    const colour = weight > 0 ? "229,168,120" : "132,180,216";
    const line = weight > 0 ? "solid #c8651f" : "dotted #2f7bb5";
    const share = Math.abs(weight) / reach;
    const cover = 0.15 + 0.75 * share;
    // On a strong colour the theme's own letters may be white on pale.
    return `<span style="background:rgba(${colour},${cover.toFixed(2)});${cover > 0.6 ? "color:#111;" : ""}border-bottom:2px ${line}" title="${escape(number(weight))}">${escape(text)}</span>`;
  });
  const marked = [...new Map(pieces.filter(({ weight }) => weight !== 0).map((piece) => [piece.text, piece])).values()].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  return showing("text/html", `<p style="white-space:pre-wrap;line-height:1.8">${body.join("")}</p>`, `${pieces.map(({ text }) => text).join("")}\n${marked.map(({ text, weight }) => `${text} ${number(weight)}`).join(", ")}`);
}
