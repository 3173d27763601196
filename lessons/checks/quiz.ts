import type { Quiz, Text } from "../format/lesson.js";
import { answerName, letter } from "../format/notebook/quiz.js";
import type { Check } from "./contract.js";
import { defineCheck } from "./define.js";

/** A quiz as a check: the learner's letters are read from `scaleAnswer`; what comes back explains the choice. */
export function quizCheck(quiz: Quiz): Check {
  const name = answerName(quiz.id);
  const letters = quiz.choices.map((_, index) => letter(index));
  return defineCheck({
    id: quiz.id,
    points: quiz.points,
    title: { en: "Question", zh: "小测" },
    hints: [
      { en: "Read the paragraph above the question once more: which sentence speaks about it?", zh: "再读一遍题目上面那一段：哪一句讲的是它？" },
      { en: "For each choice, ask what you would see in your own run if it were true.", zh: "对每个选项问一句：如果它是真的，你自己运行的结果里会看到什么？" },
    ],
    wrong: [],
    async run(student, t) {
      const value = await student.value(name);
      const chosen = Array.isArray(value) ? [...new Set<unknown>(value)] : value === "" ? [] : [value];
      const known = chosen.filter((item): item is string => typeof item === "string" && letters.includes(item));
      const list = letters.join(", ");
      t.that(known.length === chosen.length && known.length > 0, {
        saw: chosen.length ? { en: `${name} holds something that is no choice here.`, zh: `${name} 里有不是选项的内容。` } : { en: `${name} is still empty.`, zh: `${name} 还是空的。` },
        expected: { en: `Letters among ${list}.`, zh: `应该是 ${list} 中的字母。` },
        next: { en: "Write your choice, run the cell, then this check.", zh: "写下你的选择，运行单元，再运行检查。" },
      });
      const picked = quiz.choices.filter((_, index) => known.includes(letter(index)));
      const wrong = picked.filter((choice) => !choice.right);
      const missed = quiz.choices.filter((choice) => choice.right).length - (picked.length - wrong.length);
      const told = (choices: typeof picked, language: keyof Text): string => choices.map((choice) => `${letter(quiz.choices.indexOf(choice))}: ${choice.why[language]}`).join(" ");
      if (wrong.length) {
        t.fail({
          saw: { en: `You chose ${known.join(", ")}.`, zh: `你选了 ${known.join("、")}。` },
          expected: { en: told(wrong, "en"), zh: told(wrong, "zh") },
          next: { en: "Think again, change the letter, run both cells.", zh: "再想一想，改一下字母，运行这两个单元。" },
        });
      }
      if (missed > 0) {
        t.fail({
          saw: { en: `You chose ${known.join(", ")}, and that is right as far as it goes.`, zh: `你选了 ${known.join("、")}，选的都对。` },
          expected: { en: `${missed === 1 ? "One more choice is" : `${missed} more choices are`} right too.`, zh: `还有 ${missed} 个选项也对。` },
          next: { en: "Go through the others once more.", zh: "把其余选项再看一遍。" },
        });
      }
      return t.pass({ en: told(picked, "en"), zh: told(picked, "zh") });
    },
  });
}
