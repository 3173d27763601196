import { oneOf } from "../../arguments.js";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "gb18030" | "latin1";

export const encodings: readonly Encoding[] = ["utf-8", "utf-16le", "utf-16be", "gb18030", "latin1"];

/**
 * The encoding of a text file, told by its bytes: a byte order mark, the zeros of UTF-16, well-formed UTF-8; of the rest GB18030 (which includes GBK and GB2312)
 * where the bytes above 127 stand in pairs as Chinese does, else latin1 (read as Windows-1252, as browsers do). A guess: short texts can be read both ways.
 *
 * @example
 * data.detectEncoding(new Uint8Array([0xc4, 0xe3, 0xba, 0xc3])) // "gb18030"
 * data.detectEncoding(new TextEncoder().encode("你好")) // "utf-8"
 */
export function detectEncoding(bytes: Uint8Array): Encoding {
  const mark = markOf(bytes);
  if (mark) return mark;
  const sample = bytes.subarray(0, 1 << 20);
  const zeros = zerosOf(sample);
  if (zeros) return zeros;
  if (isUtf8(bytes)) return "utf-8";
  return looksChinese(sample) ? "gb18030" : "latin1";
}

function markOf(bytes: Uint8Array): Encoding | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : undefined;
}

/** A text of which a quarter of the bytes at even (or odd) places are zero is UTF-16: its commas, digits and line ends are below 128. */
function zerosOf(bytes: Uint8Array): Encoding | undefined {
  const zeros = [0, 0];
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === 0) zeros[at % 2]! += 1;
  const share = bytes.length / 16;
  if (bytes.length < 4 || Math.max(...(zeros as [number, number])) < share) return undefined;
  return zeros[1]! > zeros[0]! ? "utf-16le" : "utf-16be";
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Chinese in GB2312 stands in pairs of bytes 0xB0-0xF7, 0xA1-0xFE, one after another; European letters above 127 mostly stand alone between ASCII ones. */
function looksChinese(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("gb18030", { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return false;
  }
  let paired = 0;
  let alone = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at]! < 0x80) continue;
    const next = bytes[at + 1] ?? 0;
    if (bytes[at]! >= 0xa1 && bytes[at]! <= 0xf7 && next >= 0xa1) {
      paired += 1;
      at += 1;
    } else alone += 1;
  }
  return paired > alone;
}

/**
 * Bytes as text. Without an encoding it is found; a given one is held to.
 * @throws `expected utf-8 text in x.csv, got byte 0xC4 in line 2; it reads as gb18030: give { encoding: "gb18030" }`
 */
export function decode({ name, bytes }: { name: string; bytes: Uint8Array }, encoding: Encoding | undefined): string {
  const found = encoding === undefined ? detectEncoding(bytes) : oneOf({ encoding }, encodings);
  try {
    const text = new TextDecoder(found === "latin1" ? "windows-1252" : found, { fatal: true }).decode(bytes);
    return text;
  } catch (error) {
    const wrong = found === "utf-8" ? `, got byte 0x${wrongByte(bytes)}` : "";
    const other = detectEncoding(bytes);
    throw new RangeError(`expected ${found} text in ${name}${wrong}${other === found ? "" : `; it reads as ${other}: give { encoding: "${other}" }`}`, { cause: error });
  }
}

/** The first byte that is no UTF-8, and its line: found by halving. */
function wrongByte(bytes: Uint8Array): string {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const half = (good + bad) >> 1;
    if (isUtf8Start(bytes.subarray(0, half))) good = half;
    else bad = half;
  }
  // A decoder sees the mistake where a sequence does not go on: it began up to three bytes before.
  while (good > 0 && !isUtf8(bytes.subarray(0, good))) good -= 1;
  const line = bytes.subarray(0, good).reduce((n, byte) => n + Number(byte === 10), 1);
  return `${bytes[good]!.toString(16).toUpperCase().padStart(2, "0")} in line ${line}`;
}

function isUtf8Start(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
