import { makeTrie, type Trie } from "../models/trie.js";
import { unknownPenalty } from "../models/unigram.js";
import { addMarginals, latticeOf, likeliest } from "./lattice.js";

export interface PieceOptions {
  /** Pieces without the special ones. */
  vocabSize: number;
  /** Longest piece in characters. */
  maxPieceLength: number;
  /** Rounds of expectation and maximisation between two cuts of the vocabulary. */
  rounds: number;
  /** Share of the pieces that stays at each cut. */
  shrinking: number;
  /** Candidates to begin with. */
  seeds: number;
}

type Piece = [text: string, score: number];

/** Pieces with their trie, for one round. Piece 0 stands for what is unknown. */
interface Round {
  pieces: Piece[];
  trie: Trie;
  scores: Float64Array;
  unknown: number;
}

function roundOf(pieces: Piece[]): Round {
  const scores = Float64Array.from(pieces, ([, score]) => score);
  let least = Number.POSITIVE_INFINITY;
  for (let id = 1; id < scores.length; id++) least = Math.min(least, scores[id]!);
  return { pieces, scores, trie: makeTrie(new Map(pieces.map(([text], id) => [id === 0 ? "" : text, id]))), unknown: least - unknownPenalty };
}

/**
 * Learns a unigram vocabulary: begin with the substrings that come often, then in turn estimate how likely each piece is (expectation
 * maximisation over all cuts of all words) and drop the pieces whose loss costs least likelihood, until few enough are left.
 *
 * @returns pieces and log-probabilities, the likeliest first; every character is one of them
 * @see Kudo (2018), "Subword regularization", section 3.2; steps and constants as in Hugging Face's `UnigramTrainer`
 */
export function learnPieces(words: ReadonlyMap<string, number>, { vocabSize, maxPieceLength, rounds, shrinking, seeds }: PieceOptions): Piece[] {
  const list = [...words];
  const characters = new Set(list.flatMap(([word]) => [...word]));
  if (characters.size > vocabSize) throw new RangeError(`expected vocabSize of at least ${characters.size} besides the special tokens, one a character of the corpus, got ${vocabSize}`);
  const desired = Math.floor((vocabSize * 11) / 10);
  let round = roundOf([["", 0], ...seedPieces(list, maxPieceLength, seeds)]);
  for (;;) {
    for (let time = 0; time < rounds; time++) round = improved(round, list);
    if (round.pieces.length <= desired) break;
    round = pruned(round, list, Math.max(desired, Math.floor(round.pieces.length * shrinking)));
  }
  return finished(round, characters, vocabSize);
}

/** Characters, and substrings of words that come twice and go on in two ways; scored by how much text they cover. */
function seedPieces(words: readonly (readonly [string, number])[], longest: number, most: number): Piece[] {
  const characters = new Map<string, number>();
  const found = new Map<string, { count: number; next: string; branches: boolean }>();
  for (const [word, times] of words) {
    const letters = [...word];
    for (const letter of letters) characters.set(letter, (characters.get(letter) ?? 0) + times);
    for (let from = 0; from < letters.length; from++) {
      let text = letters[from]!;
      for (let to = from + 1; to < Math.min(letters.length, from + longest); to++) {
        text += letters[to]!;
        const next = letters[to + 1] ?? "\0";
        const known = found.get(text);
        if (!known) found.set(text, { count: 1, next, branches: false });
        else {
          known.count += 1;
          known.branches ||= known.next !== next;
        }
      }
    }
  }
  const byCode = (a: string, b: string): number => compareCodes(b, a);
  const single = [...characters].sort((a, b) => b[1] - a[1] || byCode(a[0], b[0]));
  const longer = [...found].filter(([, { branches }]) => branches).map(([text, { count }]): Piece => [text, count * [...text].length]).sort((a, b) => b[1] - a[1] || byCode(a[0], b[0]));
  const all = [...single, ...longer.slice(0, Math.max(0, most - single.length))];
  const logSum = Math.log(all.reduce((sum, [, score]) => sum + score, 0));
  return all.map(([text, score]) => [text, Math.log(score) - logSum]);
}

