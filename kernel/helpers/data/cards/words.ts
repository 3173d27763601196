import type { Language } from "../../../display/language.js";

/** What a data card calls its lines. */
interface Words {
  readonly colon: string;
  readonly source: string;
  readonly licence: string;
  readonly cite: string;
  readonly protected: string;
  readonly noneNamed: string;
  readonly knownFault: string;
  readonly people: string;
  readonly purpose: string;
  readonly misuse: string;
  readonly missing: string;
  readonly warning: string;
  readonly contact: string;
  readonly hash: string;
  readonly unsaid: string;
  readonly comma: string;
  /** The five things that a card may leave unsaid. */
  readonly parts: Readonly<Record<"purpose" | "misuse" | "people" | "citation" | "contact", string>>;
  rows(count: number): string;
  columns(count: number): string;
  weights(count: number): string;
  pictures(count: number, classes: number | undefined): string;
}

const shown = (count: number): string => count.toLocaleString("en-US");
const many = (count: number, noun: string): string => `${shown(count)} ${noun}${count === 1 ? "" : "s"}`;

const en: Words = {
  colon: ":", comma: ", ", source: "Source", licence: "Licence", cite: "Cite", protected: "Columns about who somebody is", noneNamed: "none named", knownFault: "Known fault", people: "People",
  purpose: "Made for", misuse: "Not for", missing: "Missing values", warning: "Worth a look", contact: "Contact", hash: "SHA-256 of the rows", unsaid: "Not said",
  parts: { purpose: "purpose", misuse: "misuse", people: "people", citation: "citation", contact: "contact" },
  rows: (count) => many(count, "row"),
  columns: (count) => many(count, "column"),
  weights: (count) => many(count, "weight"),
  pictures: (count, classes) => `${many(count, "picture")} of ${classes ?? "unnamed"} classes`,
};

const zh: Words = {
  colon: "：", comma: "、", source: "来源", licence: "许可", cite: "引用", protected: "说明一个人是谁的列", noneNamed: "没有标出", knownFault: "已知缺陷", people: "人",
  purpose: "用途", misuse: "不应用于", missing: "缺失值", warning: "值得一看", contact: "联系人", hash: "各行的 SHA-256", unsaid: "没有说明",
  parts: { purpose: "用途", misuse: "不应用于什么", people: "人", citation: "引用", contact: "联系人" },
  rows: (count) => `${shown(count)} 行`,
  columns: (count) => `${shown(count)} 列`,
  weights: (count) => `${shown(count)} 个权重`,
  pictures: (count, classes) => `${shown(count)} 张图片，${classes === undefined ? "类别未命名" : `${classes} 类`}`,
};

export const cardWords: Readonly<Record<Language, Words>> = { en, zh };

/** A line of a card: nothing where there is nothing to say. */
export const line = (words: Words, title: string, value: string | undefined): string[] => (value ? [`- **${title}${words.colon}** ${value}`] : []);

/** Names as code. */
export const listed = (words: Words, names: readonly string[]): string => names.map((name) => `\`${name}\``).join(words.comma);
