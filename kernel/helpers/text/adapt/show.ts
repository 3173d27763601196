import { escape } from "../../../display/escape.js";
import { say } from "../../../display/language.js";
import type { LowRankModel } from "./model.js";

/** In a notebook: what is adapted, and how little of the model is trained. `now` is asked when it is shown. */
export function showLowRank<T extends LowRankModel>(model: T, title: string, now: () => Readonly<Record<string, string>> = () => ({})): T {
  const show = () => {
    const { trainable, total, share } = model.counts;
    const head = `${title}${say(": ", "：")}${say(`${trainable.toLocaleString("en-US")} of ${total.toLocaleString("en-US")} values are trained (${(100 * share).toFixed(2)}%)`, `${total.toLocaleString("en-US")} 个值中训练 ${trainable.toLocaleString("en-US")} 个（${(100 * share).toFixed(2)}%）`)}`;
    const more = now();
    const rows = model.adapters.map(({ name, parts }) => [name, Object.entries(parts).map(([part, { shape }]) => `${part} [${shape.join(", ")}]`).join(", "), more[name] ?? ""]);
    return {
      data: {
        "text/plain": [head, ...rows.map((row) => row.filter(Boolean).join("  "))].join("\n"),
        "text/html": `<p>${escape(head)}</p><table><tbody>${rows.map((row) => `<tr>${row.map((cell) => `<td style="text-align:left">${escape(cell)}</td>`).join("")}</tr>`).join("")}</tbody></table>`,
      },
      metadata: {},
    };
  };
  return Object.freeze(Object.defineProperty(model, Symbol.for("Jupyter.display"), { value: show, enumerable: false }));
}