function compareCodes(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const difference = left[at]!.codePointAt(0)! - right[at]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** One round: how often each piece stands in the corpus, and from that its score. What comes less than half a time goes. */
function improved({ pieces, trie, scores, unknown }: Round, words: readonly (readonly [string, number])[]): Round {
  const expected = new Float64Array(pieces.length);
  for (const [word, times] of words) addMarginals(latticeOf(word, trie, scores, unknown), times, expected);
  const kept: Piece[] = [pieces[0]!];
  let sum = 0;
  for (let id = 1; id < pieces.length; id++) {
    if (expected[id]! < 0.5) continue;
    kept.push([pieces[id]![0], expected[id]!]);
    sum += expected[id]!;
  }
  // Digamma instead of log: rare pieces become rarer, a sparse prior.
  const total = digamma(sum);
  return roundOf(kept.map(([text, count], id) => [text, id === 0 ? 0 : digamma(count) - total]));
}

/** Keeps the pieces without which the corpus would lose most likelihood, were each replaced by its own second-best cut. */
function pruned({ pieces, trie, scores, unknown }: Round, words: readonly (readonly [string, number])[], size: number): Round {
  const alternatives = pieces.map(([text], id): { keep: boolean; ids: number[] } => {
    if (id === 0) return { keep: false, ids: [] };
    const lattice = latticeOf(text, trie, scores, unknown);
    // A piece that is not its own best cut is of no use.
    if (likeliest(lattice)!.ids.length >= 2) return { keep: false, ids: [] };
    return { keep: true, ids: likeliest(lattice, lattice.nodes.findIndex(({ from, to }) => from === 0 && to === text.length))?.ids ?? [] };
  });
  const frequency = new Float64Array(pieces.length);
  let corpus = 0;
  for (const [word, times] of words) {
    corpus += times;
    for (const id of likeliest(latticeOf(word, trie, scores, unknown))!.ids) frequency[id]! += times;
  }
  const sum = frequency.reduce((a, b) => a + b, 0);
  const kept: Piece[] = [pieces[0]!];
  const candidates: { id: number; loss: number }[] = [];
  for (let id = 1; id < pieces.length; id++) {
    const { keep, ids } = alternatives[id]!;
    if (frequency[id] === 0 && !keep) continue;
    if (ids.length === 0) kept.push(pieces[id]!);
    else if (frequency[id]! > 0) {
      const now = Math.log(frequency[id]!) - Math.log(sum);
      const logSum = Math.log(sum + frequency[id]! * (ids.length - 1));
      const instead = ids.reduce((total, other) => total + Math.log(frequency[other]! + frequency[id]!) - logSum, 0);
      candidates.push({ id, loss: (frequency[id]! / corpus) * (now - instead) });
    }
  }
  candidates.sort((a, b) => b.loss - a.loss);
  for (const { id } of candidates) {
    if (kept.length >= size) break;
    kept.push(pieces[id]!);
  }
  return roundOf(kept);
}

/** The characters, then as many of the others as there is room for. */
function finished({ pieces, scores }: Round, characters: ReadonlySet<string>, vocabSize: number): Piece[] {
  const known = new Map(pieces.slice(1));
  const least = scores.reduce((a, b, id) => (id === 0 ? a : Math.min(a, b)), Number.POSITIVE_INFINITY);
  let penalty = 0;
  const out: Piece[] = [...characters].sort(compareCodes).map((character) => {
    const score = known.get(character);
    if (score !== undefined) return [character, score];
    penalty += 0.0001;
    return [character, least + penalty - 0.0001];
  });
  for (const piece of pieces.slice(1)) {
    if (out.length >= vocabSize) break;
    if (!characters.has(piece[0])) out.push(piece);
  }
  return out.sort((a, b) => b[1] - a[1]);
}

/** By its asymptotic series, from 7 on. */
function digamma(value: number): number {
  let x = value;
  let result = 0;
  for (; x < 7; x++) result -= 1 / x;
  x -= 0.5;
  const square = 1 / (x * x);
  const fourth = square * square;
  return result + Math.log(x) + (1 / 24) * square - (7 / 960) * fourth + (31 / 8064) * fourth * square - (127 / 30720) * fourth * fourth;
}
