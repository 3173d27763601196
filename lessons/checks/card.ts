import MarkdownIt from "markdown-it";
import type { MimeBundle } from "../../kernel/display/contract.js";
import type { Check, Language, Verdict } from "./contract.js";
import { label, pointsText, progressText, rows } from "./words.js";

/** What a card shows. */
export interface CardContent {
  check: Pick<Check, "title" | "hints">;
  verdict: Verdict;
  /** The whole lesson so far; left out where progress is not kept. */
  progress?: { passed: number; tasks: number; points: number; of: number };
  notice?: string | undefined;
}

// Messages hold the learner's own values: no HTML, no links, no pictures may come of them.
const inline = new MarkdownIt({ html: false }).disable(["image", "link", "autolink", "entity"]);
const md = (text: string): string => inline.renderInline(text);

const style = {
  card: "border:1px solid var(--jp-border-color1, #bdbdbd);border-left-width:5px;border-radius:4px;padding:8px 12px;max-width:46em;line-height:1.5;color:inherit",
  good: "border-left-color:var(--jp-success-color1, #2e7d32)",
  wait: "border-left-color:var(--jp-border-color1, #757575)",
  bad: "border-left-color:var(--jp-warn-color1, #e65100)",
  head: "display:flex;gap:.6em;align-items:baseline;flex-wrap:wrap",
  points: "margin-left:auto;opacity:.85",
  row: "margin:4px 0 0",
  hint: "margin:6px 0 0",
  bar: "height:6px;border-radius:3px;background:var(--jp-border-color2, #cfcfcf);margin-top:10px;overflow:hidden",
  foot: "margin-top:2px;font-size:.9em;opacity:.85",
} as const;

/** A verdict as a small card, readable in light and dark: HTML without scripts, and plain text. */
export function card(content: CardContent, language: Language): MimeBundle {
  return { data: { "text/html": html(content, language), "text/plain": plain(content, language) }, metadata: {} };
}

function html({ check, verdict, progress, notice }: CardContent, language: Language): string {
  const { icon, word, tone } = label(verdict.status);
  const title = check.title[language];
  const body = rows(verdict, language).map(({ name, text }) => `<div style="${style.row}">${name ? `<b>${name}</b> · ` : ""}${md(text)}</div>`);
  const hint = { en: "Hint", zh: "提示" }[language];
  const hints = verdict.status === "passed" ? [] : check.hints.map((text, index) => `<details style="${style.hint}"><summary>${hint} ${index + 1}</summary>${md(text[language])}</details>`);
  const head = `<div style="${style.head}"><span aria-hidden="true">${icon}</span><b>${word[language]}</b><span>${md(title)}</span><span style="${style.points}">${pointsText(verdict, language)}</span></div>`;
  const told = notice ? `<div role="note" style="${style.row}">${md(notice)}</div>` : "";
  const name = escape(`${word[language]}: ${title}`);
  return `<div role="group" aria-label="${name}" style="${style.card};${style[tone]}">${head}${body.join("")}${hints.join("")}${told}${bar(progress, language)}</div>`;
}

function bar(progress: CardContent["progress"], language: Language): string {
  if (!progress) return "";
  const text = progressText(progress, language);
  const share = progress.of ? Math.round((100 * progress.points) / progress.of) : 0;
  const fill = `width:${share}%;height:100%;background:var(--jp-success-color1, #2e7d32)`;
  return `<div role="progressbar" aria-valuemin="0" aria-valuemax="${progress.of}" aria-valuenow="${progress.points}" aria-valuetext="${text}" style="${style.bar}"><div style="${fill}"></div></div><div style="${style.foot}">${text}</div>`;
}

function plain({ check, verdict, progress, notice }: CardContent, language: Language): string {
  const { icon, word } = label(verdict.status);
  const lines = [`${icon} ${word[language]}: ${check.title[language]} (${pointsText(verdict, language)})`];
  for (const { name, text } of rows(verdict, language)) lines.push(name ? `  ${name}: ${text}` : `  ${text}`);
  if (verdict.status !== "passed") check.hints.forEach((text, index) => lines.push(`  ${{ en: "Hint", zh: "提示" }[language]} ${index + 1}: ${text[language]}`));
  if (notice) lines.push(`  ${notice}`);
  if (progress) lines.push(`  ${progressText(progress, language)}`);
  return lines.join("\n");
}

const escape = (text: string): string => text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);
