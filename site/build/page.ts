import type { Language, Lesson } from "../../lessons/format/index.js";
import { blockHtml, type BlockContext } from "./blocks.js";
import { escape } from "./html.js";
import { inlineMarkdown } from "./markdown.js";
import { words } from "./words.js";

const languageTag = { en: "en", zh: "zh-Hans" };

/** What every page has around it. `up` leads to the site's root, `other` to the same page in the other language: all links are relative. */
export function frame(language: Language, title: string, up: string, other: string, body: string): string {
  const otherLanguage = language === "en" ? "zh" : "en";
  return `<!doctype html>
<html lang="${languageTag[language]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'">
<meta name="color-scheme" content="light dark">
<title>${escape(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${up}assets/lyceum.css">
<script type="module" src="${up}assets/page.js"></script>
</head>
<body>
<a class="skip" href="#main">${words.skip[language]}</a>
<header><nav aria-label="Lyceum"><a href="${up}${language}/index.html">Lyceum</a><span class="space"></span>
<a href="${other}" lang="${languageTag[otherLanguage]}" hreflang="${languageTag[otherLanguage]}">${words.otherLanguage[language]}</a>
<button type="button" id="theme" hidden>${words.theme[language]}</button></nav></header>
<main id="main">
${body}
</main>
</body>
</html>
`;
}

/** The page of one lesson. */
export function lessonPage(lesson: Lesson, slug: string, context: BlockContext): string {
  const { language } = context;
  const list = (items: readonly string[]) => `<ul>${items.map((item) => `<li>${item}</li>`).join("")}</ul>`;
  const sections = lesson.blocks.flatMap((block) => (block.kind === "section" ? [`<a href="#${block.id}">${inlineMarkdown(block.title[language])}</a>`] : []));
  const head = `<h1>${escape(lesson.title[language])}</h1>
<p class="facts">${words[lesson.level][language]} · ${lesson.minutes} ${words.minutes[language]} · ${lesson.points} ${words.points[language]}</p>
<p class="facts">${words.runIt[language]}</p>
<section class="objectives"><h2 class="small">${words.objectives[language]}</h2>${list(lesson.objectives.map(({ text }) => inlineMarkdown(text[language])))}</section>
<nav class="contents" aria-label="${words.contents[language]}"><h2 class="small">${words.contents[language]}</h2>${list(sections)}</nav>`;
  const terms = `<section class="terms"><h2 class="small">${words.terms[language]}</h2><dl>${lesson.terms.map(({ en, zh }) => `<div><dt lang="en">${escape(en)}</dt><dd lang="zh-Hans">${escape(zh)}</dd></div>`).join("")}</dl></section>`;
  const body = [head, ...lesson.blocks.map((block) => blockHtml(block, context)), terms].join("\n");
  return frame(language, `${lesson.title[language]} · Lyceum`, "../", `../${language === "en" ? "zh" : "en"}/${slug}.html`, `<article>${body}</article>`);
}

/** The list of lessons in one language. */
export function indexPage(lessons: readonly { lesson: Lesson; slug: string }[], language: Language): string {
  const rows = lessons.map(({ lesson, slug }) => `<li><a href="${slug}.html">${escape(lesson.title[language])}</a> <small>${lesson.minutes} ${words.minutes[language]}</small></li>`).join("");
  return frame(language, "Lyceum", "../", `../${language === "en" ? "zh" : "en"}/index.html`, `<h1>${words.course[language]}</h1><h2>${words.lessons[language]}</h2><ol>${rows}</ol>`);
}
