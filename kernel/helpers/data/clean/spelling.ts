import { tally } from "../statistics/numbers.js";

/** What two spellings of one value have in common: full-width forms, accents aside from case, spaces and case do not count. */
export const plainForm = (word: string): string => word.normalize("NFKC").trim().replace(/[\s_-]+/g, " ").toLowerCase();

/** Words that differ only in their spelling, the commonest of each first. */
export function spellings(words: readonly string[]): string[][] {
  const forms = new Map<string, string[]>();
  for (const [word] of tally(words)) {
    const form = plainForm(word);
    const group = forms.get(form);
    if (group) group.push(word);
    else forms.set(form, [word]);
  }
  return [...forms.values()].filter((group) => group.length > 1);
}
