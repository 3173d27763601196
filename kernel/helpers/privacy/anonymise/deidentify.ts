import { known, oneOf, shown } from "../../arguments.js";
import { patterns, type IdentifierKind } from "./patterns.js";

const kinds = ["name", "date", "phone", "email", "address", "id", "url"] as const;

export interface DeidentifyOptions {
  /** What to look for. Default: all kinds. */
  kinds?: readonly IdentifierKind[];
  /** Names that are known to occur, found wherever they stand: the surest way. */
  names?: readonly string[];
  /** What stands in place: by default `[NAME]`, `[DATE]`, ... */
  replace?: (span: IdentifierSpan) => string;
}

export interface IdentifierSpan {
  readonly kind: IdentifierKind;
  /** Where in the input, in UTF-16 units as `slice` counts. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Deidentified {
  readonly text: string;
  /** In order, not overlapping. */
  readonly spans: readonly IdentifierSpan[];
  /** What this cannot find: read it before you rely on it. */
  readonly limit: string;
}

const limit = "Found by patterns: names without a title, a label or an entry in `names`, misspelt or spoken forms, and people told by what they did are missed. Have a person read the text before it leaves the house.";

/**
 * Takes names, dates, phone numbers, e-mail and street addresses, web addresses and identity numbers out of English and Chinese text.
 *
 * By patterns (and checksums for Chinese identity and card numbers), so the recall has a limit: names are found after a title (Dr, 先生 after the name) or a label (Name:, 姓名), or where listed in `names`; any other name is missed.
 * How many it finds depends on the text and has not been measured on clinical notes: measure it on a sample of yours. The result is not anonymous.
 *
 * @param text any
 * @returns `{ text, spans, limit }`
 * @throws `unknown kind: place (known: name, date, ...)`
 * @example
 * privacy.deidentify("Dr. Smith saw me on 2024-05-01.").text // "Dr. [NAME] saw me on [DATE]."
 * privacy.deidentify("王小明先生的电话是13812345678。").text // "[NAME]先生的电话是[PHONE]。"
 */
export function deidentify(text: string, options: DeidentifyOptions = {}): Deidentified {
  known(options, ["kinds", "names", "replace"]);
  if (typeof text !== "string") throw new TypeError(`expected text, got ${shown(text)}`);
  const wanted = new Set((options.kinds ?? kinds).map((kind) => oneOf({ kind }, kinds)));
  const { names = [], replace = ({ kind }) => `[${kind.toUpperCase()}]` } = options;
  const found: IdentifierSpan[] = [];
  const add = (kind: IdentifierKind, start: number, match: string): void => void found.push(Object.freeze({ kind, start, end: start + match.length, text: match }));
  for (const { kind, regex, holds } of patterns) if (wanted.has(kind)) for (const match of text.matchAll(regex)) if (holds?.(match[0]) ?? true) add(kind, match.index, match[0]);
  if (wanted.has("name")) for (const name of names) for (const match of text.matchAll(listed(name))) add("name", match.index, match[0]);
  // The longest first where spans overlap: an address with a name in it is one address.
  const taken: IdentifierSpan[] = [];
  for (const span of [...found].sort((a, b) => b.end - b.start - (a.end - a.start))) if (taken.every(({ start, end }) => span.end <= start || span.start >= end)) taken.push(span);
  const spans = taken.sort((a, b) => a.start - b.start);
  let result = "";
  let at = 0;
  for (const span of spans) {
    result += text.slice(at, span.start) + replace(span);
    at = span.end;
  }
  return Object.freeze({ text: result + text.slice(at), spans: Object.freeze(spans), limit });
}

/** A name as a word of its own, in any case; Chinese has no spaces, so there it may stand anywhere. */
function listed(name: string): RegExp {
  if (typeof name !== "string" || name.trim() === "") throw new TypeError(`expected names that are not empty, got ${shown(name)}`);
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return /\p{Script=Han}/u.test(name) ? new RegExp(escaped, "gu") : new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, "giu");
}
