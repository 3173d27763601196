import { say } from "../../../display/language.js";
import { known, oneOf } from "../../arguments.js";
import { number } from "../../../display/number.js";
import type { Label } from "../examples/contract.js";
import { frozen, shownBy, tableUnder } from "../show.js";
import { countConfusion, type ClassesOption, type Predicted } from "./confusion.js";

export interface ReportOptions extends ClassesOption {
  /** What stands where nothing can be divided by (no prediction of a class, no example of it): 0 (default), 1, or "NaN". `undefinedMetrics` names the places. */
  zeroDivision?: 0 | 1 | "NaN";
}

export interface Scores {
  /** Of those predicted to be of the class, the share that is. */
  readonly precision: number;
  /** Of those of the class, the share that was found. */
  readonly recall: number;
  /** Harmonic mean of the two. */
  readonly f1: number;
  /** Examples of the class. */
  readonly support: number;
}

export interface ClassScores extends Scores {
  readonly class: Label;
}

export interface ClassificationReport {
  readonly classes: readonly ClassScores[];
  /** Share of right predictions. */
  readonly accuracy: number;
  /** Plain mean over classes. */
  readonly macro: Scores;
  /** Mean over classes weighted by their support. */
  readonly weighted: Scores;
  /** From the counts of all classes together; for single labels all three are the accuracy. */
  readonly micro: Scores;
  /** Places where nothing could be divided by: `precision of "c": it is never predicted`. */
  readonly undefinedMetrics: readonly string[];
}

/**
 * Precision, recall and F1 of each class, and their macro, weighted and micro means.
 *
 * Source: the numbers of scikit-learn's `classification_report`. A class never predicted has precision 0 there and here (`zeroDivision`), but here it is also named.
 *
 * @throws as `confusionMatrix`
 * @example
 * const report = nn.classificationReport({ truth: ["a", "a", "b", "b"], predicted: ["a", "b", "b", "b"] });
 * report.classes[1].precision // 0.667
 * report.macro.f1 // 0.733
 * report.accuracy // 0.75
 */
export function classificationReport(data: Predicted, options: ReportOptions = {}): ClassificationReport {
  known(options, ["classes", "zeroDivision"]);
  const { classes, counts } = countConfusion(data, options.classes);
  const given = oneOf({ zeroDivision: String(options.zeroDivision ?? 0) }, ["0", "1", "NaN"]);
  const instead = Number(given);
  const undefinedMetrics: string[] = [];
  const divide = (a: number, b: number, what: string, why: string): number => {
    if (b > 0) return a / b;
    undefinedMetrics.push(`${what}: ${why}`);
    return instead;
  };
  const rows = counts.map((row) => row.reduce((a, b) => a + b, 0));
  const columns = counts.map((_, k) => counts.reduce((sum, row) => sum + row[k], 0));
  const total = rows.reduce((a, b) => a + b, 0);
  const name = (k: number) => (typeof classes[k] === "string" ? JSON.stringify(classes[k]) : String(classes[k]));
  const each = classes.map((one, k): ClassScores => {
    const precision = divide(counts[k][k], columns[k], `precision of ${name(k)}`, "it is never predicted");
    const recall = divide(counts[k][k], rows[k], `recall of ${name(k)}`, "it has no examples");
    // From the counts, as scikit-learn: defined unless the class is neither there nor predicted.
    const f1 = divide(2 * counts[k][k], rows[k] + columns[k], `f1 of ${name(k)}`, "it has no examples and is never predicted");
    return { class: one, precision, recall, f1, support: rows[k] };
  });
  const right = counts.reduce((sum, row, k) => sum + row[k], 0);
  const mean = (weight: (k: number) => number): Scores => {
    const sum = each.reduce((all, _, k) => all + weight(k), 0);
    const of = (key: "precision" | "recall" | "f1") => each.reduce((all, one, k) => (weight(k) > 0 ? all + weight(k) * one[key] : all), 0) / sum;
    return { precision: of("precision"), recall: of("recall"), f1: of("f1"), support: total };
  };
  const accuracy = right / total;
  const report: ClassificationReport = frozen({ classes: each, accuracy, macro: mean(() => 1), weighted: mean((k) => rows[k]), micro: { precision: accuracy, recall: accuracy, f1: accuracy, support: total }, undefinedMetrics });
  return shownBy({ ...report }, () => {
    const lines = [...each.map(({ class: one, ...scores }) => ({ class: String(one), ...scores })), { class: say("macro mean", "宏平均"), ...report.macro }, { class: say("weighted mean", "加权平均"), ...report.weighted }];
    return tableUnder(say(`Accuracy ${number(accuracy)} on ${number(total)} examples`, `${number(total)} 个样本上的准确率 ${number(accuracy)}`) + (undefinedMetrics.length ? say(`. Set to ${given}: `, `。以下取 ${given}：`) + undefinedMetrics.join("; ") : ""), lines);
  });
}
