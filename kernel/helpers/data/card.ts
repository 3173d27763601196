import { displaySymbol } from "../../display/contract.js";
import { known, oneOf } from "../arguments.js";
import { notebookLanguage, type Language } from "../../display/language.js";
import { cardWords, line, listed } from "./cards/words.js";
import { describeDataset, translated, type DatasetEntry } from "./package.js";

/** A data card: provenance, licence, known faults, people. Shows itself as a table. */
export interface DataCard extends DatasetEntry {
  [key: symbol]: unknown;
}

/**
 * Where a data set comes from, under which licence, what is wrong with it, and who is in it.
 *
 * @param options language: "en" or "zh" for title, known faults and people; default the notebook's
 * @throws `unknown data set: NAME`.
 * @example (await data.card("ames")).license // "MIT"
 * @example (await data.card("ames", { language: "zh" })).title // "美国艾奥瓦州埃姆斯市房屋交易，2006–2010 年"
 */
export async function card(name: string, options: { language?: Language } = {}): Promise<DataCard> {
  known(options, ["language"]);
  const language = oneOf({ language: options.language ?? notebookLanguage() }, ["en", "zh"]);
  const entry = await describeDataset(name).then((found) => (language === "en" ? found : translated(found, language)));
  const show = { value: () => ({ "text/markdown": markdown(entry, language), "text/plain": markdown(entry, language) }), enumerable: false };
  return Object.defineProperty({ ...entry }, displaySymbol, show) as DataCard;
}

function markdown(entry: DatasetEntry, language: Language): string {
  const words = cardWords[language];
  const { package: name, registry, version } = entry.source;
  return [
    `**${entry.title}** (\`${entry.name}\`)${words.colon} ${size(entry, language)}`,
    "",
    ...line(words, words.source, `${name} ${version} (${registry})`),
    ...line(words, words.licence, entry.license),
    ...line(words, words.cite, entry.citation),
    ...line(words, words.protected, listed(words, entry.protected) || words.noneNamed),
    ...entry.knownFaults.flatMap((fault) => line(words, words.knownFault, fault)),
    ...line(words, words.people, entry.people),
  ].join("\n");
}

function size({ format, rows, columns, classes }: DatasetEntry, language: Language): string {
  const words = cardWords[language];
  if (format === "weights") return words.weights(rows);
  if (format === "images") return words.pictures(rows, classes?.length);
  return `${words.rows(rows)}${words.comma}${words.columns(columns)}`;
}
