import { number } from "../../../display/number.js";
import { isDate, isNumber } from "../read/values.js";
import { kindOfValue } from "../table/kind.js";
import { isMissing } from "../table/rows.js";
import { spellings } from "../clean/spelling.js";
import type { ColumnProfile, ProfileWarning, WarningKind } from "./contract.js";
import { isProtected } from "./protected.js";

/** What is worth a look in one column; each rule says what it saw. */
export function columnWarnings(column: ColumnProfile, values: readonly unknown[], today: Date): ProfileWarning[] {
  const { name, kind, missing, unique, numbers } = column;
  const rows = values.length;
  const there = rows - missing;
  const found: ProfileWarning[] = [];
  const warn = (what: WarningKind, message: string) => found.push(Object.freeze({ kind: what, column: name, message: `${name} ${message}` }));
  const share = (n: number, of: number) => `${number((100 * n) / of, 2)}%`;

  if (isProtected(name)) warn("protected", "may say who somebody is: decide if a model may see it, and compare its groups");
  if (there === 0) {
    warn("empty", "has no values");
    return found;
  }
  if (missing / rows > 0.2) warn("missing", `lacks ${missing} of ${rows} values (${share(missing, rows)})`);
  if (unique === 1) warn("constant", `is always ${String(column.top[0]!.value)}: it tells nothing`);
  if (kind === "mixed") warn("mixed", `mixes ${[...new Set(values.filter((value) => !isMissing(value)).map(kindOfValue))].join(" and ")}`);
  if (kind === "text") textWarnings(values.filter((value): value is string => typeof value === "string"), unique, warn);
  const whole = kind === "number" && values.every((value) => isMissing(value) || Number.isInteger(value));
  if (unique === there && there >= 20 && (kind === "text" || whole)) warn("id", "differs in every row: a name or number of the record, nothing to learn from");
  if (kind === "number" && numbers && unique > 1) {
    if (Math.abs(numbers.skewness) > 2 && unique > 2) warn("skewed", `is skewed (${number(numbers.skewness, 3)}): look at a logarithm or at ranks`);
    const { p25, p75 } = numbers.quantiles;
    const reach = 3 * (p75 - p25);
    const out = reach > 0 ? values.filter((value) => typeof value === "number" && (value < p25 - reach || value > p75 + reach)).length : 0;
    if (out > 0) warn("outliers", `has ${out} ${out === 1 ? "value" : "values"} more than 3 interquartile ranges away (from ${number(numbers.min)} to ${number(numbers.max)})`);
  }
  if (kind === "date") dateWarnings(values, today, warn);
  return found;
}

type Warn = (kind: WarningKind, message: string) => unknown;

function textWarnings(words: readonly string[], unique: number, warn: Warn): void {
  const numeric = words.filter((word) => isNumber(word.trim())).length;
  const dates = words.filter((word) => isDate(word.trim())).length;
  if (numeric > 0 && numeric < words.length && numeric / words.length > 0.5) {
    const other = words.find((word) => !isNumber(word.trim()))!;
    warn("numbers as text", `holds numbers in ${numeric} of ${words.length} values, and words such as ${JSON.stringify(other.slice(0, 20))}: data.coerce reports them`);
  }
  if (dates > 0 && dates < words.length && dates / words.length > 0.5) warn("dates as text", `holds dates in ${dates} of ${words.length} values, and other words`);
  const doubled = spellings(words);
  if (doubled.length > 0) warn("spellings", `writes the same value in several ways, such as ${doubled[0]!.map((word) => JSON.stringify(word)).join(" and ")}: data.unifyCategories joins them`);
  if (unique > 50 && unique > words.length / 10 && unique < words.length) warn("many categories", `has ${unique} different values`);
}

function dateWarnings(values: readonly unknown[], today: Date, warn: Warn): void {
  const dates = values.filter((value): value is Date => value instanceof Date);
  const day = (date: Date) => (Number.isNaN(date.getTime()) ? "no date" : date.toISOString().slice(0, 10));
  const say = (which: readonly Date[], what: string) => which.length > 0 && warn("suspicious dates", `has ${which.length} ${which.length === 1 ? "date" : "dates"} ${what}, such as ${day(which[0]!)}`);
  say(dates.filter((date) => Number.isNaN(date.getTime())), "that are none");
  say(dates.filter((date) => date > today), `after ${day(today)}`);
  say(dates.filter((date) => date.getUTCFullYear() < 1900), "before 1900");
  const epoch = dates.filter((date) => date.getTime() === 0);
  if (epoch.length > 1) say(epoch, "at the zero of computers' clocks");
  const firsts = dates.filter((date) => date.getUTCMonth() === 0 && date.getUTCDate() === 1);
  if (dates.length >= 50 && firsts.length / dates.length > 0.1) say(firsts, "on 1 January: often a stand-in for an unknown day");
}
