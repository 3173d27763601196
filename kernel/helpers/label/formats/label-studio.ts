import { known } from "../../arguments.js";
import * as check from "./check.js";
import type { Box, LabelledImage, LabelledText, Span } from "./items.js";

export interface LabelStudioOptions {
  /** Whose annotation of a task: its place among those not cancelled. Default 0, the first. */
  annotation?: number;
}

/**
 * Labelled texts and pictures from a Label Studio JSON export: `choices`, `labels` (spans) and `rectanglelabels` (boxes, from percent to pixels).
 * Tasks without annotation have no labels. Other result types are refused by name, since dropping them would lose work.
 *
 * @throws with the place: `expected a result type of choices, labels, rectanglelabels in task 3, got brushlabels`; `expected data.text or data.image in task 0`; `expected rotation 0 in task 1, got 30`.
 * Source: Label Studio JSON format.
 * @example
 * const task = { id: 7, data: { text: "Fine day" }, annotations: [{ result: [{ type: "choices", from_name: "c", to_name: "t", value: { choices: ["weather"] } }] }] };
 * label.fromLabelStudio(JSON.stringify([task])) // [{ id: 7, text: "Fine day", labels: ["weather"] }]
 */
export function fromLabelStudio(json: string, options: LabelStudioOptions = {}): readonly (LabelledText | LabelledImage)[] {
  known(options, ["annotation"]);
  return Object.freeze(check.list(check.parseJson(json, "a Label Studio export"), "a Label Studio export").map((value, i) => readTask(check.object(value, `task ${i}`), i, options.annotation ?? 0)));
}

function readTask(task: Record<string, unknown>, at: number, which: number): LabelledText | LabelledImage {
  const where = `task ${at}`;
  const data = check.object(task["data"], `${where} data`);
  const id = task["id"] === undefined ? at : check.name(task["id"], `${where} id`);
  const annotations = check.list(task["annotations"] ?? [], `${where} annotations`).map((one, n) => check.object(one, `${where} annotations[${n}]`)).filter((one) => one["was_cancelled"] !== true);
  const results = annotations[which] ? check.list(annotations[which]["result"], `${where} result`).map((one, n) => check.object(one, `${where} result[${n}]`)) : [];
  const text = typeof data["text"] === "string" ? data["text"] : undefined;
  if (text === undefined && typeof data["image"] !== "string") throw new TypeError(`expected data.text or data.image in ${where}`);
  const labels: string[] = [];
  const spans: Span[] = [];
  const boxes: Box[] = [];
  let size: { width: number; height: number } | undefined;
  results.forEach((result, n) => {
    const spot = `${where} result[${n}]`;
    const found = check.object(result["value"], `${spot} value`);
    if (result["original_width"] !== undefined) size = { width: check.number(result["original_width"], `${spot} original_width`), height: check.number(result["original_height"], `${spot} original_height`) };
    if (result["type"] === "choices") labels.push(...check.list(found["choices"], `${spot} choices`).map((choice) => check.text(choice, `${spot} choice`)));
    else if (result["type"] === "labels") {
      if (text === undefined) throw new TypeError(`expected data.text for labels in ${where}`);
      const range = check.span(found["start"], found["end"], text.length, spot);
      for (const label of check.list(found["labels"], `${spot} labels`)) spans.push({ ...range, label: check.text(label, `${spot} label`) });
    } else if (result["type"] === "rectanglelabels") {
      if (!size) throw new TypeError(`expected original_width and original_height in ${spot}`);
      if (found["rotation"]) throw new RangeError(`expected rotation 0 in ${where}, got ${String(found["rotation"])}`);
      const percent = (name: string, whole: number) => pixels((check.number(found[name], `${spot} ${name}`) * whole) / 100);
      const box = { x: percent("x", size.width), y: percent("y", size.height), width: percent("width", size.width), height: percent("height", size.height) };
      for (const label of check.list(found["rectanglelabels"], `${spot} rectanglelabels`)) boxes.push({ ...box, label: check.text(label, `${spot} label`) });
    } else throw new TypeError(`expected a result type of choices, labels, rectanglelabels in ${where}, got ${String(result["type"])}`);
  });
  const classes = labels.length > 0 && { labels };
  return text === undefined
    ? { id, image: data["image"] as string, ...size, ...classes, ...(boxes.length > 0 && { boxes }) }
    : { id, text, ...classes, ...(spans.length > 0 && { spans }) };
}

/** Percent and back again leaves dust in the last digits. */
const pixels = (value: number) => Number(value.toFixed(6));

/**
 * A Label Studio JSON file from labelled texts and pictures, for import there. Its control tags are named `label` (choices), `spans` and `boxes`, its objects `text` and `image`.
 *
 * @throws `expected width and height for the boxes of item 3`.
 * @example
 * JSON.parse(label.toLabelStudio([{ id: 1, text: "Fine day", labels: ["weather"] }]))[0].annotations[0].result[0].value // { choices: ["weather"] }
 */
export function toLabelStudio(items: readonly (LabelledText | LabelledImage)[]): string {
  return JSON.stringify(items.map((item) => {
    const result: object[] = [];
    const to = "text" in item ? "text" : "image";
    const size = "image" in item && item.width !== undefined ? { original_width: item.width, original_height: item.height } : {};
    if (item.labels?.length) result.push({ type: "choices", from_name: "label", to_name: to, ...size, value: { choices: item.labels } });
    if ("text" in item) {
      (item.spans ?? []).forEach(({ start, end, label }, n) => {
        check.span(start, end, item.text.length, `item ${item.id} spans[${n}]`);
        result.push({ type: "labels", from_name: "spans", to_name: to, value: { start, end, text: item.text.slice(start, end), labels: [label] } });
      });
      return { id: item.id, data: { text: item.text }, annotations: [{ result }] };
    }
    for (const { x, y, width, height, label } of item.boxes ?? []) {
      if (!item.width || !item.height) throw new TypeError(`expected width and height for the boxes of item ${item.id}`);
      const value = { x: (100 * x) / item.width, y: (100 * y) / item.height, width: (100 * width) / item.width, height: (100 * height) / item.height, rotation: 0, rectanglelabels: [label] };
      result.push({ type: "rectanglelabels", from_name: "boxes", to_name: to, ...size, value });
    }
    return { id: item.id, data: { image: item.image }, annotations: [{ result }] };
  }), null, 1);
}
