/** The three files of a lesson that is small, whole and the author's to replace. `…` marks what to write. */
export function template({ id, title, titleZh, checks }: { id: string; title: string; titleZh: string; checks: string }): Record<string, string> {
  return { "lesson.en.md": english(id, title), "lesson.zh.md": chinese(id, titleZh), "checks.ts": check(checks) };
}

const english = (id: string, title: string) => `---
id: ${id}
title: ${JSON.stringify(title)}
level: beginner
minutes: 40
points: 3
prerequisites: []
data: []
objectives:
  - text: average numbers by hand
    tasks: [mean, q-mean]
terms:
  - { en: baseline, zh: 基线 }
ranges:
  - { cell: answer, value: "mean(waits)", from: 20, to: 25 }
---

## One person, one question {#hook}

Who asks, and what surprises them? Sixty to a hundred words, no definition yet. …

\`\`\`ts id=waits
// minutes that five patients waited
const waits = [12, 45, 8, 30, 15];
waits
\`\`\`

## By hand {#hand}

The idea on a few numbers that fit on paper. The mean is the simplest baseline there is. …

::: predict guess
Is the mean wait above or below twenty minutes?

- above
- below
:::

\`\`\`ts id=mean task points=2
// The mean of some numbers.
function mean(values: number[]): number {
  // BEGIN SOLUTION
  // STUB // TODO: add them up, and divide
  // STUB return NaN;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
  // END SOLUTION
}
\`\`\`

\`\`\`ts id=answer
mean(waits)
\`\`\`

It is 22 minutes: one long wait pulls it up. …

::: quiz q-mean
Why is the mean larger than most of the waits?

- [ ] The program rounds up.
  > Nothing is rounded here.
- [x] One patient waited very long.
  > Yes: 45 minutes weigh as much as four short waits.
:::

## How this goes wrong {#wrong}

Break it on purpose, name the symptom, mend it. …

## People {#people}

Who gains, who is left out, what does it cost? A question without one right answer. …

## Remember {#close}

Three sentences, and one thing to try at home. …
`;

const chinese = (id: string, title: string) => `---
id: ${id}
title: ${JSON.stringify(title)}
objectives: [动手算平均数]
---

## 一个人，一个问题 {#hook}

谁在问？什么让人意外？一百字上下，先不下定义。……

\`\`\`ts id=waits
// minutes that five patients waited => 五位病人等了多少分钟
\`\`\`

## 动手算 {#hand}

用写得下的几个数讲清想法。平均数是最简单的基线（baseline）。……

::: predict guess
平均等待时间比二十分钟长，还是短？

- 长
- 短
:::

\`\`\`ts id=mean
// The mean of some numbers. => 几个数的平均。
// TODO: add them up, and divide => 待完成：先相加，再除
\`\`\`

\`\`\`ts id=answer
\`\`\`

是 22 分钟：一次很长的等待把它拉高了。……

::: quiz q-mean
为什么平均数比大多数等待时间都长？

- [ ] 程序往上取整了。
  > 这里没有取整。
- [x] 有一位病人等了很久。
  > 对：45 分钟抵得上四次短的等待。
:::

## 会怎样出错 {#wrong}

故意弄坏它，说出症状，再修好。……

## 人 {#people}

谁得益？谁被落下？代价是什么？一个没有标准答案的问题。……

## 记住这些 {#close}

三句话，再加一件回家可以试的事。……
`;

const check = (from: string) => `import { defineCheck } from ${JSON.stringify(from)};

export const mean = defineCheck({
  id: "mean",
  points: 2,
  title: { en: "The mean", zh: "平均数" },
  hints: [
    { en: "What do you do with the numbers first, and how many are there?", zh: "先拿这些数做什么？一共有几个？" },
    { en: "The sum divided by \`___\`.", zh: "总和除以 \`___\`。" },
  ],
  async run(student, t) {
    const what = "mean([1, 2, 6])";
    const value = t.number(await student.call("mean", [[1, 2, 6]]), { what });
    t.that(value !== 9, {
      saw: { en: \`\${what} is \${value}.\`, zh: \`\${what} 是 \${value}。\` },
      expected: { en: "The mean of the three numbers.", zh: "应该是三个数的平均。" },
      cause: { en: "Do you sum where you should average?", zh: "该取平均的地方是不是用了求和？" },
    });
    t.close(value, 3, { what });
    return t.pass({ en: "1, 2 and 6 share out as 3 each.", zh: "1、2、6 平分下来，每份是 3。" });
  },
  wrong: [{ name: "sums", edit: [" / values.length", ""], expects: /sum where you should average/ }],
});
`;
