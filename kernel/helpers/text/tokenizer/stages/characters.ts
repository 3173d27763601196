/** Unicode's white space. JavaScript's `\s` has U+FEFF too and lacks U+0085. */
export const space = "\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

const isSpace = new RegExp(`^[${space}]$`);
export const whitespace = (character: string): boolean => (character <= "\x7f" ? character === " " || (character >= "\t" && character <= "\r") : isSpace.test(character));

/** BERT's: all that is neither letter nor digit in ASCII, and Unicode's punctuation. */
export const bertPunctuation = "!-/:-@[-`{-~\\p{P}";

/** What BERT takes for Chinese: the CJK ideographs, not kana nor hangul. */
export function chinese(code: number): boolean {
  return (code >= 0x4e00 && code <= 0x9fff) || (code >= 0x3400 && code <= 0x4dbf) || (code >= 0x20000 && code <= 0x2a6df) || (code >= 0x2a700 && code <= 0x2b73f)
    || (code >= 0x2b740 && code <= 0x2b81f) || (code >= 0x2b920 && code <= 0x2ceaf) || (code >= 0xf900 && code <= 0xfaff) || (code >= 0x2f800 && code <= 0x2fa1f);
}
