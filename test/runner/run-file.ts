import { run } from "node:test";
import { inspect } from "node:util";

export interface TestOutcome {
  name: string;
  status: "passed" | "failed" | "skipped";
  milliseconds: number;
  /** What went wrong, for people; failed tests only. */
  error?: string;
}

export interface FileOutcome {
  file: string;
  milliseconds: number;
  tests: TestOutcome[];
  /** What the file printed, shown only where it failed. */
  output: string;
}

interface TestEvent {
  name: string;
  nesting: number;
  skip?: string | boolean;
  todo?: string | boolean;
  details: { duration_ms: number; type?: string; error?: Error & { cause?: unknown; failureType?: string } };
}

/** Run one compiled test file in a process of its own with node:test. A file that holds no test counts as a failure. */
export async function runFile(file: string, timeout: number): Promise<FileOutcome> {
  const started = performance.now();
  const tests: TestOutcome[] = [];
  let output = "";
  const stream = run({ files: [file], concurrency: 1, timeout });
  const take = (event: TestEvent, status: "passed" | "failed") => {
    const { name, details, skip } = event;
    const { error } = details;
    // A suite only repeats the verdict of its tests; the file itself is reported as a test when it failed to load or is empty.
    if (details.type === "suite" || error?.failureType === "subtestsFailed") return;
    if (name === file && status === "passed") return;
    const skipped = skip !== undefined && skip !== false;
    tests.push({
      name: name === file ? "the file runs to its end" : name,
      status: skipped ? "skipped" : status,
      milliseconds: details.duration_ms,
      ...(status === "failed" && !skipped && { error: describeFailure(error) }),
    });
  };
  stream.on("test:pass", (event) => take(event as unknown as TestEvent, "passed"));
  stream.on("test:fail", (event) => take(event as unknown as TestEvent, "failed"));
  stream.on("test:stdout", ({ message }) => (output += message));
  stream.on("test:stderr", ({ message }) => (output += message));
  for await (const _ of stream);
  if (tests.length === 0) tests.push({ name: "the file holds a test", status: "failed", milliseconds: 0, error: "no test ran" });
  return { file, milliseconds: performance.now() - started, tests, output };
}

function describeFailure(error: (Error & { cause?: unknown }) | undefined): string {
  const cause = error?.cause ?? error;
  const text = cause instanceof Error ? (cause.stack ?? cause.message) : typeof cause === "string" ? cause : inspect(cause, { depth: 4 });
  const lines = text.split("\n").filter((line) => !/^\s+at .*node:internal/.test(line));
  return lines.length > 40 ? [...lines.slice(0, 40), `... ${lines.length - 40} more lines`].join("\n") : lines.join("\n");
}
