/** GPT-2's letters for bytes: the printable ones of Latin-1 stand for themselves, the others get letters from U+0100 on. */
const letters: string[] = [];
const bytes = new Map<string, number>();
let next = 0x100;
for (let byte = 0; byte < 256; byte++) {
  const printable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
  const letter = String.fromCharCode(printable ? byte : next++);
  letters.push(letter);
  bytes.set(letter, byte);
}

export const byteLetters: readonly string[] = letters;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const plain = /^[!-~]*$/;

/** UTF-8 of a text, a letter a byte. */
export function toByteLetters(text: string): string {
  if (plain.test(text)) return text;
  let out = "";
  for (const byte of encoder.encode(text)) out += letters[byte]!;
  return out;
}

/** For each byte of the UTF-8 of a text: the units of the character that it is a byte of. */
export function byteOrigins(text: string): { starts: number[]; ends: number[] } {
  const [starts, ends]: [number[], number[]] = [[], []];
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at)!;
    const units = code > 0xffff ? 2 : 1;
    for (let byte = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4; byte > 0; byte--) {
      starts.push(at);
      ends.push(at + units);
    }
    at += units;
  }
  return { starts, ends };
}

/** Bytes of tokens written in byte letters; a token with other letters stands for its own UTF-8. */
export function fromByteLetters(tokens: readonly string[]): string {
  const out: number[] = [];
  for (const token of tokens) {
    const values = Array.from(token, (letter) => bytes.get(letter));
    out.push(...(values.includes(undefined) ? encoder.encode(token) : (values as number[])));
  }
  return decoder.decode(Uint8Array.from(out));
}
