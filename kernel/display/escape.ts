const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text as HTML or XML, safe as content and inside quoted attributes. Characters that XML forbids become U+FFFD. */
export function escape(text: string): string {
  return text
    .replace(/[&<>"']/g, (c) => entities[c])
    // oxlint-disable-next-line no-control-regex -- XML forbids these control characters
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}

/** The first `limit` characters, and how many were left out. Never cuts an astral character in half. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = /[\ud800-\udbff]/.test(text[limit - 1]) ? limit - 1 : limit;
  return `${text.slice(0, end)}... ${count(text.length - end, "more character")}`;
}

/** Escaped, with spaces that do not break: captions of narrow tables stay on one line. */
export const oneLine = (text: string): string => escape(text).replaceAll(" ", "\u00a0");

/** `1 row`, `1,234 rows`. */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${n.toLocaleString("en-US")} ${n === 1 ? noun : plural}`;
}
