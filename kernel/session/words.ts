/** What the session says to people, in both languages. */
const english = {
  interrupted: "The cell was interrupted. Variables are kept.",
  lost: "All variables are lost; a new process is starting. Run the cells you need again.",
  exit: (code: number) => `The cell ended the process: process.exit(${code}).`,
  memory: (mb: number) => `The notebook ran out of memory (limit ${mb} MB).`,
  killed: "The process that runs the cells was killed.",
  crashed: (how: string) => `The process that runs the cells crashed (${how}).`,
  loopKilled: "The cell could not be stopped gently, so its process was ended.",
  native: "The cell is inside a long native operation and will stop when that returns. Interrupt again to end its process (variables would be lost).",
  recursion: "a function calls itself without end: check the case that should stop it.",
  rejection: "Not caught by any cell:",
  more: (n: number) => (n === 1 ? "1 more error." : `${n} more errors.`),
  notStarted: (why: string) => `The process that runs cells could not be started: ${why}`,
  disposed: "The session has ended.",
  cell: (n: number) => `Cell [${n}]`,
  line: (n: number) => `line ${n}`,
};

const chinese: typeof english = {
  interrupted: "单元格已中断，变量保留。",
  lost: "所有变量已丢失，新进程正在启动。请重新运行需要的单元格。",
  exit: (code) => `单元格结束了进程：process.exit(${code})。`,
  memory: (mb) => `笔记本内存用尽（上限 ${mb} MB）。`,
  killed: "运行单元格的进程被终止。",
  crashed: (how) => `运行单元格的进程崩溃（${how}）。`,
  loopKilled: "单元格无法平稳停止，其进程已被结束。",
  native: "单元格正在执行一个较长的底层操作，操作返回后即停止。再次中断会结束进程（变量将丢失）。",
  recursion: "函数无休止地调用自身：请检查应当结束递归的条件。",
  rejection: "没有单元格捕获此错误：",
  more: (n) => `还有 ${n} 个错误。`,
  notStarted: (why) => `无法启动运行单元格的进程：${why}`,
  disposed: "会话已结束。",
  cell: (n) => `Cell [${n}]`,
  line: (n) => `第 ${n} 行`,
};

export type Words = typeof english;

export function wordsFor(language: "en" | "zh" = "en"): Words {
  return language === "zh" ? chinese : english;
}
