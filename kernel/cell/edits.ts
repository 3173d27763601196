/** Changes to a text that keep its lines: positions always speak of the text before any change. */
export interface Edits {
  insert(at: number, text: string): void;
  /** Line breaks of the replaced part are kept, after `text`. */
  replace(start: number, end: number, text: string): void;
  /** The ranges of the edited text, all else blank; `gap` is written at the start of each blanked stretch. */
  render(ranges: Range[], gap?: string): string;
}

export interface Range { start: number; end: number }

const lineBreak = /\r\n|[\n\r\u2028\u2029]/g;

/** The line breaks of a text, alone. */
export const lineBreaks = (text: string) => (text.match(lineBreak) ?? []).join("");

/** Spaces in place of everything but line breaks. */
export const blank = (text: string) => text.replace(/[^\n\r\u2028\u2029]/g, " ");

export function createEdits(code: string): Edits {
  const list: { start: number; end: number; text: string }[] = [];
  const add = (start: number, end: number, text: string) => { list.push({ start, end, text }); };

  function edited({ start, end }: Range): string {
    let at = start;
    let out = "";
    for (const edit of list) {
      if (edit.start < start || edit.end > end || edit.start < at) continue;
      out += code.slice(at, edit.start) + edit.text;
      at = edit.end;
    }
    return out + code.slice(at, end);
  }

  return {
    insert: (at, text) => add(at, at, text),
    replace: (start, end, text) => add(start, end, text + lineBreaks(code.slice(start, end))),
    render(ranges, gap = "") {
      list.sort((a, b) => a.start - b.start || a.end - b.end);
      let at = 0;
      let out = "";
      for (const range of ranges) {
        out += gapped(code.slice(at, range.start), gap) + edited(range);
        at = range.end;
      }
      return out + gapped(code.slice(at), gap);
    },
  };
}

function gapped(text: string, gap: string): string {
  if (text === "") return "";
  const spaces = blank(text);
  return gap && spaces.startsWith(" ".repeat(gap.length)) ? gap + spaces.slice(gap.length) : spaces;
}
