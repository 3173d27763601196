import type { Language, Lesson, Level } from "../lesson.js";
import type { NotebookCell } from "./notebook.js";

const levels: Record<Level, Record<Language, string>> = {
  beginner: { en: "beginner", zh: "入门" },
  intermediate: { en: "intermediate", zh: "进阶" },
  advanced: { en: "advanced", zh: "高级" },
};

/** Title, cost and promise of the lesson, from its front matter. */
export function titleCell(lesson: Lesson, language: Language): NotebookCell {
  const { title, level, minutes, points, prerequisites, objectives } = lesson;
  const needs = prerequisites.map((id) => `\`${id}\``).join(language === "en" ? ", " : "、");
  const facts =
    language === "en"
      ? `${minutes} minutes · ${levels[level].en} · ${points} points${needs ? ` · builds on ${needs}` : ""}`
      : `${minutes} 分钟 · ${levels[level].zh} · ${points} 分${needs ? ` · 先学 ${needs}` : ""}`;
  const lead = language === "en" ? "After this lesson you can:" : "学完之后，你能：";
  const list = objectives.map(({ text }) => `- ${text[language]}`).join("\n");
  return { cell_type: "markdown", id: "title_", metadata: { lyceum: { role: "title" } }, source: `# ${title[language]}\n\n${facts}\n\n${lead}\n\n${list}` };
}

/** The lesson's terms with their twins in the other language; no cell where there are none. */
export function termsCell(lesson: Lesson, language: Language): NotebookCell[] {
  if (!lesson.terms.length) return [];
  const head = language === "en" ? "### New terms\n\n| English | 中文 |\n|---|---|" : "### 新术语\n\n| 中文 | English |\n|---|---|";
  const rows = lesson.terms.map(({ en, zh }) => (language === "en" ? `| ${en} | ${zh} |` : `| ${zh} | ${en} |`));
  return [{ cell_type: "markdown", id: "terms_", metadata: { lyceum: { role: "terms" } }, source: [head, ...rows].join("\n") }];
}

/** What a notebook's metadata keeps of a lesson: all but its blocks. */
export function headOf(lesson: Lesson): Omit<Lesson, "blocks"> {
  const { blocks: _, ...head } = lesson;
  return head;
}
