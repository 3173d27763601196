/** A piece of code with a mark under the place in question, as lines with ANSI colours. */
export interface Place {
  /** `Cell [3]` or a file. */
  label: string;
  source: string;
  /** From 1. */
  line: number;
  /** From 1. */
  column: number;
  /** Characters to underline; default 1. */
  length?: number;
}

export const red = (text: string): string => `\u001b[31m${text}\u001b[39m`;
export const bold = (text: string): string => `\u001b[1m${text}\u001b[22m`;
export const dim = (text: string): string => `\u001b[2m${text}\u001b[22m`;
export const cyan = (text: string): string => `\u001b[36m${text}\u001b[39m`;

/** Two lines before, the line, the mark, one line after. */
export function codeFrame({ label, source, line, column, length = 1 }: Place, lineWord: (n: number) => string): string[] {
  const lines = source.split("\n");
  const text = lines[line - 1];
  const head = `${cyan(label)}, ${lineWord(line)}`;
  if (text === undefined) return [head];
  const first = Math.max(1, line - 2);
  const last = Math.min(lines.length, line + 1);
  const width = String(last).length;
  const frame: string[] = [head];
  for (let n = first; n <= last; n++) {
    const shown = cut(lines[n - 1] ?? "");
    frame.push(`${n === line ? red(">") : " "} ${dim(`${String(n).padStart(width)} |`)} ${shown}`.trimEnd());
    if (n === line) {
      const at = Math.min(Math.max(0, column - 1), 160);
      const marks = "^".repeat(Math.max(1, Math.min(length, text.length - at)));
      frame.push(`  ${dim(`${" ".repeat(width)} |`)} ${blanks(text.slice(0, at))}${red(marks.slice(0, 160))}`);
    }
  }
  return frame;
}

/** As wide as the text before the mark: tabs stay tabs, wide characters take two columns. */
function blanks(text: string): string {
  return [...text].map((c) => (c === "\t" ? "\t" : /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{1faff}]/u.test(c) ? "  " : " ")).join("");
}

function cut(text: string): string {
  return text.length > 240 ? `${text.slice(0, 240)} ...` : text;
}
