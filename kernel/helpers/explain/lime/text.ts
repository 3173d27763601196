import { known, shown, whole } from "../../arguments.js";
import { random } from "../../data/random.js";
import { pick } from "../model/predictor.js";
import type { Answers, OutputOption } from "../model/contract.js";
import { frozen } from "../table.js";
import type { LimeFitOptions } from "./fit.js";
import { fitMasks, leaveOutSome, masks } from "./mask.js";
import type { LocalExplanation } from "./table.js";

/** Texts in, a number or a list of numbers a text out. */
export type TextModel = (texts: string[]) => Answers | Promise<Answers>;

export interface TextExplanation extends LocalExplanation {
  /** The text in pieces, in order; joined they are the text again. Pieces that are no words have weight 0. */
  readonly pieces: readonly { readonly text: string; readonly weight: number }[];
}

export interface LimeTextOptions extends OutputOption, Partial<Pick<LimeFitOptions, "kernelWidth" | "features" | "selection">> {
  /** Default 1000. */
  samples?: number;
  seed?: number;
  /** The words of a text, in order. Default: by `Intl.Segmenter`, which also finds words in Chinese. */
  split?: (text: string) => string[];
}

/**
 * LIME for a text: words are left out, all places of a word at once, and a line over "the word is there" is fitted by closeness (cosine x 100, width 25).
 *
 * @throws `expected text with at least one word`
 * @see Ribeiro et al. (2016); as lime.lime_text with bag of words
 * @example
 * const model = (texts: string[]) => texts.map((text) => (text.includes("good") ? 1 : 0));
 * const { terms } = await explain.limeText(model, "a good film", { samples: 200 });
 * terms[0].name // "good"
 */
export async function limeText(model: TextModel, text: string, options: LimeTextOptions = {}): Promise<TextExplanation> {
  known(options, ["samples", "seed", "split", "output", "kernelWidth", "features", "selection"]);
  if (typeof text !== "string") throw new TypeError(`expected text to be a string, got ${shown(text)}`);
  const pieces = piecesOf(text, options.split);
  const words = [...new Set(pieces.filter(({ word }) => word).map((piece) => piece.text))];
  if (words.length === 0) throw new RangeError(`expected text with at least one word, got ${shown(text)}`);
  const at = new Map(words.map((word, index) => [word, index]));
  const samples = whole({ samples: options.samples ?? 1000 }, 2);
  const kept = masks(words.length, samples, leaveOutSome(random(options.seed ?? 0)));
  const texts = kept.map((mask) => pieces.map((piece) => (piece.word && mask[at.get(piece.text)!] === 0 ? "" : piece.text)).join(""));
  const labels = readAnswers(await model(texts), samples, options.output);
  const line = fitMasks(kept, labels, { kernelWidth: options.kernelWidth ?? 25, features: options.features ?? 10, selection: options.selection ?? "auto" });
  const terms = line.coefficients.map(({ feature, weight }) => ({ feature, name: words[feature], weight }));
  const weights = new Map(terms.map(({ name, weight }) => [name, weight]));
  return frozen({
    terms, intercept: line.intercept, prediction: labels[0], localPrediction: line.localPrediction, score: line.score,
    pieces: pieces.map((piece) => ({ text: piece.text, weight: piece.word ? (weights.get(piece.text) ?? 0) : 0 })),
  });
}

export function readAnswers(given: Answers, count: number, output: number | undefined): number[] {
  if (given?.length !== count) throw new RangeError(`expected model to give ${count} predictions, got ${shown(given)}`);
  const column = pick(output, typeof given[0] === "number" ? 1 : given[0].length);
  return Array.from(given as ArrayLike<number | ArrayLike<number>>, (one, at) => {
    const value = typeof one === "number" ? one : one[column];
    if (!Number.isFinite(value)) throw new RangeError(`expected finite predictions from model, got ${shown(value)} at ${at}`);
    return value;
  });
}

function piecesOf(text: string, split?: (text: string) => string[]): { text: string; word: boolean }[] {
  if (!split) return Array.from(new Intl.Segmenter(undefined, { granularity: "word" }).segment(text), ({ segment, isWordLike }) => ({ text: segment, word: isWordLike === true }));
  const pieces: { text: string; word: boolean }[] = [];
  let from = 0;
  for (const word of split(text)) {
    const at = word === "" ? -1 : text.indexOf(word, from);
    if (at < 0) throw new RangeError(`expected split to give words of the text in order, got ${shown(word)}`);
    if (at > from) pieces.push({ text: text.slice(from, at), word: false });
    pieces.push({ text: word, word: true });
    from = at + word.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), word: false });
  return pieces;
}
