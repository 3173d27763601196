/** What the debugger says to people. */
const english = {
  noLine: "no code from this line on",
  notPaused: "The program is not paused.",
  notAttached: "The debugger is off. Turn it on with the bug in the notebook's toolbar.",
  unknown: (command: string) => `The debugger does not know the command ${command}.`,
  graph: (name: string) => `${name} ran as one TensorFlow graph, so there were no lines to step into. Set a breakpoint inside the function: it then runs line by line.`,
  tooLong: (seconds: number) => `it took longer than ${seconds} s and was stopped`,
  waiting: "A late callback of an earlier cell is paused in the debugger: this cell runs when you continue.",
};

const chinese: typeof english = {
  noLine: "从这一行起没有代码",
  notPaused: "程序没有暂停。",
  notAttached: "调试器已关闭。点击笔记本工具栏中的虫子图标打开。",
  unknown: (command) => `调试器不认识命令 ${command}。`,
  graph: (name) => `${name} 作为一整个 TensorFlow 计算图运行，没有可以进入的行。在函数里设置断点，它就会逐行运行。`,
  tooLong: (seconds) => `运行超过 ${seconds} 秒，已停止`,
  waiting: "先前单元格的延迟回调正停在调试器中：继续执行后，本单元格才会运行。",
};

export type DebugWords = typeof english;

export const debugWords = (language: "en" | "zh" = "en"): DebugWords => (language === "zh" ? chinese : english);
