import { say } from "../../../display/language.js";
import { known } from "../../arguments.js";
import { shows } from "../statistics/show.js";
import { chosen, frameOf, type Rows } from "../table/rows.js";
import { fromColumns, type Table } from "../table/table.js";
import { plainForm, spellings } from "./spelling.js";

export interface UnifyOptions {
  columns: readonly string[];
  /** Words for the same thing, which no rule can know: `{ NYC: "New York" }`; compared without regard to case, spaces and width. */
  aliases?: Readonly<Record<string, string>>;
}

export interface SpellingChange {
  readonly column: string;
  readonly from: string;
  readonly to: string;
  readonly count: number;
}

/** Learned from training rows, to be applied to any rows. */
export interface CategoryUnifier {
  readonly changes: readonly SpellingChange[];
  apply<Row extends object>(rows: Rows<Row>): Table<Row>;
}

/**
 * One spelling for each category: words that differ only in case, spaces, `-` and `_`, or full-width forms become the commonest of them; `aliases` join the rest.
 * Words that were not there when it was learned are brought to a known spelling where they have one, else left as they are.
 *
 * @throws `unknown column: town (columns: ...)`.
 * @example
 * const towns = [{ town: "New York" }, { town: "new york " }, { town: "New York" }, { town: "NYC" }];
 * const unifier = data.unifyCategories(towns, { columns: ["town"], aliases: { nyc: "New York" } });
 * unifier.changes.map(({ from, to }) => [from, to]) // [["new york ", "New York"], ["NYC", "New York"]]
 * [...unifier.apply([{ town: "NEW-YORK" }])] // [{ town: "New York" }]
 */
export function unifyCategories(rows: Rows<object>, options: UnifyOptions): CategoryUnifier {
  known(options, ["columns", "aliases"]);
  const frame = frameOf(rows);
  const aliases = new Map(Object.entries(options.aliases ?? {}).map(([from, to]) => [plainForm(from), to]));
  const forms = new Map<string, Map<string, string>>();
  const changes: SpellingChange[] = [];
  for (const name of chosen(frame, options.columns)) {
    const words = frame.column(name).filter((value): value is string => typeof value === "string");
    const known = new Map<string, string>(words.map((word) => [plainForm(word), word]));
    for (const [best] of spellings(words)) known.set(plainForm(best!), best!);
    for (const [from, to] of aliases) known.set(from, known.get(plainForm(to)) ?? to);
    forms.set(name, known);
    const counts = new Map<string, number>();
    for (const word of words) if (known.get(plainForm(word)) !== word) counts.set(word, (counts.get(word) ?? 0) + 1);
    for (const [from, count] of counts) changes.push(Object.freeze({ column: name, from, to: known.get(plainForm(from))!, count }));
  }
  const apply = <Row extends object>(others: Rows<Row>): Table<Row> => {
    const given = frameOf(others);
    chosen(given, [...forms.keys()]);
    return fromColumns<Row>(Object.fromEntries(given.names.map((name) => {
      const known = forms.get(name);
      return [name, known ? given.column(name).map((value) => (typeof value === "string" ? (known.get(plainForm(value)) ?? value) : value)) : given.column(name)];
    })), given.names);
  };
  return shows({ changes: Object.freeze(changes), apply }, () => [{ lines: changes.length === 0 ? [say("every category has one spelling", "每个类别只有一种写法")] : [] }, { rows: changes }]);
}
