import * as tf from "@tensorflow/tfjs";
import { known, shown, whole } from "../../arguments.js";
import type { Encoding } from "../tokenizer/contract.js";

/** Ids that a model can take; checks each. */
export function checkedIds(ids: ArrayLike<number>, vocabSize: number): Int32Array {
  const out = Int32Array.from(ids);
  for (let at = 0; at < ids.length; at++) if (!Number.isInteger(ids[at]) || ids[at]! < 0 || ids[at]! >= vocabSize) throw new RangeError(`expected ids from 0 to ${vocabSize - 1}, got ${shown(ids[at])} at index ${at}`);
  return out;
}

/**
 * A long text cut into rows for a language model: x, and y the same one token further on, so that y[i] is what follows x[i].
 *
 * @param ids of the whole text
 * @param options `length` of a row; `stride` from the start of one row to the next, default `length`: every token is a target once. What is left over at the end is no row.
 * @returns x and y [rows, length], int32; the caller's to dispose
 * @throws `expected at least 9 ids for one row of length 8, got 3`
 * @example text.windows([1, 2, 3, 4, 5], { length: 2 }).y // [2, 3, 4, 5]
 */
export function windows(ids: ArrayLike<number>, options: { length: number; stride?: number }): { x: tf.Tensor2D; y: tf.Tensor2D } {
  known(options, ["length", "stride"]);
  const length = whole({ length: options.length }, 1);
  const stride = whole({ stride: options.stride ?? length }, 1);
  const rows = Math.floor((ids.length - 1 - length) / stride) + 1;
  if (!(rows >= 1)) throw new RangeError(`expected at least ${length + 1} ids for one row of length ${length}, got ${ids.length}`);
  const all = Int32Array.from(ids);
  const cut = (shift: number): tf.Tensor2D => {
    const values = new Int32Array(rows * length);
    for (let row = 0; row < rows; row++) values.set(all.subarray(row * stride + shift, row * stride + shift + length), row * length);
    return tf.tensor2d(values, [rows, length], "int32");
  };
  return { x: cut(0), y: cut(1) };
}

/**
 * Encodings of one length as tensors.
 *
 * @returns ids, mask and segments [n, length], int32; the caller's to dispose
 * @throws `expected encodings of one length, got 3 and 5: give padding to encodeBatch`
 * @example text.tensors(text.wordPiece(["[UNK]", "[CLS]", "[SEP]", "a"]).encodeBatch(["a a", "a b"])).ids.shape // [2, 4]
 */
export function tensors(encodings: readonly Encoding[]): { ids: tf.Tensor2D; mask: tf.Tensor2D; segments: tf.Tensor2D } {
  const length = encodings[0]?.ids.length;
  if (length === undefined) throw new RangeError("expected at least one encoding, got none");
  for (const { ids } of encodings) if (ids.length !== length) throw new RangeError(`expected encodings of one length, got ${length} and ${ids.length}: give padding to encodeBatch`);
  const of = (name: "ids" | "attentionMask" | "typeIds"): tf.Tensor2D => tf.tensor2d(Int32Array.from(encodings.flatMap((one) => [...one[name]])), [encodings.length, length], "int32");
  return { ids: of("ids"), mask: of("attentionMask"), segments: of("typeIds") };
}

/**
 * Labels of words as labels of tokens: the first token of each word has the word's label, its other tokens and special ones -100, which
 * `text.crossEntropy` leaves out.
 *
 * @param labels one a word, in the sense of `encoding.words`
 * @throws `expected labels for 3 words, got 2`
 * @example text.alignLabels(text.wordPiece(["[UNK]", "[CLS]", "[SEP]", "fe", "##ver", "high"]).encode("high fever"), [0, 5]) // [-100, 0, 5, -100, -100]
 */
export function alignLabels(encoding: Encoding, labels: readonly number[]): number[] {
  const words = encoding.words.reduce<number>((most, word) => Math.max(most, (word ?? -1) + 1), 0);
  if (encoding.truncated === 0 ? labels.length !== words : labels.length < words) throw new RangeError(`expected labels for ${words} words, got ${labels.length}`);
  return encoding.words.map((word, at) => (word === null || encoding.words[at - 1] === word ? -100 : labels[word]!));
}
