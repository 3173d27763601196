/** A stretch of text on its way through the pipeline, that knows where in the original each of its UTF-16 units comes from. */
export interface Piece {
  readonly text: string;
  /** Place of its first unit in `map`, or in the original where there is none. */
  readonly at: number;
  readonly map?: Origins | undefined;
  /** An added token that was found: nothing more happens to it. */
  readonly id?: number;
}

/** For each unit the part of the original that it stands for. */
export interface Origins {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

export const startOf = ({ at, map }: Piece, unit: number): number => (map ? map.starts[at + unit]! : at + unit);
export const endOf = ({ at, map }: Piece, unit: number): number => (map ? map.ends[at + unit - 1]! : at + unit);

export const part = ({ text, at, map }: Piece, from: number, to: number): Piece => ({ text: text.slice(from, to), at: at + from, map });

/** Writes a changed text: each stretch with the unit range of the piece that it stands for. */
export class Rewriting {
  #text: string[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];

  constructor(readonly piece: Piece) {}

  add(text: string, from: number, to: number): void {
    this.#text.push(text);
    const [start, end] = [startOf(this.piece, from), endOf(this.piece, to)];
    for (let unit = 0; unit < text.length; unit++) {
      this.#starts.push(start);
      this.#ends.push(end);
    }
  }

  /** A stretch taken over as it is. */
  keep(from: number, to: number): void {
    this.#text.push(this.piece.text.slice(from, to));
    for (let unit = from; unit < to; unit++) {
      this.#starts.push(startOf(this.piece, unit));
      this.#ends.push(endOf(this.piece, unit + 1));
    }
  }

  done(): Piece {
    return { text: this.#text.join(""), at: 0, map: { starts: Int32Array.from(this.#starts), ends: Int32Array.from(this.#ends) } };
  }
}

/** Each character through `change`, which gives what stands in its place; undefined: itself. The piece itself where nothing changes. */
export function eachCharacter(piece: Piece, change: (character: string, code: number) => string | undefined): Piece {
  const { text } = piece;
  let out: Rewriting | undefined;
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at)!;
    const next = at + (code > 0xffff ? 2 : 1);
    const character = text.slice(at, next);
    const instead = change(character, code);
    if (instead !== undefined && instead !== character && !out) {
      out = new Rewriting(piece);
      out.keep(0, at);
    }
    if (out) {
      if (instead === undefined || instead === character) out.keep(at, next);
      else if (instead !== "") out.add(instead, at, next);
    }
    at = next;
  }
  return out ? out.done() : piece;
}

/** Every match replaced by a text, which counts as a part of the last character of the match. */
export function replaceAll(piece: Piece, pattern: RegExp, what: string): Piece {
  let out: Rewriting | undefined;
  let from = 0;
  for (const found of piece.text.matchAll(pattern)) {
    out ??= new Rewriting(piece);
    out.keep(from, found.index);
    from = found.index + found[0].length;
    if (what !== "" && found[0] !== "") out.add(what, Math.max(found.index, from - (piece.text.charCodeAt(from - 1) >> 10 === 0x37 ? 2 : 1)), from);
  }
  if (!out) return piece;
  out.keep(from, piece.text.length);
  return out.done();
}

/** Text before the first character; it counts as a part of that one. */
export function prepend(piece: Piece, text: string): Piece {
  if (piece.text === "") return piece;
  const first = piece.text.codePointAt(0)! > 0xffff ? 2 : 1;
  const out = new Rewriting(piece);
  out.add(text, 0, first);
  out.keep(0, piece.text.length);
  return out.done();
}
