import { MergeQueue, type Candidate } from "./queue.js";

export interface MergeOptions {
  vocabSize: number;
  minFrequency: number;
  specialTokens: readonly string[];
  /** Characters that are tokens whether they come in the corpus or not. */
  alphabet: Iterable<string>;
  limitAlphabet?: number | undefined;
  /** Put before every character of a word but the first. */
  prefix?: string | undefined;
  maxTokenLength?: number | undefined;
}

export interface LearnedMerges {
  /** Token by id. */
  tokens: string[];
  merges: [string, string][];
}

/**
 * Learns merges: the most frequent pair of neighbours becomes a token, again and again. Counts are kept up to date where a merge changes
 * them; what waits in the heap with an old count is put back with its new one.
 *
 * Order as in Hugging Face's trainer: special tokens, characters by code, merges; of equally frequent pairs the one with the smaller ids.
 *
 * @see Sennrich et al. (2016), "Neural machine translation of rare words with subword units"
 */
export function learnMerges(words: ReadonlyMap<string, number>, options: MergeOptions): LearnedMerges {
  const tokens: string[] = [];
  const ids = new Map<string, number>();
  const idOf = (token: string): number => {
    let id = ids.get(token);
    if (id === undefined) {
      id = tokens.push(token) - 1;
      ids.set(token, id);
    }
    return id;
  };
  for (const token of options.specialTokens) idOf(token);
  for (const character of alphabetOf(words, options)) idOf(character);

  const corpus = cutIntoCharacters(words, ids, idOf, options.prefix ?? "");
  const longest = options.maxTokenLength ?? Number.POSITIVE_INFINITY;
  // A pair as one number.
  const width = Math.max(options.vocabSize, tokens.length) + 1;
  const counts = new Map<number, number>();
  let places = new Map<number, number[]>();
  const seen = (pair: number, word: number): void => {
    const list = places.get(pair);
    if (list === undefined) places.set(pair, [word]);
    else if (list.at(-1) !== word) list.push(word);
  };
  const queue = new MergeQueue();
  const enqueue = (): void => {
    for (const [pair, words] of places) {
      const count = counts.get(pair)!;
      if (count > 0) queue.push({ pair, count, words });
    }
    places = new Map();
  };

  const { symbols, begins, lengths, times, size } = corpus;
  for (let word = 0; word < size; word++) {
    const begin = begins[word]!;
    for (let at = begin; at + 1 < begin + lengths[word]!; at++) {
      const pair = symbols[at]! * width + symbols[at + 1]!;
      counts.set(pair, (counts.get(pair) ?? 0) + times[word]!);
      seen(pair, word);
    }
  }
  enqueue();

  const merges: [string, string][] = [];
  while (tokens.length < options.vocabSize) {
    const top: Candidate | undefined = queue.pop();
    if (!top) break;
    const now = counts.get(top.pair)!;
    if (top.count !== now) {
      if (now > 0) queue.push({ ...top, count: now });
      continue;
    }
    if (top.count < Math.max(1, options.minFrequency)) break;
    const [left, right] = [Math.floor(top.pair / width), top.pair % width];
    const rest = options.prefix && tokens[right]!.startsWith(options.prefix) ? tokens[right]!.slice(options.prefix.length) : tokens[right]!;
    const made = idOf(tokens[left]! + rest);
    merges.push([tokens[left]!, tokens[right]!]);
    const change = (a: number, b: number, by: number): void => {
      const pair = a * width + b;
      counts.set(pair, (counts.get(pair) ?? 0) + by);
    };
    for (const word of top.words) {
      const begin = begins[word]!;
      const by = times[word]!;
      let length = lengths[word]!;
      for (let at = 0; at + 1 < length; at++) {
        const place = begin + at;
        if (symbols[place] !== left || symbols[place + 1] !== right) continue;
        const joined = corpus.spans[place]! + corpus.spans[place + 1]!;
        if (at > 0) {
          const before = symbols[place - 1]!;
          change(before, left, -by);
          if (corpus.spans[place - 1]! + joined < longest) {
            change(before, made, by);
            seen(before * width + made, word);
          }
        }
        symbols[place] = made;
        corpus.spans[place] = joined;
        symbols.copyWithin(place + 1, place + 2, begin + length);
        corpus.spans.copyWithin(place + 1, place + 2, begin + length);
        length -= 1;
        if (at + 1 < length) {
          const after = symbols[place + 1]!;
          change(right, after, -by);
          if (corpus.spans[place + 1]! + joined < longest) {
            change(made, after, by);
            seen(made * width + after, word);
          }
        }
      }
      lengths[word] = length;
    }
    enqueue();
  }
  return { tokens, merges };
}

/** Characters by code; where there may be only so many, the rarest are left out. */
function alphabetOf(words: ReadonlyMap<string, number>, { alphabet, limitAlphabet }: MergeOptions): string[] {
  const counts = new Map<string, number>();
  for (const [word, times] of words) for (const character of word) counts.set(character, (counts.get(character) ?? 0) + times);
  for (const character of alphabet) counts.set(character, Number.POSITIVE_INFINITY);
  let kept = [...counts];
  if (limitAlphabet !== undefined && kept.length > limitAlphabet) kept = kept.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, limitAlphabet);
  return kept.map(([character]) => character).sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!);
}

interface CutCorpus {
  /** All words one after another, as ids; a word shrinks in its place. */
  symbols: Int32Array;
  /** How many characters each symbol covers. */
  spans: Int32Array;
  begins: Int32Array;
  lengths: Int32Array;
  times: Float64Array;
  size: number;
}

/** Characters outside the alphabet fall away. */
function cutIntoCharacters(words: ReadonlyMap<string, number>, ids: ReadonlyMap<string, number>, idOf: (token: string) => number, prefix: string): CutCorpus {
  let total = 0;
  for (const word of words.keys()) total += word.length;
  const size = words.size;
  const symbols = new Int32Array(total);
  const spans = new Int32Array(total).fill(1);
  const [begins, lengths, times] = [new Int32Array(size), new Int32Array(size), new Float64Array(size)];
  let place = 0;
  let word = 0;
  for (const [text, count] of words) {
    begins[word] = place;
    times[word] = count;
    let first = true;
    for (const character of text) {
      const id = ids.get(character);
      if (id !== undefined) symbols[place++] = prefix === "" || first ? id : idOf(prefix + character);
      first = false;
    }
    lengths[word] = place - begins[word]!;
    word += 1;
  }
  return { symbols, spans, begins, lengths, times, size };
}
