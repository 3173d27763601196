import type { CheckedLesson } from "../../checks/node/load.js";
import { pieces, translatable } from "../../format/words.js";
import type { Lesson, Text } from "../../format/index.js";

const han = /\p{Script=Han}/u;

/** Every text pair of a lesson, with where it stands. */
export function* texts({ lesson, checks }: CheckedLesson): Iterable<{ where: string; text: Text }> {
  yield { where: "title", text: lesson.title };
  for (const { text } of lesson.objectives) yield { where: "objectives", text };
  for (const block of lesson.blocks) {
    if (block.kind === "section") yield { where: `section ${block.id}`, text: block.title };
    if (block.kind === "prose") yield { where: `prose "${block.text.en.slice(0, 30)}"`, text: block.text };
    if (block.kind === "callout") yield { where: "box", text: block.text };
    if (block.kind === "quiz" || block.kind === "prediction") yield { where: `${block.kind} ${block.id}`, text: block.question };
    if (block.kind === "prediction") for (const text of block.choices) yield { where: `prediction ${block.id}`, text };
    if (block.kind !== "quiz") continue;
    for (const { text, why } of block.choices) {
      yield { where: `quiz ${block.id}`, text };
      yield { where: `quiz ${block.id}`, text: why };
    }
  }
  for (const { id, title, hints } of checks.values()) {
    yield { where: `check ${id}`, text: title };
    for (const text of hints) yield { where: `check ${id}, hint`, text };
  }
}

/** Chinese texts without a Chinese character, English ones with one that is no term's twin; paragraph by paragraph. */
export function untranslated(checked: CheckedLesson): string[] {
  const problems: string[] = [];
  const terms = checked.lesson.terms.map((term) => term.zh);
  for (const { where, text } of texts(checked)) {
    for (const paragraph of words(text.zh)) if (!han.test(paragraph)) problems.push(`${where}: no Chinese in "${paragraph.slice(0, 60)}"`);
    const english = terms.reduce((rest, term) => rest.replaceAll(term, ""), text.en);
    if (han.test(english)) problems.push(`${where}: Chinese in "${text.en.slice(0, 60)}"`);
  }
  return problems;
}

/** Paragraphs that hold words: not formulas, code, pictures, or choices such as `0.5`. */
function words(text: string): string[] {
  const prose = text.replace(/```.*?```/gs, "").replace(/\$\$.*?\$\$/gs, "");
  return prose.split(/\n{2,}/).filter((paragraph) => /[A-Za-z]{2,}/.test(paragraph.replace(/`[^`]*`|\$[^$]*\$|<[^>]*>/g, "")));
}

/** Code comments that have no Chinese twin. Comments without a word are no comments. */
export function untranslatedComments(lesson: Lesson): string[] {
  return lesson.blocks.flatMap((block) => {
    if (block.kind !== "code" && block.kind !== "task") return [];
    const missing = translatable(block.source).filter((text) => /[A-Za-z]{2,}/.test(text) && !(text in block.comments));
    return missing.map((text) => `${block.id}: no Chinese for "// ${text}"`);
  });
}

/** What a plot says to people. */
const spoken = /\b(title|subtitle|caption|[xyz]Label)\s*:\s*$/;

/** Titles and axes of plots that have no Chinese twin; a name without a word, such as "x", needs none. */
export function untranslatedPlots(lesson: Lesson): string[] {
  return lesson.blocks.flatMap((block) => {
    if (block.kind !== "code" && block.kind !== "task") return [];
    const titles = pieces(block.source).filter(({ kind, start, text }) => kind === "string" && spoken.test(block.source.slice(0, start)) && /[A-Za-z]{2,}/.test(text.replace(/\$\{[^}]*\}/g, "")));
    return titles.filter(({ text }) => !(text in block.strings)).map(({ text }) => `${block.id}: no Chinese for the plot's ${text}`);
  });
}
