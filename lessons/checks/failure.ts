import type { Reason, Status, Text } from "./contract.js";

/** An assertion that did not hold. Thrown inside a check, caught by `runCheck`. */
export class CheckFailure extends Error {
  override name = "CheckFailure";
  constructor(readonly reason: Reason) {
    super(reason.saw.en);
  }
}

type NoAnswer = Extract<Status, "missing" | "threw" | "timeout" | "too-large" | "unsupported" | "died">;

/** The student's side gave no usable answer. */
export class StudentFailure extends Error {
  override name = "StudentFailure";
  readonly reason: Reason;
  constructor(readonly status: NoAnswer, asked: string, message: string) {
    super(`${asked}: ${message}`);
    this.reason = reasons[status](asked, message);
  }
}

const text = (en: string, zh: string): Text => ({ en, zh });

const reasons: Record<NoAnswer, (asked: string, message: string) => Reason> = {
  missing: (asked) => ({
    saw: text(`I find no ${asked} in this notebook.`, `笔记本里找不到 ${asked}。`),
    expected: text(`The task's cell defines ${asked}.`, `这道题的单元应该定义 ${asked}。`),
    cause: text("Was the cell run since the last restart? Is the name spelt the same?", "重启之后运行过那个单元吗？名字拼写一致吗？"),
    next: text("Run the task's cell, then this check.", "先运行这道题的单元，再运行检查。"),
  }),
  threw: (asked, message) => ({
    saw: text(`${asked} stops with an error: ${clip(message)}`, `${asked} 出错停下了：${clip(message)}`),
    expected: text("It returns a value.", "应该返回一个值。"),
    cause: /\bTODO\b/.test(message) ? text("Is the placeholder still in one branch?", "是不是还有一处占位代码没换掉？") : text("Does it assume something that these arguments do not have?", "代码是不是依赖了这组参数没有的东西？"),
    next: text(`Call ${asked} yourself with small numbers and read the first line of the error.`, `自己用几个小数字调用 ${asked}，读一读错误的第一行。`),
  }),
  timeout: (asked, message) => ({
    saw: text(`${asked} gave no answer: ${clip(message)}.`, `${asked} 没有给出结果（${clip(message)}）。`),
    expected: text("It answers within seconds.", "几秒之内应该有结果。"),
    cause: text("Is there a loop whose condition never becomes false?", "有没有循环的条件永远不会变成假？"),
    next: text("Print the loop's counter for a few rounds.", "把循环变量打印几轮看看。"),
  }),
  "too-large": (asked, message) => ({
    saw: text(`The answer of ${asked} is too large to check: ${clip(message)}.`, `${asked} 的结果太大，无法检查（${clip(message)}）。`),
    expected: text("A result of the size that the task asks for.", "结果的大小应该符合题目要求。"),
    cause: text("Does a list grow in every round, or is a whole table returned?", "是不是列表每一轮都在变长，或者返回了整张表？"),
    next: text("Look at the length of what you return.", "看看返回值的长度。"),
  }),
  unsupported: (asked, message) => ({
    saw: text(`The answer of ${asked} cannot be read: ${clip(message)}.`, `读不了 ${asked} 的结果（${clip(message)}）。`),
    expected: text("Plain data: numbers, texts, arrays, objects or tensors.", "应该是普通数据：数字、文字、数组、对象或张量。"),
    cause: text("Is an await missing, or does an object refer to itself?", "是不是漏了 await，或者对象引用了自己？"),
    next: text("Display the value in a cell and look at what it holds.", "在单元里显示这个值，看看里面有什么。"),
  }),
  died: (asked) => ({
    saw: text(`The notebook's process ended while ${asked} was asked; its variables are lost.`, `询问 ${asked} 时，笔记本的进程结束了，变量已丢失。`),
    expected: text("It keeps running.", "它应该继续运行。"),
    cause: text("Does the code call process.exit, or use up the memory?", "代码是不是调用了 process.exit，或者用光了内存？"),
    next: text("Run the cells from the top again.", "从头重新运行各单元。"),
  }),
};

const clip = (message: string): string => {
  const line = message.split("\n")[0]!.trim().replace(/\.$/, "");
  return line.length > 200 ? `${line.slice(0, 197)}...` : line;
};
