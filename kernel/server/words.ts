/** What the server itself says to people, in both languages. */
const english = {
  aborted: "This cell did not run, because a cell before it failed.",
  cutText: (lines: number, megabytes: number) =>
    `\n[Output cut here: this cell printed more than ${lines.toLocaleString("en")} lines or ${megabytes} MB. It goes on running; to end it, interrupt the kernel.]\n`,
  cutDisplays: (count: number) => `\n[Output cut here: this cell displayed more than ${count.toLocaleString("en")} things. It goes on running; to end it, interrupt the kernel.]\n`,
  cutInterrupt: "\n[What was printed after this is not shown, because the cell was interrupted.]\n",
  broken: "The kernel could not answer:",
};

const chinese: typeof english = {
  aborted: "前面的单元格出错，此单元格没有运行。",
  cutText: (lines, megabytes) => `\n[输出在此截断：此单元格打印超过 ${lines.toLocaleString("en")} 行或 ${megabytes} MB。它仍在运行；要停止请中断内核。]\n`,
  cutDisplays: (count) => `\n[输出在此截断：此单元格显示了超过 ${count.toLocaleString("en")} 项。它仍在运行；要停止请中断内核。]\n`,
  cutInterrupt: "\n[单元格已被中断，此后的输出不再显示。]\n",
  broken: "内核无法回答：",
};

export type ServerWords = typeof english;

export function serverWords(language: "en" | "zh"): ServerWords {
  return language === "zh" ? chinese : english;
}
