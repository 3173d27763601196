/** Words that stand for "not there" in a column whose other values are all numbers, dates or true and false. In a column of words only the empty field is missing: NA is Namibia. */
const missingWords = new Set(["", "NA", "N/A", "n/a", "na", "NaN", "nan", "null", "NULL", "None", "-", "?", "."]);

const numberLike = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** 00123 is a postcode or an account, not 123. */
const codeLike = /^[+-]?0\d/;
const dateLike = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** Words of one column as what they all are: numbers, dates (ISO 8601), true and false, else words. */
export function typed(words: readonly string[], { missing, decimal }: { missing: ReadonlySet<string> | undefined; decimal: "." | "," }): unknown[] {
  const gone = missing ?? missingWords;
  return (
    allAs(words, gone, (word) => (isNumber(word, decimal) ? toNumber(word, decimal) : undefined)) ??
    allAs(words, gone, (word) => (/^(true|false)$/i.test(word) ? word.toLowerCase() === "true" : undefined)) ??
    allAs(words, gone, (word) => (isDate(word) ? toDate(word) : undefined)) ??
    words.map((word) => (word === "" || missing?.has(word.trim()) ? null : word))
  );
}

/** Undefined where one value cannot be read so, or none is there: then another reading is tried, and most columns are told by their first value. */
function allAs(words: readonly string[], gone: ReadonlySet<string>, read: (word: string) => unknown): unknown[] | undefined {
  const values = new Array<unknown>(words.length);
  let some = false;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!.trim();
    const value = read(word);
    if (value !== undefined && !gone.has(word)) {
      values[at] = value;
      some = true;
    } else if (gone.has(word)) values[at] = null;
    else return undefined;
  }
  return some ? values : undefined;
}

const plainNumber = (word: string, decimal: "." | ",") => (decimal === "," ? word.replace(",", ".") : word);

/** Whole numbers past 2^53 would lose digits: they stay words. */
export function isNumber(word: string, decimal: "." | "," = "."): boolean {
  if (decimal === "," && word.includes(".")) return false;
  const plain = plainNumber(word, decimal);
  if (!numberLike.test(plain) || codeLike.test(plain)) return false;
  // Short enough to be exact and finite.
  if (plain.length <= 15) return !/e/i.test(plain) || Number.isFinite(Number(plain));
  return Number.isFinite(Number(plain)) && (!/^[+-]?\d+$/.test(plain) || Number.isSafeInteger(Number(plain)));
}

export const toNumber = (word: string, decimal: "." | "," = "."): number => Number(plainNumber(word, decimal));

/** A day of the calendar: 2024-02-30 is none. */
export function isDate(word: string): boolean {
  if (!dateLike.test(word)) return false;
  const date = toDate(word);
  return !Number.isNaN(date.getTime()) && new Date(`${word.slice(0, 10)}T00:00:00Z`).toISOString().slice(0, 10) === word.slice(0, 10);
}

/** Without an offset the time is UTC, so that a file means the same on every machine. */
export function toDate(word: string): Date {
  if (word.length === 10) return new Date(`${word}T00:00:00Z`);
  const stamp = word.replace(" ", "T").replace(/([+-]\d{2})(\d{2})$/, "$1:$2");
  return new Date(/(Z|[+-]\d{2}:\d{2})$/.test(stamp) ? stamp : `${stamp}Z`);
}
