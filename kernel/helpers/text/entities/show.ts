import type { MimeBundle } from "../../../display/contract.js";
import { escape } from "../../../display/escape.js";
import { say } from "../../../display/language.js";
import { known } from "../../arguments.js";
import { entities, type Entity } from "../../nn/metrics/entities.js";

export interface TaggedText {
  readonly words: readonly string[];
  readonly truth: readonly string[];
  readonly predicted: readonly string[] | undefined;
}

/** How a predicted entity fares: right; the type is right and an edge is off; wrong. A true one that nothing of its type touches is missed. */
type Fate = "right" | "edge" | "wrong" | "missed" | "true";

const looks: Record<Fate, { style: string; means: string }> = {
  true: { style: "background:rgba(127,127,127,0.25);border:1px solid rgba(127,127,127,0.9)", means: say("true", "真实") },
  right: { style: "background:rgba(31,119,180,0.35);border:1px solid rgb(31,119,180)", means: say("right", "正确") },
  edge: { style: "background:rgba(255,127,14,0.35);border:1px dashed rgb(255,127,14)", means: say("an edge is off", "边界有偏差") },
  wrong: { style: "background:rgba(214,39,40,0.3);border:1px dotted rgb(214,39,40)", means: say("wrong", "错误") },
  missed: { style: "border:1px dotted rgb(214,39,40)", means: say("missed", "遗漏") },
};

/**
 * One text with its entities as coloured bands: the true ones above the words, the predicted ones below. Blue: right, all of it. Orange,
 * dashed: the type is right, an edge is off. Red, dotted: no true entity, or missed.
 *
 * @param words as the tags count them
 * @param tags `truth` and, if there are any, `predicted`: `O`, `B-type`, `I-type`
 * @throws `expected 2 tags in truth like words, got 1`; as `nn.entities`
 * @example text.showTags(["chest", "pain"], { truth: ["B-PROBLEM", "I-PROBLEM"], predicted: ["O", "B-PROBLEM"] }).words.length // 2
 */
export function showTags(words: readonly string[], tags: { truth: readonly string[]; predicted?: readonly string[] }): TaggedText {
  known(tags, ["truth", "predicted"]);
  const { truth, predicted } = tags;
  for (const [name, list] of Object.entries({ truth, predicted })) if (list && list.length !== words.length) throw new RangeError(`expected ${words.length} tags in ${name} like words, got ${list.length}`);
  const real = entities([truth]), said = predicted && entities([predicted]);
  const touches = (a: Entity) => (b: Entity) => a.type === b.type && a.first <= b.last && b.first <= a.last;
  const same = (a: Entity) => (b: Entity) => touches(a)(b) && a.first === b.first && a.last === b.last;
  const above = real.map((one) => ({ ...one, fate: (said && !said.some(touches(one)) ? "missed" : "true") as Fate }));
  const below = said?.map((one) => ({ ...one, fate: (real.some(same(one)) ? "right" : real.some(touches(one)) ? "edge" : "wrong") as Fate }));
  const shown = { words, truth, predicted };
  Object.defineProperty(shown, Symbol.for("Jupyter.display"), { value: () => bundle(words, above, below), enumerable: false });
  return Object.freeze(shown);
}

type Band = Entity & { fate: Fate };

function bundle(words: readonly string[], above: readonly Band[], below: readonly Band[] | undefined): MimeBundle {
  const cell = (bands: readonly Band[], at: number): string => {
    const band = bands.find(({ first, last }) => first <= at && at <= last);
    if (!band) return `<span style="display:block;height:1.5em;margin:1px 0;border:1px solid transparent;font-size:0.75em"></span>`;
    // Bands of one entity meet.
    const inside = `${at > band.first ? "border-left:0;" : ""}${at < band.last ? "border-right:0;" : ""}`;
    return `<span style="display:block;height:1.5em;line-height:1.5em;margin:1px 0;padding:0 4px;font-size:0.75em;${looks[band.fate].style};${inside}" title="${escape(`${band.type}: ${looks[band.fate].means}`)}">${at === band.first ? escape(band.type) : "&nbsp;"}</span>`;
  };
  const rows = words.map((word, at) => `<span style="display:inline-block;vertical-align:top;text-align:center;min-width:1em">${cell(above, at)}<span style="display:block;padding:0 4px;white-space:pre">${escape(word)}</span>${below ? cell(below, at) : ""}</span>`).join("");
  const fates: Fate[] = below ? ["true", "missed", "right", "edge", "wrong"] : ["true"];
  const key = fates.map((fate) => `<span style="padding:0 4px;margin-right:6px;${looks[fate].style}">${looks[fate].means}</span>`).join("");
  const list = (bands: readonly Band[]): string => bands.map(({ type, first, last, fate }) => `${words.slice(first, last + 1).join(" ")} (${type}${fate === "true" ? "" : `, ${looks[fate].means}`})`).join(say("; ", "；")) || say("none", "无");
  return {
    data: {
      "text/plain": `${words.join(" ")}\n  ${say("true: ", "真实：")}${list(above)}${below ? `\n  ${say("predicted: ", "预测：")}${list(below)}` : ""}`,
      "text/html": `<div role="img" aria-label="${escape(`${words.join(" ")} ${say(`True: ${list(above)}.`, `真实：${list(above)}。`)}${below ? say(` Predicted: ${list(below)}.`, `预测：${list(below)}。`) : ""}`)}" style="line-height:1.3">${rows}${below ? `<div style="margin-top:6px;font-size:0.75em">${key}</div>` : ""}</div>`,
    },
    metadata: {},
  };
}
