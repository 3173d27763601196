import { number } from "../../../display/number.js";
import type { Spread } from "../measure/spread.js";

import type { Language } from "../../../display/language.js";

export type { Language };

/** Names of the figures of a report, and which measure of fairness each one's difference is. */
export const metricWords = {
  selectionRate: { en: "selection rate", zh: "入选率", fair: { en: "demographic parity", zh: "人口统计均等" } },
  baseRate: { en: "base rate", zh: "基础率", fair: { en: "equal base rates", zh: "基础率相等" } },
  accuracy: { en: "accuracy", zh: "准确率", fair: { en: "overall accuracy equality", zh: "总体准确率相等" } },
  truePositiveRate: { en: "true-positive rate", zh: "真正例率", fair: { en: "equal opportunity", zh: "机会均等" } },
  falsePositiveRate: { en: "false-positive rate", zh: "假正例率", fair: { en: "predictive equality", zh: "预测平等" } },
  precision: { en: "precision", zh: "精确率", fair: { en: "predictive parity", zh: "预测均等" } },
  calibrationError: { en: "calibration error", zh: "校准误差", fair: { en: "equal calibration", zh: "校准相等" } },
  meanError: { en: "mean error", zh: "平均误差", fair: { en: "equal mean error", zh: "平均误差相等" } },
  meanAbsoluteError: { en: "mean absolute error", zh: "平均绝对误差", fair: { en: "equal absolute error", zh: "绝对误差相等" } },
} as const;
export type ReportMetric = keyof typeof metricWords;

const percent = (value: number): string => (Number.isNaN(value) ? "NaN" : `${number(100 * value, 3)}%`);

/** One measure in a sentence: who has most, who least, how far apart. */
export function reading(metric: ReportMetric, one: Spread, share: boolean, language: Language): string {
  const words = metricWords[metric];
  const shown = share ? percent : (value: number) => number(value);
  const gap = share ? `${number(100 * one.difference, 3)}` : number(one.difference);
  if (one.lowest === undefined) return language === "zh" ? `${words.zh}：没有任何群体有数值。` : `The ${words.en} is undefined in every group.`;
  if (one.difference === 0) return language === "zh" ? `${words.zh}：所有群体相同（${shown(one.max)}），满足${words.fair.zh}。` : `The ${words.en} is the same in all groups (${shown(one.max)}): ${words.fair.en} holds.`;
  return language === "zh"
    ? `${words.zh}（${words.fair.zh}）：${one.highest} 最高，为 ${shown(one.max)}；${one.lowest} 最低，为 ${shown(one.min)}；相差 ${gap}${share ? " 个百分点" : ""}。`
    : `The ${words.en} (${words.fair.en}) is highest for ${one.highest}, ${shown(one.max)}, and lowest for ${one.lowest}, ${shown(one.min)}: ${gap}${share ? " percentage points" : ""} apart.`;
}

export const phrases = {
  en: {
    title: (rows: number, groups: number) => `Fairness report: ${rows.toLocaleString("en-US")} rows, ${groups} groups`,
    group: "group", rows: "rows", difference: "difference (max - min)", ratio: "ratio (min / max)", warnings: "Before you rely on these figures", reading: "What the figures say",
    convention: "Differences are max - min over groups, never negative, 0 is parity (fairlearn's convention). AIF360's are unprivileged - privileged, with a sign.",
    fourFifths: (ratio: number) => `The lowest selection rate is ${percent(ratio)} of the highest: ${ratio < 0.8 ? "below" : "not below"} the four-fifths mark that some regulators use as a first look. It is no proof either way.`,
    clash: "Base rates differ between groups. Then precision, false-positive rate and false-negative rate cannot all be equal unless the prediction is perfect: choose what matters here, and say why.",
    end: "No figure here says that a model is fair. It says where to look, and whom to ask.",
    byMetric: "Metrics by group", calibrated: "Calibration by group", score: "mean score", positives: "share of positives", perfect: "perfect", value: "value", rate: "rate",
  },
  zh: {
    title: (rows: number, groups: number) => `公平性报告：${rows.toLocaleString("en-US")} 行，${groups} 个群体`,
    group: "群体", rows: "行数", difference: "差（最大 - 最小）", ratio: "比（最小 / 最大）", warnings: "使用这些数值之前", reading: "这些数值说明了什么",
    convention: "差为各群体的最大值减最小值，不会为负，0 表示均等（fairlearn 的约定）。AIF360 的差为非优势群体减优势群体，带符号。",
    fourFifths: (ratio: number) => `最低入选率是最高入选率的 ${percent(ratio)}：${ratio < 0.8 ? "低于" : "不低于"}一些监管机构用来初步判断的五分之四标准。无论哪种情况，它都不是证明。`,
    clash: "各群体的基础率不同。此时，除非预测完美，精确率、假正例率和假负例率不可能同时相等：请选择这里最重要的一项，并说明理由。",
    end: "这里没有任何数值能说明模型是公平的。它们只说明该看哪里、该问谁。",
    byMetric: "各群体的指标", calibrated: "各群体的校准", score: "平均分数", positives: "正例比例", perfect: "完美", value: "数值", rate: "比率",
  },
} as const;
