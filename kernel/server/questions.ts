import type { Session } from "../session/contract.js";
import type { Content, Request } from "../wire/message.js";
import { toCodePoints, toUtf16 } from "./points.js";

/** Questions about code: answered while a cell runs. Each gives the content of its reply. */

export async function complete(session: Session, { content }: Request): Promise<Content> {
  const { code, offset } = codeAndOffset(content);
  const found = await session.complete(code, offset);
  const start = toCodePoints(code, found.start);
  const end = toCodePoints(code, found.end);
  const typed = found.items.map((item) => ({ start, end, text: item.text, type: item.kind, signature: item.signature ?? "" }));
  return { status: "ok", matches: found.items.map((item) => item.text), cursor_start: start, cursor_end: end, metadata: { _jupyter_types_experimental: typed } };
}

export async function inspect(session: Session, { content }: Request): Promise<Content> {
  const { code, offset } = codeAndOffset(content);
  const hover = await session.hover(code, offset);
  if (!hover) return { status: "ok", found: false, data: {}, metadata: {} };
  const documentation = content.detail_level === 1 ? hover.documentation : firstParagraph(hover.documentation);
  const blank = documentation === "" ? "" : "\n\n";
  return {
    status: "ok",
    found: true,
    data: {
      "text/plain": `${hover.signature}${blank}${documentation}`,
      "text/markdown": `\`\`\`typescript\n${hover.signature}\n\`\`\`${blank}${documentation}`,
    },
    metadata: {},
  };
}

export function isComplete(session: Session, { content }: Request): Content {
  const { status, indent } = session.isComplete(textOf(content));
  return status === "incomplete" ? { status, indent: indent ?? "" } : { status };
}

function codeAndOffset(content: Content): { code: string; offset: number } {
  const code = textOf(content);
  return { code, offset: typeof content.cursor_pos === "number" ? toUtf16(code, content.cursor_pos) : code.length };
}

function textOf(content: Content): string {
  if (typeof content.code === "string") return content.code;
  throw new Error(`expected code to be a string, got ${JSON.stringify(content.code)}`);
}

/** Level 0 is what fits beside the cursor; level 1 is everything. */
function firstParagraph(text: string): string {
  const end = text.search(/\n\s*\n/);
  return end < 0 ? text : text.slice(0, end);
}
