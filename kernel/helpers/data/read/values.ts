/** Words that stand for "not there" in a column whose other values are all numbers, dates or true and false. In a column of words only the empty field is missing: NA is Namibia. */
const missingWords = new Set(["", "NA", "N/A", "n/a", "na", "NaN", "nan", "null", "NULL", "None", "-", "?", "."]);

const numberLike = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** 00123 is a postcode or an account, not 123. */
const codeLike = /^[+-]?0\d/;
const dateLike = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** Words of one column as what they all are: numbers, dates (ISO 8601), true and false, else words. */
export function typed(words: readonly string[], { missing, decimal }: { missing: ReadonlySet<string> | undefined; decimal: "." | "," }): unknown[] {
  const gone = missing ?? missingWords;
  const there = words.filter((word) => !gone.has(word.trim()));
  if (there.length > 0) {
    if (there.every((word) => isNumber(word.trim(), decimal))) return words.map((word) => (gone.has(word.trim()) ? null : toNumber(word.trim(), decimal)));
    if (there.every((word) => /^(true|false)$/i.test(word.trim()))) return words.map((word) => (gone.has(word.trim()) ? null : word.trim().toLowerCase() === "true"));
    if (there.every((word) => isDate(word.trim()))) return words.map((word) => (gone.has(word.trim()) ? null : toDate(word.trim())));
  }
  return words.map((word) => (word === "" || missing?.has(word.trim()) ? null : word));
}

const plainNumber = (word: string, decimal: "." | ",") => (decimal === "," ? word.replace(",", ".") : word);

/** Whole numbers past 2^53 would lose digits: they stay words. */
export function isNumber(word: string, decimal: "." | "," = "."): boolean {
  if (decimal === "," && word.includes(".")) return false;
  const plain = plainNumber(word, decimal);
  return numberLike.test(plain) && !codeLike.test(plain) && (!/^[+-]?\d+$/.test(plain) || Number.isSafeInteger(Number(plain))) && Number.isFinite(Number(plain));
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
