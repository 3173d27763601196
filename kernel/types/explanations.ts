export interface Explanation {
  codes: number[];
  /** Only for messages of this shape; its groups fill `{1}`, `{2}`, ... Default: the quoted parts of the message. */
  when?: RegExp;
  en: string;
  zh: string;
}

export const explanations: readonly Explanation[] = [
  { codes: [2304, 2552], en: "No cell that has run defines {1}. Check the spelling, or run the cell that defines it first.", zh: "已运行的单元格都没有定义 {1}。请检查拼写，或先运行定义它的单元格。" },
];
