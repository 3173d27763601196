/** Where the records of a delimited text stand: needed only for messages, since d3-dsv does the reading. */
export interface Scan {
  /** Line (from 1) in which each record begins; empty lines between records count. */
  readonly lines: readonly number[];
  /** Line of a quote that is never closed. */
  readonly open: number | undefined;
}

const quote = 34;
const feed = 10;
const carriage = 13;

/** `records` false: the lines are left out, which is faster. */
export function scan(text: string, delimiter: string, records = true): Scan {
  const between = delimiter.charCodeAt(0);
  const lines: number[] = [];
  let line = 1;
  let opened = 0;
  let quoted = false;
  let start = true;
  let fresh = true;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (fresh) {
      if (records) lines.push(line);
      fresh = false;
    }
    // A line ends with \n, or with \r that no \n follows.
    const end = code === feed || (code === carriage && text.charCodeAt(at + 1) !== feed);
    if (quoted) {
      if (code === quote) {
        if (text.charCodeAt(at + 1) === quote) at += 1;
        else quoted = false;
      } else if (end) line += 1;
    } else if (code === quote && start) {
      quoted = true;
      opened = line;
      start = false;
    } else if (end) {
      line += 1;
      fresh = start = true;
    } else if (code !== carriage) start = code === between;
  }
  return { lines, open: quoted ? opened : undefined };
}
