import { displaySymbol } from "../../../display/contract.js";
import { known, oneOf } from "../../arguments.js";
import { notebookLanguage, type Language } from "../../../display/language.js";
import { isProtected } from "../profile/protected.js";
import { profile } from "../profile/profile.js";
import { hash } from "../provenance/hash.js";
import { licence } from "../licence/licence.js";
import { chosen, frameOf, type Rows } from "../table/rows.js";
import type { CardText } from "./contract.js";
import { cardWords, line, listed } from "./words.js";
import { writeFile } from "../read/node/write.js";

/** A data card of a table of your own: what you say of it, and what was measured. Plain data; shows itself. */
export interface TableCard extends CardText {
  readonly rows: number;
  readonly columns: number;
  /** `data.hash` of the rows. */
  readonly sha256: string;
  readonly protected: readonly string[];
  readonly knownFaults: readonly string[];
  /** Missing values by column, where there are any. */
  readonly missing: Readonly<Record<string, number>>;
  /** What `data.profile` found worth a look. */
  readonly warnings: readonly string[];
  /** What the card leaves unsaid: of `purpose`, `misuse`, `people`, `citation`, `contact`. */
  readonly unsaid: readonly string[];
}

const names = ["name", "title", "license", "source", "citation", "purpose", "misuse", "protected", "knownFaults", "people", "contact"] as const;

/**
 * A data card for a table of your own: your words about it, and rows, columns, missing values, warnings and a hash as measured. What you leave out is listed as unsaid.
 *
 * @throws `expected name, title, license and source in a data card, got no source`; `unknown column: sex (columns: ...)` in `protected`; `unknown licence: MIT-ish (...)`.
 * @see Gebru et al. 2021, Datasheets for datasets; Pushkarna et al. 2022, Data cards
 * @example
 * const card = data.makeCard([{ age: 3, height: 95 }, { age: 4, height: null }], { name: "heights", title: "Heights of children", license: "CC0-1.0", source: "Measured in class" });
 * card.protected // ["age"]
 * card.missing // { height: 1 }
 */
export function makeCard(rows: Rows<object>, text: CardText): TableCard {
  known(text, names);
  const lacking = (["name", "title", "license", "source"] as const).filter((name) => !text[name]);
  if (lacking.length) throw new TypeError(`expected name, title, license and source in a data card, got no ${lacking.join(" and no ")}`);
  licence(text.license);
  const frame = frameOf(rows);
  const { columns, warnings } = profile(rows);
  const card: TableCard = {
    ...text,
    rows: frame.length,
    columns: frame.names.length,
    sha256: hash(rows),
    protected: Object.freeze([...chosen(frame, text.protected, (_, name) => isProtected(name))]),
    knownFaults: Object.freeze([...(text.knownFaults ?? [])]),
    missing: Object.freeze(Object.fromEntries(columns.filter(({ missing }) => missing > 0).map(({ name, missing }) => [name, missing]))),
    warnings: Object.freeze(warnings.filter(({ kind }) => kind !== "protected").map(({ message }) => message)),
    unsaid: Object.freeze((["purpose", "misuse", "people", "citation", "contact"] as const).filter((name) => !text[name])),
  };
  Object.defineProperty(card, displaySymbol, { value: () => ({ "text/markdown": cardMarkdown(card), "text/plain": cardMarkdown(card) }), enumerable: false });
  return Object.freeze(card);
}

/**
 * A card as Markdown, for a README beside the file.
 *
 * @param options language of the headings, "en" or "zh"; default the notebook's
 * @example
 * data.cardMarkdown(data.makeCard([{ x: 1 }], { name: "one", title: "One row", license: "CC0-1.0", source: "Made up" })).split("\n")[0] // "**One row** (`one`): 1 row, 1 column"
 */
export function cardMarkdown(card: TableCard, options: { language?: Language } = {}): string {
  known(options, ["language"]);
  const words = cardWords[oneOf({ language: options.language ?? notebookLanguage() }, ["en", "zh"])];
  const say = (title: string, value: string | undefined) => line(words, title, value);
  return [
    `**${card.title}** (\`${card.name}\`)${words.colon} ${words.rows(card.rows)}${words.comma}${words.columns(card.columns)}`,
    "",
    ...say(words.source, card.source),
    ...say(words.licence, card.license),
    ...say(words.cite, card.citation),
    ...say(words.purpose, card.purpose),
    ...say(words.misuse, card.misuse),
    ...say(words.people, card.people),
    ...say(words.protected, listed(words, card.protected) || words.noneNamed),
    ...say(words.missing, Object.entries(card.missing).map(([column, n]) => `\`${column}\` ${n}`).join(words.comma)),
    ...card.knownFaults.flatMap((fault) => say(words.knownFault, fault)),
    ...card.warnings.flatMap((warning) => say(words.warning, warning)),
    ...say(words.contact, card.contact),
    ...say(words.hash, `\`${card.sha256}\``),
    ...say(words.unsaid, card.unsaid.map((part) => words.parts[part as keyof typeof words.parts]).join(words.comma)),
  ].join("\n");
}

/**
 * Writes a card as a file: JSON where the path ends in .json, else Markdown. In Node only; in a page take `data.cardMarkdown`.
 *
 * @throws `cannot write card.md: there is no file system here`.
 * @example
 * const card = data.makeCard([{ x: 1 }], { name: "one", title: "One row", license: "CC0-1.0", source: "Made up" });
 * typeof data.writeCard // "function"
 */
export async function writeCard(card: TableCard, path: string): Promise<void> {
  await writeFile(path, path.endsWith(".json") ? `${JSON.stringify(card, undefined, 2)}\n` : `${cardMarkdown(card)}\n`);
}
