/** A word or sign of a text, [start, end) in UTF-16 units. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Words and signs of a text without the white space, Chinese too (Unicode's word boundaries, `Intl.Segmenter`).
 *
 * @param options `locale` default "en"; "zh" parts Chinese words by a dictionary where the host has one.
 * @example
 * label.tokenize("Lin sings.").map((token) => token.text) // ["Lin", "sings", "."]
 */
export function tokenize(text: string, options: { locale?: string } = {}): readonly Token[] {
  const parts = new Intl.Segmenter(options.locale ?? "en", { granularity: "word" }).segment(text);
  return Object.freeze([...parts].filter(({ segment }) => segment.trim() !== "").map(({ segment, index }) => ({ text: segment, start: index, end: index + segment.length })));
}
