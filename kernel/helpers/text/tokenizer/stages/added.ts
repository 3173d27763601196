import type { AddedToken } from "../contract.js";
import { whitespace } from "./characters.js";
import { part, type Piece } from "./piece.js";
import type { Normalizer } from "./normalize.js";

const wordLetter = /^[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]$/u;

/** Cuts a text at its added tokens: those that are looked for before normalizing, then those looked for after it. */
export function addedTokens(tokens: readonly AddedToken[], normalize: Normalizer): (text: string) => Piece[] {
  const before = finder(tokens.filter(({ normalized, content }) => !normalized && content !== "").map((token) => [token.content, token]));
  const after = finder(tokens.filter(({ normalized, content }) => normalized && content !== "").map((token) => [normalize({ text: token.content, at: 0 }).text, token]));
  return (text) => {
    const out: Piece[] = [];
    for (const piece of before({ text, at: 0 })) {
      if (piece.id !== undefined) out.push(piece);
      else out.push(...after(normalize(piece)));
    }
    return out;
  };
}

/** The longest token at each place, the leftmost first. */
function finder(tokens: readonly (readonly [string, AddedToken])[]): (piece: Piece) => Piece[] {
  if (tokens.length === 0) return (piece) => [piece];
  const byText = new Map(tokens);
  const pattern = new RegExp([...byText.keys()].sort((a, b) => b.length - a.length).map((text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("|"), "gu");
  return (piece) => {
    const { text } = piece;
    const out: Piece[] = [];
    let from = 0;
    for (const found of text.matchAll(pattern)) {
      const token = byText.get(found[0])!;
      let [start, stop] = [found.index, found.index + found[0].length];
      if (token.single_word && (wordLetter.test(lastOf(text.slice(0, start))) || wordLetter.test(firstOf(text.slice(stop))))) continue;
      if (token.lstrip) while (start > from && whitespace(text[start - 1]!)) start -= 1;
      if (token.rstrip) while (stop < text.length && whitespace(text[stop]!)) stop += 1;
      if (start > from) out.push(part(piece, from, start));
      out.push({ ...part(piece, start, stop), id: token.id });
      from = stop;
    }
    if (from < text.length || text === "") out.push(part(piece, from, text.length));
    return out;
  };
}

const firstOf = (text: string): string => (text === "" ? "" : String.fromCodePoint(text.codePointAt(0)!));
const lastOf = (text: string): string => Array.from(text.slice(-2)).at(-1) ?? "";
