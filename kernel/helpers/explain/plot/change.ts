import { say } from "../../../display/language.js";
import { escape } from "../../../display/escape.js";
import { number } from "../../../display/number.js";
import type { Counterfactual } from "../counterfactual/search.js";
import { ink, palette } from "../../plot/colour.js";
import { el, shorten, textWidth, words } from "../../plot/svg/element.js";
import { showing, type Shown } from "./shown.js";

const [laneHeight, left, lane, edge] = [30, 150, 280, 90];

/**
 * What would have to change, as arrows from the value that is to the value that would do (SVG): one arrow a changed column, orange where it rises,
 * blue where it falls. Each column has its own scale, the same in every counterfactual.
 *
 * @param found of `counterfactuals`; none is drawn as a sentence
 * @example
 * const found = [{ x: [20, 5], prediction: 0.7, changes: [{ feature: 1, name: "debt", from: 30, to: 5 }], distance: 1 }];
 * explain.counterfactualPlot(found).text // "1: debt from 30 to 5 gives 0.7."
 */
export function counterfactualPlot(found: readonly Counterfactual[]): Shown {
  if (found.length === 0) return showing("text/html", "<p>No counterfactual was found.</p>", "No counterfactual was found.");
  const reach = new Map<string, [number, number]>();
  for (const { changes } of found) for (const { name, from, to } of changes) reach.set(name, [Math.min(from, to, reach.get(name)?.[0] ?? Infinity), Math.max(from, to, reach.get(name)?.[1] ?? -Infinity)]);
  let y = 0;
  const parts = found.flatMap(({ changes, prediction }, index) => {
    y += 28;
    const heading = words(`${index + 1}. prediction ${number(prediction, 3)}`, { x: 4, y, "font-size": 14, "font-weight": "bold" });
    const arrows = changes.flatMap(({ name, from, to }) => {
      y += laneHeight;
      const [low, high] = reach.get(name)!;
      const at = (value: number) => left + edge + (high > low ? (value - low) / (high - low) : 0.5) * lane;
      const sign = Math.sign(to - from);
      const colour = sign > 0 ? palette[1] : palette[0];
      const tip = at(to) - 8 * sign;
      return [
        words(shorten(name, 20), { x: left, y, "text-anchor": "end", "font-size": 14 }),
        el("line", { x1: left + edge, x2: left + edge + lane, y1: y - 5, y2: y - 5, stroke: ink, "stroke-opacity": 0.3 }),
        el("line", { x1: at(from), x2: tip, y1: y - 5, y2: y - 5, stroke: colour, "stroke-width": 3 }),
        el("circle", { cx: at(from), cy: y - 5, r: 4, fill: ink }),
        el("polygon", { points: `${at(to).toFixed(1)},${y - 5} ${tip.toFixed(1)},${y - 11} ${tip.toFixed(1)},${y + 1}`, fill: colour }),
        ...([[from, -sign], [to, sign]] as const).map(([value, side]) => words(number(value, 3), { x: at(value) + 10 * side, y, "text-anchor": side > 0 ? "start" : "end", "font-size": 13 })),
      ];
    });
    return [heading, ...arrows];
  });
  const text = `${found.map(({ changes, prediction }, index) => `${index + 1}: ${changes.map(({ name, from, to }) => `${name} from ${number(from)} to ${number(to)}`).join(", ")} gives ${number(prediction)}`).join("; ")}.`;
  const widest = Math.max(...found.flatMap(({ changes }) => changes.flatMap(({ from, to }) => [from, to].map((value) => textWidth(number(value, 3), 13)))));
  const [w, h] = [left + edge + lane + Math.max(edge, widest + 14), y + 16];
  return showing("image/svg+xml", el("svg", { xmlns: "http://www.w3.org/2000/svg", width: w, height: h, viewBox: `0 0 ${w} ${h}`, role: "img", "font-family": "system-ui, sans-serif", fill: ink }, `<title>${say("Counterfactuals", "反事实")}</title>`, `<desc>${escape(text)}</desc>`, ...parts), text);
}
