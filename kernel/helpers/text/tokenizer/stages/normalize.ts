import type { Stage } from "../contract.js";
import { chinese, space, whitespace } from "./characters.js";
import { eachCharacter, part, prepend, replaceAll, Rewriting, type Piece } from "./piece.js";
import { patternOf } from "./pattern.js";

export type Normalizer = (piece: Piece) => Piece;

const control = /^[\p{Cc}\p{Cf}\p{Cn}\p{Co}]$/u;
const nonspacing = /^\p{Mn}$/u;
const simple = /^[\t\n\r -~]*$/;

const lowercase: Normalizer = (piece) => eachCharacter(piece, (character) => character.toLowerCase());

/** Composing and decomposing, stretch by stretch from one character that composes with nothing before it to the next. */
function unicode(form: "NFC" | "NFD" | "NFKC" | "NFKD"): Normalizer {
  return (piece) => {
    if (piece.text.normalize(form) === piece.text) return piece;
    const out = new Rewriting(piece);
    for (const { 0: stretch, index } of piece.text.matchAll(/\P{M}?[\p{M}\uff9e\uff9f]+|[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff\uac00-\ud7a3]+|[^]/gu)) {
      const changed = stretch.normalize(form);
      if (changed === stretch) out.keep(index, index + stretch.length);
      else aligned(out, stretch, changed, index, form);
    }
    return out.done();
  };
}

/**
 * Which character of the stretch each new one stands for: for the next one that nobody stands for yet, or, where one character became
 * several, for the same again. What was composed away is passed over. Where marks change their order this follows Hugging Face, which
 * counts them as they come.
 */
function aligned(out: Rewriting, stretch: string, changed: string, at: number, form: string): void {
  const letters = Array.from(stretch);
  const parts = letters.flatMap((letter) => Array.from(letter.normalize(form.includes("K") ? "NFKD" : "NFD"), (text, index) => ({ text, adds: index > 0 ? 1 : 0 })));
  let next = 0;
  let place = at;
  let origin: [number, number] = [at, at + letters[0]!.length];
  for (const character of changed) {
    let change = 1;
    for (const text of character.normalize("NFD")) {
      const found = parts.findIndex((one) => one.text === text);
      change += (parts.splice(Math.max(0, found), 1)[0]?.adds ?? 0) - 1;
    }
    if (change > 0 || next >= letters.length) {
      out.add(character, ...origin);
      continue;
    }
    out.add(character, place, place + letters[next]!.length);
    for (const end = Math.min(next + 1 - change, letters.length); next < end; next++) {
      origin = [place, place + letters[next]!.length];
      place = origin[1];
    }
  }
}

function bert(stage: Stage): Normalizer {
  const { clean_text: clean, handle_chinese_chars: split, lowercase: lower, strip_accents: strip } = stage as { clean_text?: boolean; handle_chinese_chars?: boolean; lowercase?: boolean; strip_accents?: boolean | null };
  const accents = strip ?? lower;
  return (piece) => {
    if (simple.test(piece.text)) {
      const spaced = clean ? eachCharacter(piece, (character) => (character < " " ? " " : undefined)) : piece;
      return lower && /[A-Z]/.test(spaced.text) ? { ...spaced, text: spaced.text.toLowerCase() } : spaced;
    }
    let out = piece;
    if (clean) out = eachCharacter(out, (character, code) => (character === "\t" || character === "\n" || character === "\r" ? " " : code === 0 || code === 0xfffd || control.test(character) ? "" : whitespace(character) ? " " : undefined));
    if (split) out = eachCharacter(out, (character, code) => (chinese(code) ? ` ${character} ` : undefined));
    if (accents) out = eachCharacter(unicode("NFD")(out), (character) => (nonspacing.test(character) ? "" : undefined));
    if (lower) out = lowercase(out);
    return out;
  };
}

const kinds: Record<string, (stage: Stage) => Normalizer> = {
  BertNormalizer: bert,
  NFC: () => unicode("NFC"),
  NFD: () => unicode("NFD"),
  NFKC: () => unicode("NFKC"),
  NFKD: () => unicode("NFKD"),
  Lowercase: () => lowercase,
  StripAccents: () => (piece) => eachCharacter(piece, (character) => (/^\p{M}$/u.test(character) ? "" : undefined)),
  Strip: ({ strip_left: left, strip_right: right }) => (piece) => {
    const begin = left ? new RegExp(`^[${space}]*`).exec(piece.text)![0].length : 0;
    const end = right ? piece.text.length - new RegExp(`[${space}]*$`).exec(piece.text)![0].length : piece.text.length;
    return part(piece, begin, Math.max(begin, end));
  },
  Replace: ({ pattern, content }) => (piece) => replaceAll(piece, patternOf(pattern), String(content)),
  Prepend: ({ prepend: text }) => (piece) => prepend(piece, String(text)),
  Sequence: ({ normalizers }) => {
    const all = (normalizers as Stage[]).map(normalizer);
    return (piece) => all.reduce((now, one) => one(now), piece);
  },
};

/** @throws `unknown normalizer: X (known: ...)` */
export function normalizer(stage: Stage | null): Normalizer {
  if (stage === null || stage === undefined) return (piece) => piece;
  const make = kinds[stage.type];
  if (!make) throw new TypeError(`unknown normalizer: ${stage.type} (known: ${Object.keys(kinds).join(", ")})`);
  return make(stage);
}
