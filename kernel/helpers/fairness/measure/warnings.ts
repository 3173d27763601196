/** What a reader must know before a figure is used. */
export interface Warning {
  /**
   * `smallGroup`: fewer rows (or positives, or negatives) than `smallest`; `emptyGroup`: a crossed group without rows, NaN everywhere and left out;
   * `undefinedRate`: a denominator was 0 and `zeroDivision` stands in its place; `leftOut`: NaN was left out of the spread;
   * `singleGroup`: there is nothing to compare; `noRatio`: values below 0 or 0/0 have no ratio.
   */
  kind: "smallGroup" | "emptyGroup" | "undefinedRate" | "leftOut" | "singleGroup" | "noRatio";
  group?: string;
  /** The level of the control features, where there are any. */
  level?: string;
  metric?: string;
  count?: number;
  basis?: "rows" | "positives" | "negatives";
  message: string;
}

/** A warning in words of either language; `message` of a warning is the English one. */
export function warningText({ kind, group, level, metric, count, basis }: Omit<Warning, "message">, language: "en" | "zh" = "en"): string {
  const where = level === undefined ? group : `${level}, ${group}`;
  const zh = language === "zh";
  switch (kind) {
    case "smallGroup": {
      const what = zh ? { rows: "行", positives: "个正例", negatives: "个负例" }[basis!] : count === 1 ? basis!.slice(0, -1) : basis;
      return zh ? `群体 ${where} 只有 ${count} ${what}：其数值不可靠` : `group ${where} has only ${count} ${what}: its figures are unreliable`;
    }
    case "emptyGroup": return zh ? `群体 ${where} 没有任何行：其指标为 NaN，不参与比较` : `group ${where} has no rows: its metrics are NaN and are left out of comparisons`;
    case "undefinedRate": return zh ? `群体 ${where} 的 ${metric} 没有定义（分母为 0）：按 zeroDivision 取值` : `${metric} of group ${where} is undefined (its denominator is 0): zeroDivision stands in its place`;
    case "leftOut": return zh ? `${metric}：群体 ${where} 的值为 NaN，不参与比较` : `${metric}: group ${where} is NaN and is left out of comparisons`;
    case "singleGroup": return zh ? `只有一个群体 ${where}：没有可比较的对象` : `there is only one group, ${where}: nothing to compare`;
    case "noRatio": return zh ? `${metric} 没有比值：出现负值，或比值为 0/0` : `${metric} has no ratio: a value is negative, or it is 0/0`;
  }
}

export const warning = (facts: Omit<Warning, "message">): Warning => ({ ...facts, message: warningText(facts) });
