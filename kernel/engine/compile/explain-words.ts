import { count } from "../../display/escape.js";
import { notebookLanguage, type Language } from "../../display/language.js";
import type { ExplainedVariant } from "./explain.js";

type What = ExplainedVariant["inputs"][number]["what"];

/** Everything that an explanation says. */
interface Words {
  readonly none: string;
  readonly what: Readonly<Record<What, string>>;
  readonly head: readonly string[];
  readonly largerLonger: string;
  readonly newValue: string;
  more(kinds: number): string;
  eager(why: string | undefined, calls: number): string;
  operations(variant: Pick<ExplainedVariant, "mode" | "calls" | "xla"> & { operations: { length: number } }): string;
  takes(inputs: readonly (readonly [number, What])[], constants: { count: number; values: number }, updates: number): string;
  makes(after: number, before: number, fused: readonly string[]): string;
  times(oneByOne: string, graph: string): string;
  picture(operations: number, steps: number, inputs: number): string;
  operation(op: string, shape: string, microseconds: string, line: string | undefined, updates: string | undefined): string;
}

const en: Words = {
  none: "No graph: it has not been called, or this engine (WebAssembly) runs it operation by operation.",
  what: { argument: "tensor argument", variable: "variable", number: "number that may change", captured: "tensor from outside" },
  head: ["operation", "times", "microseconds", "share", "called at"],
  largerLonger: "operation: larger, longer",
  newValue: "gives a variable its new value",
  more: (kinds) => `${kinds} more kinds`,
  eager: (why, calls) => `Runs operation by operation${why ? `: ${why}` : `; the graph is made after a few calls (${count(calls, "call")} so far)`}.`,
  operations: ({ operations, mode, xla, calls }) =>
    `${count(operations.length, "operation")} in one call${mode === "follow" ? ", beside the step's own JavaScript, because numbers in it change" : ""}${xla ? ", fused by XLA" : ""}. Called ${count(calls, "time")}.`,
  takes(inputs, constants, updates) {
    const many = { argument: "tensor arguments", variable: "variables", number: "numbers that may change", captured: "tensors from outside" };
    return `Takes ${inputs.map(([n, what]) => count(n, en.what[what], many[what])).join(", ") || "nothing"}; ${count(constants.count, "constant")} inside (${count(constants.values, "number")}). Gives new values to ${count(updates, "variable")}.`;
  },
  makes: (after, before, fused) => `TensorFlow makes ${after} of the ${before}${fused.length ? `, fused: ${fused.join(", ")}` : ""}.`,
  times: (oneByOne, graph) => `One by one ${oneByOne} ms, as a graph ${graph} ms.`,
  picture: (operations, steps, inputs) => `The graph: ${operations} operations in ${steps} steps that follow on each other, from ${inputs} inputs`,
  operation: (op, shape, microseconds, line, updates) => `${op} ${shape}, ${microseconds} microseconds${line === undefined ? "" : `, ${line}`}${updates ? `; the new value of ${updates}` : ""}`,
};

const zh: Words = {
  none: "没有计算图：还没有调用过，或者这个引擎（WebAssembly）逐个运算地执行。",
  what: { argument: "张量参数", variable: "变量", number: "可能变化的数", captured: "外面的张量" },
  head: ["运算", "次数", "微秒", "占比", "调用处"],
  largerLonger: "运算：越大越费时",
  newValue: "给变量赋新值",
  more: (kinds) => `另外 ${kinds} 种`,
  // The reason is one of the engine's own sentences, in English.
  eager: (why, calls) => `逐个运算地执行${why ? `：${why}` : `；调用几次之后才生成计算图（至今 ${calls} 次）`}。`,
  operations: ({ operations, mode, xla, calls }) => `一次调用 ${operations.length} 个运算${mode === "follow" ? "，另外还运行这一步自己的 JavaScript，因为其中的数会变" : ""}${xla ? "，由 XLA 融合" : ""}。调用过 ${calls} 次。`,
  takes: (inputs, constants, updates) => `输入：${inputs.map(([n, what]) => `${n} 个${zh.what[what]}`).join("、") || "无"}；内含 ${constants.count} 个常量（${constants.values} 个数）。给 ${updates} 个变量赋新值。`,
  makes: (after, before, fused) => `TensorFlow 把 ${before} 个运算变成 ${after} 个${fused.length ? `，融合成：${fused.join("、")}` : ""}。`,
  times: (oneByOne, graph) => `逐个执行 ${oneByOne} 毫秒，作为一张图 ${graph} 毫秒。`,
  picture: (operations, steps, inputs) => `计算图：${operations} 个运算，前后相接 ${steps} 步，从 ${inputs} 个输入出发`,
  operation: (op, shape, microseconds, line, updates) => `${op} ${shape}，${microseconds} 微秒${line === undefined ? "" : `，${line}`}${updates ? `；${updates} 的新值` : ""}`,
};

const words: Readonly<Record<Language, Words>> = { en, zh };

/** In the notebook's language. */
export const explainWords = (): Words => words[notebookLanguage()];
