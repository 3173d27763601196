/** A parser's message, in words for someone who learns. Positions are reported beside it, so they are cut off here. */
export function plainWords(message: string, source: string, offset: number): string {
  const text = message.replace(/ \(\d+:\d+\)$/, "");
  const twice = /^Identifier '(.+)' has already been declared$/.exec(text);
  if (twice) return `'${twice[1]}' is declared twice in this cell`;
  if (/^'return' outside of function$/.test(text)) return "'return' can only stand inside a function";
  if (/^Unterminated comment/.test(text)) return "This comment is not closed: */ is missing";
  if (/^Unterminated template/.test(text)) return "This template is not closed: ` is missing";
  if (/^Unterminated string/.test(text)) return "This string is not closed on its line";
  if (!/^Unexpected(ly reached| token| character)/.test(text)) return text;
  const expected = /expected "(.+)"$/.exec(text)?.[1];
  const wanted = expected ? `, expected '${expected}'` : "";
  const rest = source.slice(offset);
  if (rest.trim() === "") return `The cell ends too early${wanted}`;
  const found = /^(?:[\p{ID_Start}$_][\p{ID_Continue}$]*|\d[\w.]*|[^])/u.exec(rest)?.[0] ?? "";
  return `Unexpected '${found}'${wanted}`;
}
