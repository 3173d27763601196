import * as label from "../../../kernel/helpers/label/index.js";
import type { Adapter, OracleCase } from "../contract.js";

/** The two readings where they agree, or both to be looked at. */
const both = <T>(one: readonly T[], other: readonly T[]): unknown => (JSON.stringify(one) === JSON.stringify(other) ? one : { one, other });

const answers: Record<string, (input: OracleCase["input"]) => unknown> = {
  "formats-spans": (input) => {
    const own = (label.fromLabelStudio(input["export"] as string) as readonly label.LabelledText[]).flatMap(({ spans }) => (spans ? [spans] : []));
    const converted = label.fromConll(input["conll"] as string).flatMap(({ tokens, tags }) => {
      const starts = tokens.map((_, at) => tokens.slice(0, at).join(" ").length + Number(at > 0));
      const spans = label.bioToSpans(tags).map(({ start, end, label: name }) => ({ start: starts[start]!, end: starts[end - 1]! + tokens[end - 1]!.length, label: name }));
      return spans.length ? [spans] : [];
    });
    return { spans: both(own, converted) };
  },
  "formats-boxes": (input) => {
    const boxes = (items: readonly object[]) => (items as readonly label.LabelledImage[]).map((item) => item.boxes);
    return { boxes: both(boxes(label.fromLabelStudio(input["export"] as string)), boxes(label.fromCoco(input["coco"] as string))) };
  },
};

export const adapter: Adapter = {
  handles: ({ kind }) => typeof kind === "string" && kind in answers,
  answer: (input) => answers[input["kind"] as string]!(input),
};
