import { known, oneOf } from "../../arguments.js";
import type { Figure } from "../../plot/figure.js";
import { bar } from "../../plot/bar.js";
import { line } from "../../plot/line.js";
import { byGroup, type ByGroup } from "../measure/by-group.js";
import type { Bootstrap } from "../measure/bootstrap.js";
import { calibration } from "../measure/calibration.js";
import type { Measured } from "../measure/input.js";
import { warningText } from "../measure/warnings.js";
import { show } from "./view.js";
import { notebookLanguage } from "../../../display/language.js";
import { metricWords, phrases, reading, type Language, type ReportMetric } from "./words.js";

export interface ReportInput extends Measured {
  truth: NonNullable<Measured["truth"]>;
  predicted: NonNullable<Measured["predicted"]>;
  /** "classes": rates of the positive class. "values": errors of a regression. Default "classes". */
  task?: "classes" | "values";
  bootstrap?: Bootstrap;
  smallest?: number;
  /** Default: the notebook's. */
  language?: Language;
}

export interface Report {
  readonly title: string;
  readonly table: ByGroup;
  /** One sentence a measure, then what to keep in mind. */
  readonly sentences: readonly string[];
  readonly warnings: readonly string[];
  /** Plotly figures: metrics by group and, with scores, calibration. */
  readonly figures: readonly Figure[];
  readonly language: Language;
}

/**
 * Figures by group, plots, and what they say in plain words, in English or Chinese. Shows itself in a notebook; the parts are plain data. States its sign convention, names small groups and
 * undefined rates, and says that unequal base rates forbid some measures to be equal at once.
 *
 * @throws as `byGroup`.
 * @example
 * const report = fairness.report({ truth: [1, 0, 1, 0], predicted: [1, 0, 1, 1], group: ["a", "a", "b", "b"] })
 * report.sentences[0] // "The selection rate (demographic parity) is highest for b, 100%, and lowest for a, 50%: 50 percentage points apart."
 * report.figures.length // 1
 * fairness.report({ truth: [1, 0, 1, 0], predicted: [1, 0, 1, 1], group: ["a", "a", "b", "b"], language: "zh" }).title // "公平性报告：4 行，2 个群体"
 */
export function report(input: ReportInput): Report {
  known(input, ["truth", "predicted", "group", "scores", "weights", "control", "positive", "task", "bootstrap", "smallest", "language"]);
  const { task: _task, language: _language, ...measured } = input;
  const language = oneOf({ language: input.language ?? notebookLanguage() }, ["en", "zh"]);
  const values = oneOf({ task: input.task ?? "classes" }, ["classes", "values"]) === "values";
  const names: ReportMetric[] = values ? ["meanError", "meanAbsoluteError"] : ["selectionRate", "baseRate", "accuracy", "truePositiveRate", "falsePositiveRate", "precision", ...(input.scores ? (["calibrationError"] as const) : [])];
  const table = byGroup({ ...measured, metrics: ["count", ...names] });
  const words = phrases[language];
  const sentences = names.map((name) => reading(name, table.spread[name], !values, language));
  if (!values) {
    const { ratio } = table.spread.selectionRate;
    if (!Number.isNaN(ratio)) sentences.push(words.fourFifths(ratio));
    if (table.spread.baseRate.difference > 0) sentences.push(words.clash);
  }
  sentences.push(words.convention, words.end);
  const groups = Object.keys(table.groups);
  const columns = Object.fromEntries(groups.map((group) => [group, names.map((name) => blank(table.groups[group][name]))]));
  const figures = [bar(columns, { x: names.map((name) => metricWords[name][language]), y: groups, title: words.byMetric, yLabel: values ? words.value : words.rate })];
  if (input.scores && !values) figures.push(calibrationPlot(input as ReportInput & { scores: ArrayLike<number> }, words));
  return show({ title: words.title(table.rows, groups.length), table, sentences, warnings: table.warnings.map((one) => warningText(one, language)), figures, language });
}

const blank = (value: number): number | null => (Number.isNaN(value) ? null : value);

function calibrationPlot({ truth, scores, group, weights, positive }: ReportInput & { scores: ArrayLike<number> }, words: (typeof phrases)[Language]): Figure {
  const found = calibration({ truth, scores, group, ...(weights && { weights }), ...(positive !== undefined && { positive }) });
  const points = Object.entries(found).flatMap(([name, { bins }]) => bins.filter(({ weight }) => weight > 0).map(({ meanScore, positiveShare }) => ({ x: meanScore, y: positiveShare, name })));
  const ideal = [0, 1].map((value) => ({ x: value, y: value, name: words.perfect }));
  return line([...points, ...ideal], { x: "x", y: "y", series: "name", title: words.calibrated, xLabel: words.score, yLabel: words.positives });
}
