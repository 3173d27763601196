import type { Language, Status, Text, Verdict } from "./contract.js";

/** Icon and word of a status. The word says what to do with it, not who is to blame. */
export function label(status: Status): { icon: string; word: Text; tone: "good" | "wait" | "bad" } {
  if (status === "passed") return { icon: "✓", word: { en: "Passed", zh: "通过" }, tone: "good" };
  if (status === "not-started") return { icon: "○", word: { en: "Not started", zh: "还没开始" }, tone: "wait" };
  if (status === "crashed") return { icon: "!", word: { en: "The check broke", zh: "检查出错" }, tone: "wait" };
  if (status === "missing") return { icon: "○", word: { en: "Nothing to check yet", zh: "还没有可检查的内容" }, tone: "wait" };
  return { icon: "✗", word: { en: "Not yet", zh: "还差一步" }, tone: "bad" };
}

/** The rows of a verdict's message: what I saw, what I expected, the likely cause, the next step; or the meaning of a pass. */
export function rows({ status, reason, meaning }: Verdict, language: Language): { name: string; text: string }[] {
  if (status === "passed") return meaning ? [{ name: "", text: meaning[language] }] : [];
  if (!reason) return [];
  const names = { saw: ["What I saw", "看到的"], expected: ["What I expected", "期望的"], cause: ["Likely cause", "可能的原因"], next: ["Next step", "下一步"] } as const;
  const fallback: Text = { en: "Open hint 1 below, change one thing, run the cell and this check again.", zh: "打开下面的提示 1，只改一处，再运行单元和检查。" };
  const parts = { ...reason, next: reason.next ?? fallback };
  return (["saw", "expected", "cause", "next"] as const).flatMap((part) => {
    const text = parts[part];
    return text ? [{ name: names[part][language === "en" ? 0 : 1], text: text[language] }] : [];
  });
}

/** The message as one text, as tests and reports read it. */
export function messageOf(verdict: Verdict, language: Language): string {
  return rows(verdict, language).map(({ text }) => text).join(language === "en" ? " " : "");
}

export function pointsText({ points, of }: { points: number; of: number }, language: Language): string {
  return language === "en" ? `${points} of ${of} ${of === 1 ? "point" : "points"}` : `${points} / ${of} 分`;
}

export function progressText({ passed, tasks, points, of }: { passed: number; tasks: number; points: number; of: number }, language: Language): string {
  return language === "en" ? `${passed} of ${tasks} tasks, ${pointsText({ points, of }, language)}` : `完成 ${passed} / ${tasks} 题，${pointsText({ points, of }, language)}`;
}
