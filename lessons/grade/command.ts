import { parseArgs } from "node:util";
import { gradeNotebook } from "./grade.js";
import { csv, table } from "./print.js";
import type { GradeReport } from "./report.js";

export const usage = `lyceum grade SUBMISSION.ipynb... [--json | --csv]

Grades submitted notebooks. Given cells and checks come from the lesson's source, a learner's code from task cells only;
it runs in a process of its own, and only a check that says "passed" earns points.

  --json            one JSON object with all reports
  --csv             one row a submission, one column a task
  --lesson ID       the lesson, where the notebook does not name it
  --lessons DIR     a folder of NN-slug lesson folders, instead of the project's own
  --language en|zh  language of the messages, instead of the notebook's
  --time SECONDS    for a whole submission (default 300)
  --cell SECONDS    for one cell or check (default 30)

Exit code: 0 all graded, 1 some could not be graded or ran out of time, 2 wrong usage.
`;

const options = {
  json: { type: "boolean" }, csv: { type: "boolean" }, help: { type: "boolean", short: "h" }, lesson: { type: "string" },
  lessons: { type: "string" }, language: { type: "string" }, time: { type: "string" }, cell: { type: "string" },
} as const;

/** `lyceum grade`. Marks go to stdout, the progress to stderr. */
export async function run(args: string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    if (values.help) return say(usage);
    if (positionals.length === 0) throw new TypeError("expected at least one SUBMISSION.ipynb");
    if (values.language !== undefined && values.language !== "en" && values.language !== "zh") throw new TypeError(`expected --language en or zh, got ${values.language}`);
    if (values.json && values.csv) throw new TypeError("expected --json or --csv, got both");
    const limits = { ...seconds("--time", values.time, "total"), ...seconds("--cell", values.cell, "cell") };
    const reports: GradeReport[] = [];
    for (const file of positionals) {
      const report = await gradeNotebook(file, { lesson: values.lesson, lessons: values.lessons, language: values.language, limits });
      reports.push(report);
      process.stderr.write(`${reports.length}/${positionals.length} ${report.student}: ${report.status}, ${report.points} of ${report.of} points, ${report.seconds} s\n`);
    }
    say(values.json ? `${JSON.stringify({ reports }, null, 1)}\n` : values.csv ? csv(reports) : table(reports));
    return reports.every((report) => report.status === "graded") ? 0 : 1;
  } catch (error) {
    process.stderr.write(`lyceum grade: ${(error as Error).message}\nlyceum grade --help tells more.\n`);
    return 2;
  }
}

function seconds(option: string, text: string | undefined, key: "total" | "cell"): Partial<Record<"total" | "cell", number>> {
  if (text === undefined) return {};
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new RangeError(`expected ${option} > 0 seconds, got ${text}`);
  return { [key]: value * 1000 };
}

function say(text: string): 0 {
  process.stdout.write(text);
  return 0;
}
