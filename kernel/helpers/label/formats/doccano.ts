import { known, oneOf } from "../../arguments.js";
import * as check from "./check.js";
import type { LabelledText, Span } from "./items.js";

export interface DoccanoOptions {
  /** What offsets in the file count. "codepoints": as Python does; "utf16": as JavaScript does. They differ after emoji. Default "codepoints". */
  offsets?: "codepoints" | "utf16";
}

/**
 * Labelled texts from doccano JSONL: a line `{"id", "text", "label": [...]}`, where labels are `[start, end, name]` for spans or names for the whole text. Entities under `entities` (`start_offset`, `end_offset`, `label`) are read too; other fields are ignored.
 *
 * @returns spans in UTF-16 units, as `text.slice` takes. Lines without id get their number, from 0.
 * @throws with the line: `expected line 2 as JSON: ...`; `expected 0 <= start < end <= 5 in line 1 label[0], got 3 and 9`.
 * @example
 * label.fromDoccano('{"id": 1, "text": "Lin Yi sings", "label": [[0, 6, "PER"]]}')[0].spans // [{ start: 0, end: 6, label: "PER" }]
 */
export function fromDoccano(jsonl: string, options: DoccanoOptions = {}): readonly LabelledText[] {
  known(options, ["offsets"]);
  const points = oneOf({ offsets: options.offsets ?? "codepoints" }, ["codepoints", "utf16"]) === "codepoints";
  if (typeof jsonl !== "string") throw new TypeError("expected doccano JSONL as text");
  const items: LabelledText[] = [];
  jsonl.split(/\r?\n/).forEach((line, at) => {
    if (line.trim() === "") return;
    const where = `line ${at + 1}`;
    const row = check.object(check.parseJson(line, where), where);
    const text = check.text(row["text"], `${where} text`);
    const place = points ? codePointPlaces(text) : undefined;
    const given = check.list(row["label"] ?? row["labels"] ?? [], `${where} label`);
    const spans: Span[] = [];
    const labels: string[] = [];
    const addSpan = (start: unknown, end: unknown, name: unknown, spot: string) => {
      const range = check.span(start, end, place ? place.length - 1 : text.length, spot);
      spans.push({ start: place ? place[range.start]! : range.start, end: place ? place[range.end]! : range.end, label: check.text(name, `${spot} name`) });
    };
    given.forEach((value, n) => {
      const spot = `${where} label[${n}]`;
      if (Array.isArray(value)) addSpan(value[0], value[1], value[2], spot);
      else labels.push(check.text(value, spot));
    });
    check.list(row["entities"] ?? [], `${where} entities`).forEach((value, n) => {
      const entity = check.object(value, `${where} entities[${n}]`);
      addSpan(entity["start_offset"], entity["end_offset"], entity["label"], `${where} entities[${n}]`);
    });
    items.push({ id: row["id"] === undefined ? items.length : check.name(row["id"], `${where} id`), text, ...(labels.length > 0 && { labels }), ...(spans.length > 0 && { spans }) });
  });
  return Object.freeze(items);
}

/**
 * doccano JSONL from labelled texts: spans as `[start, end, name]`, else names of the whole text.
 *
 * @throws `expected labels or spans in item 3, got both` (doccano keeps one kind a project); `expected 0 <= start < end <= 5 in item 0 spans[0], got 4 and 4`.
 * @example
 * label.toDoccano([{ id: 1, text: "Good", labels: ["praise"] }]) // "{\"id\":1,\"text\":\"Good\",\"label\":[\"praise\"]}\n"
 */
export function toDoccano(items: readonly LabelledText[], options: DoccanoOptions = {}): string {
  known(options, ["offsets"]);
  const points = oneOf({ offsets: options.offsets ?? "codepoints" }, ["codepoints", "utf16"]) === "codepoints";
  return items.map(({ id, text, labels = [], spans = [] }, i) => {
    if (labels.length > 0 && spans.length > 0) throw new TypeError(`expected labels or spans in item ${id}, got both`);
    const count = (end: number) => (points ? [...text.slice(0, end)].length : end);
    const label = spans.length > 0 ? spans.map((one, n) => {
      const { start, end } = check.span(one.start, one.end, text.length, `item ${i} spans[${n}]`);
      return [count(start), count(end), one.label];
    }) : labels;
    return `${JSON.stringify({ id, text, label })}\n`;
  }).join("");
}

/** Where each code point starts in UTF-16 units, and the end. */
function codePointPlaces(text: string): number[] {
  const places = [0];
  for (const point of text) places.push(places.at(-1)! + point.length);
  return places;
}
