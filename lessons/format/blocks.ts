import { allow, checkId, parseAttributes, points } from "./attributes.js";
import { fail, type Place } from "./error.js";
import { pieces, questionAndItems, type Piece } from "./markdown.js";

/** The blocks of one language's file, before the two are laid together. */
export type LocalBlock = Place &
  (
    | { kind: "section"; id: string; title: string }
    | { kind: "prose"; text: string }
    | { kind: "cell"; id: string; role: "code" | "task" | undefined; points: number | undefined; locked: boolean; body: string }
    | { kind: "quiz"; id: string; points: number | undefined; multi: boolean; question: string; choices: LocalChoice[] }
    | { kind: "prediction"; id: string; question: string; choices: string[] }
    | { kind: "callout"; tone: "note" | "tip" | "warning"; title: string; text: string }
  );

export interface LocalChoice {
  text: string;
  right: boolean;
  why: string;
}

/** Read a body; `offset` is how many lines of the file stand before it. */
export function localBlocks(file: string, body: string, offset: number): LocalBlock[] {
  const lines = body.split("\n");
  const blocks: LocalBlock[] = [];
  let proseFrom = 0;
  const proseUntil = (end: number): void => {
    const text = lines.slice(proseFrom, end).join("\n");
    const skipped = text.length - text.trimStart().length;
    const line = offset + proseFrom + text.slice(0, skipped).split("\n").length;
    if (text.trim()) blocks.push({ kind: "prose", text: text.trim(), file, line });
  };
  for (const piece of pieces(body)) {
    const place = { file, line: offset + piece.start + 1 };
    const block = anchor(piece, place);
    if (!block) continue;
    proseUntil(piece.start);
    proseFrom = piece.end;
    blocks.push(block);
  }
  proseUntil(lines.length);
  return blocks;
}

/** The block a piece is, or undefined for prose. */
function anchor(piece: Piece, place: Place): LocalBlock | undefined {
  if (piece.type === "heading") return heading(piece, place);
  if (piece.type === "fence") return cell(piece, place);
  if (piece.type !== "container") return undefined;
  if (piece.end === Infinity) fail(place, `the block "::: ${piece.info}" is not closed by a line of :::`);
  const attributes = parseAttributes(piece.info);
  const [name, ...rest] = attributes.words;
  const inner = { ...attributes, words: rest };
  switch (name) {
    case "quiz": {
      allow(place, { ...inner, words: rest.slice(1) }, ["multi"], ["points"]);
      const { question, items } = questionAndItems(piece.body);
      const choices = items.map((item) => choice(item, { ...place, line: place.line + 1 + item.line }));
      const worth = attributes.values["points"];
      return { ...place, kind: "quiz", id: checkId(place, rest[0]), points: worth === undefined ? undefined : points(place, worth), multi: rest.includes("multi"), question, choices };
    }
    case "predict": {
      allow(place, { ...inner, words: rest.slice(1) }, [], []);
      const { question, items } = questionAndItems(piece.body);
      return { ...place, kind: "prediction", id: checkId(place, rest[0]), question, choices: items.map((item) => item.text) };
    }
    case "note":
    case "tip":
    case "warning":
      return { ...place, kind: "callout", tone: name, title: piece.info.slice(name.length).trim(), text: piece.body.trim() };
    default:
      return fail(place, `unknown block "::: ${name ?? ""}", expected quiz, predict, note, tip or warning`);
  }
}

function heading(piece: Piece, place: Place): LocalBlock | undefined {
  if (piece.level === 1) fail(place, "the title stands in the front matter: start sections with ##");
  if (piece.level > 2) return undefined;
  const match = /^(.*\S)\s*\{#([^}]*)\}$/.exec(piece.info);
  if (!match) fail(place, `expected the heading "${piece.info}" to end in {#id}`);
  return { ...place, kind: "section", id: checkId(place, match[2]), title: match[1]! };
}

function cell(piece: Piece, place: Place): LocalBlock | undefined {
  const attributes = parseAttributes(piece.info);
  const { id, points: worth } = attributes.values;
  const [language, ...flags] = attributes.words;
  if (language !== "ts" && language !== "typescript") {
    if (id) fail(place, `only ts blocks run, got "${language ?? ""}" with id ${id}`);
    return undefined;
  }
  if (!id) {
    if (flags.length || worth) fail(place, `expected an id in "${piece.info}"`);
    return undefined;
  }
  allow(place, { ...attributes, words: flags }, ["task", "locked"], ["id", "points"]);
  const task = flags.includes("task");
  return {
    ...place, kind: "cell", id: checkId(place, id), role: task ? "task" : "code", locked: flags.includes("locked"),
    points: worth === undefined ? undefined : points(place, worth), body: piece.body.replace(/\n$/, ""),
  };
}

function choice(item: { text: string; quote: string }, place: Place): LocalChoice {
  const match = /^\[([ xX])\]\s+(.+)$/s.exec(item.text);
  if (!match) fail(place, `expected a choice to start with [ ] or [x], got "${item.text.slice(0, 40)}"`);
  if (!item.quote) fail(place, `the choice "${match[2]!.slice(0, 40)}" has no explanation: add a line "> ..." below it`);
  return { text: match[2]!, right: match[1] !== " ", why: item.quote };
}
