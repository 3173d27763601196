import type { Random } from "../random.js";

const rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890"];

/** A slip of the hand: two signs swapped, one left out, doubled, or the key beside it. Never the word itself; undefined where there is no other. */
export function typo(word: string, draw: Random): string | undefined {
  const signs = [...word];
  if (signs.length === 0) return undefined;
  for (let attempt = 0; attempt < 20; attempt++) {
    const made = slip(signs, draw.integer(0, signs.length - 1), draw.integer(0, 3), draw);
    if (made !== word && made.trim() !== "") return made;
  }
  return undefined;
}

function slip(signs: readonly string[], at: number, how: number, draw: Random): string {
  const before = signs.slice(0, at).join("");
  const sign = signs[at]!;
  const after = signs.slice(at + 1);
  if (how === 0 && after.length > 0) return before + after[0] + sign + after.slice(1).join("");
  if (how === 1 && signs.length > 1) return before + after.join("");
  if (how === 2) {
    const row = rows.find((keys) => keys.includes(sign.toLowerCase()));
    if (row) {
      const place = row.indexOf(sign.toLowerCase());
      const beside = row[place + (place === 0 || (place < row.length - 1 && draw.uniform() < 0.5) ? 1 : -1)]!;
      return before + (sign === sign.toUpperCase() ? beside.toUpperCase() : beside) + after.join("");
    }
  }
  return before + sign + sign + after.join("");
}
