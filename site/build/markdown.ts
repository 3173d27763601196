import hljs from "highlight.js/lib/core";
import typescript from "highlight.js/lib/languages/typescript";
import MarkdownIt from "markdown-it";
import { escape } from "./html.js";

hljs.registerLanguage("typescript", typescript);

const renderer = new MarkdownIt({ html: false, linkify: false, typographer: false, highlight: (code, language) => (/^(ts|typescript|js)$/.test(language) ? highlight(code) : escape(code)) });

// A reader who follows a link out of the site is not told about.
renderer.renderer.rules["link_open"] = (tokens, index, options, _environment, self) => {
  if (/^https?:/.test(String(tokens[index]!.attrGet("href")))) tokens[index]!.attrSet("rel", "noreferrer");
  return self.renderToken(tokens, index, options);
};

/** Markdown to HTML. Raw HTML in the source stays text. */
export function markdown(source: string): string {
  return renderer.render(source);
}

/** One line of Markdown, without the paragraph around it. */
export function inlineMarkdown(source: string): string {
  return renderer.renderInline(source);
}

/** TypeScript with its words in `<span class="hljs-...">`. */
export function highlight(code: string): string {
  return hljs.highlight(code, { language: "typescript" }).value;
}
