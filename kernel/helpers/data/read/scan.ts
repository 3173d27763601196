/** Where the records of a delimited text stand: needed only for messages, since d3-dsv does the reading. */
export interface Scan {
  /** Line (from 1) in which each record begins; empty lines between records count. */
  readonly lines: readonly number[];
  /** Line of a quote that is never closed. */
  readonly open: number | undefined;
}

export function scan(text: string, delimiter: string): Scan {
  const lines: number[] = [];
  let line = 1;
  let opened = 0;
  let quoted = false;
  let start = true;
  let fresh = true;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (fresh) {
      lines.push(line);
      fresh = false;
    }
    if (quoted) {
      if (char === '"') {
        if (text[at + 1] === '"') at += 1;
        else quoted = false;
      } else if (isEnd(text, at)) line += 1;
    } else if (char === '"' && start) {
      quoted = true;
      opened = line;
      start = false;
    } else if (isEnd(text, at)) {
      line += 1;
      fresh = start = true;
    } else if (char !== "\r") start = char === delimiter;
  }
  return { lines, open: quoted ? opened : undefined };
}

/** The last character of a line end: \n, or \r that no \n follows. */
const isEnd = (text: string, at: number) => text[at] === "\n" || (text[at] === "\r" && text[at + 1] !== "\n");
