import { dsvFormat } from "d3-dsv";

export const delimiters = [",", ";", "\t", "|"] as const;

/**
 * The character between the fields of a delimited text: the one of `,` `;` tab `|` that cuts the first records into the same number of fields, and into the most.
 * A text of one column gives `,`.
 *
 * @example
 * data.detectDelimiter("name;price\nA;3,5\nB;4,25") // ";"
 */
export function detectDelimiter(text: string): string {
  const head = text.slice(0, 1 << 16);
  let best: { delimiter: string; score: number } = { delimiter: ",", score: 0 };
  for (const delimiter of delimiters) {
    // The last record of the head may be cut.
    const rows = dsvFormat(delimiter).parseRows(head).filter((row) => row.length > 1 || row[0] !== "");
    const whole = rows.length > 2 && head.length < text.length ? rows.slice(0, -1) : rows;
    const width = whole[0]?.length ?? 0;
    if (width < 2) continue;
    const same = whole.filter((row) => row.length === width).length / whole.length;
    const score = same * 1000 + width;
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}
