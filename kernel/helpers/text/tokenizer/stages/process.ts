import { shown } from "../../../arguments.js";
import type { Stage } from "../contract.js";

/** What stands where: the first or second text, or a special token. */
export type Slot = { sequence: 0 | 1; type: number } | { id: number; token: string; type: number };

export interface Processor {
  single: readonly Slot[];
  pair: readonly Slot[];
  /** Offsets leave out the space that a byte-level token begins or ends with; `prefixed`: save the one that was put before the text. */
  trim?: { prefixed: boolean };
}

const plain: Processor = { single: [{ sequence: 0, type: 0 }], pair: [{ sequence: 0, type: 0 }, { sequence: 1, type: 1 }] };

type Piece = { Sequence: { id: "A" | "B"; type_id: number } } | { SpecialToken: { id: string; type_id: number } };

function template({ single, pair, special_tokens }: Stage): Processor {
  const specials = (special_tokens ?? {}) as Record<string, { ids: number[]; tokens: string[] }>;
  const slots = (pieces: unknown): Slot[] => (pieces as Piece[]).flatMap((piece): Slot[] => {
    if ("Sequence" in piece) return [{ sequence: piece.Sequence.id === "A" ? 0 : 1, type: piece.Sequence.type_id }];
    const special = specials[piece.SpecialToken.id];
    if (!special) throw new TypeError(`expected special_tokens with all of the template, got none for ${shown(piece.SpecialToken.id)}`);
    return special.ids.map((id, at) => ({ id, token: special.tokens[at]!, type: piece.SpecialToken.type_id }));
  });
  return { single: slots(single), pair: slots(pair) };
}

const marks = ({ sep, cls }: Stage) => {
  const [[end, endId], [begin, beginId]] = [sep, cls] as [[string, number], [string, number]];
  return { begin: (type: number): Slot => ({ id: beginId, token: begin, type }), end: (type: number): Slot => ({ id: endId, token: end, type }) };
};

const kinds: Record<string, (stage: Stage) => Processor> = {
  TemplateProcessing: template,
  BertProcessing: (stage) => {
    const { begin, end } = marks(stage);
    return { single: [begin(0), { sequence: 0, type: 0 }, end(0)], pair: [begin(0), { sequence: 0, type: 0 }, end(0), { sequence: 1, type: 1 }, end(1)] };
  },
  RobertaProcessing: (stage) => {
    const { begin, end } = marks(stage);
    return {
      single: [begin(0), { sequence: 0, type: 0 }, end(0)], pair: [begin(0), { sequence: 0, type: 0 }, end(0), end(0), { sequence: 1, type: 0 }, end(0)],
      ...(stage["trim_offsets"] !== false && { trim: { prefixed: stage["add_prefix_space"] !== false } }),
    };
  },
  ByteLevel: ({ trim_offsets = true, add_prefix_space = true }) => ({ ...plain, ...(trim_offsets === true && { trim: { prefixed: add_prefix_space === true } }) }),
  Sequence: ({ processors }) => {
    const all = (processors as Stage[]).map(processor);
    const adding = all.filter(({ single }) => single.length > 1);
    if (adding.length > 1) throw new TypeError(`expected a Sequence in which one post_processor adds tokens, got ${adding.length}`);
    const trim = all.find((one) => one.trim)?.trim;
    return { ...(adding[0] ?? plain), ...(trim && { trim }) };
  },
};

/** @throws `unknown post_processor: X (known: ...)` */
export function processor(stage: Stage | null): Processor {
  if (stage === null || stage === undefined) return plain;
  const make = kinds[stage.type];
  if (!make) throw new TypeError(`unknown post_processor: ${stage.type} (known: ${Object.keys(kinds).join(", ")})`);
  return make(stage);
}
