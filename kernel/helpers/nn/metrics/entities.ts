import { known, oneOf, sameLength, shown } from "../../arguments.js";
import { number } from "../../../display/number.js";
import { frozen, shownBy, tableUnder } from "../show.js";
import type { Scores } from "./report.js";

/** Tags of sentences, one a token: `O`, `B-type` (an entity begins), `I-type` (it goes on). */
export type Tags = readonly (readonly string[])[];

/** Tokens `first` to `last`, both included, of a sentence. */
export interface Entity {
  readonly sentence: number;
  readonly type: string;
  readonly first: number;
  readonly last: number;
}

/**
 * The entities that BIO tags mark, in their order. An `I-type` that continues nothing of its type opens an entity, as the CoNLL-2000 evaluation reads it.
 *
 * @throws `expected O, B-type or I-type, got "PER" in sentence 0, token 1`
 * @example nn.entities([["B-PER", "I-PER", "O", "I-LOC"]]) // [{ type: "PER", first: 0, last: 1 }, { type: "LOC", first: 3, last: 3 }]
 */
export function entities(tags: Tags): readonly Entity[] {
  return frozen(read(tags, "tags"));
}

function read(tags: Tags, name: string): Entity[] {
  if (!Array.isArray(tags)) throw new TypeError(`expected ${name} as sentences of tags, got ${shown(tags)}`);
  return tags.flatMap((sentence, s) => {
    if (!Array.isArray(sentence)) throw new TypeError(`expected a list of tags in sentence ${s} of ${name}, got ${shown(sentence)}`);
    const found: { sentence: number; type: string; first: number; last: number }[] = [];
    let open: (typeof found)[number] | undefined;
    sentence.forEach((tag: string, at: number) => {
      const parts = /^(?:O|([BI])-(.+))$/.exec(tag);
      if (!parts) throw new RangeError(`expected O, B-type or I-type, got ${shown(tag)} in sentence ${s}, token ${at}`);
      const [, begin, type] = parts;
      if (begin === "I" && open?.type === type) open.last = at;
      else if (begin) found.push((open = { sentence: s, type: type!, first: at, last: at }));
      else open = undefined;
    });
    return found;
  });
}

export interface EntityReport {
  /** From all entities together. */
  readonly micro: Scores;
  /** Plain mean over the types. */
  readonly macro: Scores;
  /** By type; support: entities in truth. */
  readonly perType: Readonly<Record<string, Scores>>;
  /** `precision of LOC: none was predicted` and the like: places set to `zeroDivision`. */
  readonly undefinedMetrics: readonly string[];
}

/**
 * Precision, recall and F1 of whole entities: right only if type, first and last token are. Accuracy of tags flatters, as most tokens are O.
 *
 * Source: Tjong Kim Sang and Buchholz (2000); the reading of conlleval and of seqeval's default mode.
 *
 * @throws as `entities`; `expected 3 predicted tags in sentence 0 like truth, got 2`
 * @example
 * const report = nn.entityF1({ truth: [["B-PER", "I-PER", "O", "B-LOC"]], predicted: [["B-PER", "I-PER", "O", "O"]] });
 * report.micro // { precision: 1, recall: 0.5, f1: 0.667, support: 2 }
 * report.perType.LOC.recall // 0
 */
export function entityF1(data: { truth: Tags; predicted: Tags }, options: { zeroDivision?: 0 | 1 | "NaN" } = {}): EntityReport {
  known(data, ["truth", "predicted"]);
  known(options, ["zeroDivision"]);
  const instead = Number(oneOf({ zeroDivision: String(options.zeroDivision ?? 0) }, ["0", "1", "NaN"]));
  const { truth, predicted } = data;
  const [real, said] = [read(truth, "truth"), read(predicted, "predicted")];
  sameLength({ truth, predicted });
  truth.forEach((sentence, s) => {
    if (predicted[s].length !== sentence.length) throw new RangeError(`expected ${sentence.length} predicted tags in sentence ${s} like truth, got ${predicted[s].length}`);
  });
  const undefinedMetrics: string[] = [];
  const key = ({ sentence, type, first, last }: Entity) => `${sentence} ${first} ${last} ${type}`;
  const expected = new Set(real.map(key));
  const scores = (name: string, real: readonly Entity[], said: readonly Entity[]): Scores => {
    const right = said.filter((one) => expected.has(key(one))).length;
    const divide = (a: number, b: number, what: string) => {
      if (b > 0) return a / b;
      undefinedMetrics.push(`${what}`);
      return instead;
    };
    return {
      precision: divide(right, said.length, `precision of ${name}: none was predicted`), recall: divide(right, real.length, `recall of ${name}: there is none`),
      f1: divide(2 * right, said.length + real.length, `f1 of ${name}: there is none and none was predicted`), support: real.length,
    };
  };
  const types = [...new Set([...real, ...said].map(({ type }) => type))].sort();
  const perType = Object.fromEntries(types.map((type) => [type, scores(type, real.filter((one) => one.type === type), said.filter((one) => one.type === type))]));
  const mean = (of: "precision" | "recall" | "f1") => (types.length > 0 ? types.reduce((sum, type) => sum + perType[type][of], 0) / types.length : instead);
  const result: EntityReport = frozen({ micro: scores("all types", real, said), macro: { precision: mean("precision"), recall: mean("recall"), f1: mean("f1"), support: real.length }, perType, undefinedMetrics });
  return shownBy({ ...result }, () => tableUnder(`${real.length} entities, ${said.length} predicted, F1 ${number(result.micro.f1)}${undefinedMetrics.length ? `. Set to ${instead}: ${undefinedMetrics.join("; ")}` : ""}`,
    [...types.map((type) => ({ type, ...perType[type] })), { type: "all (micro)", ...result.micro }, { type: "mean of types (macro)", ...result.macro }]));
}
