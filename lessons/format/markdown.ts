import MarkdownIt from "markdown-it";
import container from "markdown-it-container";

/** A top-level element of a Markdown text, with its lines: [start, end), counted from 0. */
export interface Piece {
  type: "heading" | "fence" | "container" | "other";
  /** Heading level (1-6); 0 for others. */
  level: number;
  /** The heading's text, the fence's or container's info string. */
  info: string;
  /** What a fence or container holds. */
  body: string;
  start: number;
  end: number;
}

/** The dialect of lessons: CommonMark with tables, and `:::` blocks. HTML is allowed; the page sanitises. */
export const markdown = new MarkdownIt({ html: true }).use(container as never, "block", { validate: () => true });

/** Cut a text into its top-level elements. A `:::` block that is never closed has end = Infinity. */
export function pieces(text: string): Piece[] {
  const lines = text.split("\n");
  const tokens = markdown.parse(text, {});
  const found: Piece[] = [];
  tokens.forEach((token, index) => {
    if (token.level !== 0 || token.nesting < 0 || !token.map) return;
    const [start, end] = token.map;
    const plain = { level: 0, info: "", body: "", start, end };
    if (token.type === "heading_open") {
      found.push({ ...plain, type: "heading", level: Number(token.tag.slice(1)), info: tokens[index + 1]?.content ?? "" });
    } else if (token.type === "fence") {
      found.push({ ...plain, type: "fence", info: token.info.trim(), body: token.content });
    } else if (token.type === "container_block_open") {
      const closed = (lines[end] ?? "").trim().startsWith(":::");
      found.push({ ...plain, type: "container", info: token.info.trim(), body: lines.slice(start + 1, end).join("\n"), end: closed ? end + 1 : Infinity });
    } else {
      found.push({ ...plain, type: "other" });
    }
  });
  return found;
}

export interface ListItem {
  text: string;
  /** The item's quote, where it has one. */
  quote: string;
  /** Line within the text, from 0. */
  line: number;
}

/** What stands before a text's first top-level bullet list, and that list's items. */
export function questionAndItems(text: string): { question: string; items: ListItem[] } {
  const tokens = markdown.parse(text, {});
  const listAt = tokens.findIndex((token) => token.type === "bullet_list_open" && token.level === 0);
  if (listAt < 0) return { question: text.trim(), items: [] };
  const question = text.split("\n").slice(0, tokens[listAt]!.map![0]).join("\n").trim();
  const items: ListItem[] = [];
  let inQuote = false;
  for (const token of tokens.slice(listAt)) {
    if (token.type === "bullet_list_close" && token.level === 0) break;
    if (token.type === "list_item_open" && token.level === 1) items.push({ text: "", quote: "", line: token.map![0] });
    if (token.type === "blockquote_open") inQuote = true;
    if (token.type === "blockquote_close") inQuote = false;
    const item = items.at(-1);
    if (token.type === "inline" && item) {
      const part = inQuote ? "quote" : "text";
      item[part] += (item[part] ? "\n\n" : "") + token.content;
    }
  }
  return { question, items };
}
