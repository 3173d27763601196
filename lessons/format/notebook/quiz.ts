import type { Language, Quiz } from "../lesson.js";

/** What the learner calls the n-th choice: a, b, c ... */
export const letter = (index: number): string => String.fromCharCode(97 + index);

/** The name of the constant that holds the learner's answer: quiz `why-scale` asks for `whyScaleAnswer`. */
export function answerName(id: string): string {
  return `${id.replace(/-+([a-z0-9])?/g, (_, next: string | undefined) => (next ?? "").toUpperCase())}Answer`;
}

/** The question with its lettered choices. */
export function quizMarkdown({ question, choices, multi, points }: Quiz, language: Language): string {
  const head = { en: `**Question** (${points} ${points === 1 ? "point" : "points"})`, zh: `**小测**（${points} 分）` }[language];
  const rule = multi ? { en: "\n\nSeveral answers may be right; choose all of them.", zh: "\n\n可能不止一个正确答案，全部选出来。" }[language] : "";
  const list = choices.map(({ text }, index) => `- **${letter(index)}** ${text[language].replaceAll("\n", "\n  ")}`);
  return `${head}\n\n${question[language]}${rule}\n\n${list.join("\n")}`;
}

/** The cell in which the learner answers: typed, so that a letter that does not exist is a type error at once. */
export function answerSource(quiz: Quiz, language: Language, solved: boolean): string {
  const letters = quiz.choices.map((_, index) => `"${letter(index)}"`);
  const right = quiz.choices.flatMap((choice, index) => (choice.right ? [letters[index]!] : []));
  const name = answerName(quiz.id);
  if (quiz.multi) {
    const comment = { en: `// put your letters between the brackets: ${letters.slice(0, 2).join(", ")}`, zh: `// 把选中的字母写进方括号：${letters.slice(0, 2).join(", ")}` }[language];
    return `${solved ? "" : `${comment}\n`}const ${name}: (${letters.join(" | ")})[] = [${solved ? right.join(", ") : ""}];`;
  }
  const comment = { en: "// put the letter of your choice between the quotes", zh: "// 把选中的字母写进引号" }[language];
  return `${solved ? "" : `${comment}\n`}const ${name}: "" | ${letters.join(" | ")} = ${solved ? right[0] : '""'};`;
}
