import { LineCounter, parseDocument } from "yaml";
import { fail, type Place } from "./error.js";

/** The YAML between the two `---` lines, and the Markdown after it with the number of lines before it. */
export interface FrontMatter {
  values: Record<string, unknown>;
  /** Where a key stands. */
  place(key: string): Place;
  body: string;
  bodyLine: number;
}

export function readFrontMatter(file: string, source: string, known: readonly string[]): FrontMatter {
  const lines = source.replace(/\r\n/g, "\n").split("\n");
  const end = lines.indexOf("---", 1);
  if (lines[0] !== "---" || end < 0) fail({ file, line: 1 }, "expected the file to start with front matter between two lines of ---");
  const counter = new LineCounter();
  const document = parseDocument(lines.slice(1, end).join("\n"), { lineCounter: counter });
  const lineOf = (offset: number | undefined): number => (offset === undefined ? 1 : counter.linePos(offset).line + 1);
  for (const error of document.errors) fail({ file, line: lineOf(error.pos[0]) }, error.message.split("\n")[0]!);
  const values: unknown = document.toJS();
  if (typeof values !== "object" || values === null || Array.isArray(values)) fail({ file, line: 1 }, "expected front matter of `key: value` lines");
  const place = (key: string): Place => {
    const node: unknown = document.get(key, true);
    const range = typeof node === "object" && node !== null && "range" in node ? (node as { range?: [number, number, number] | null }).range : undefined;
    return { file, line: lineOf(range?.[0]) };
  };
  for (const key of Object.keys(values)) if (!known.includes(key)) fail(place(key), `unknown key "${key}" in the front matter, expected ${known.join(", ")}`);
  return { values: values as Record<string, unknown>, place, body: lines.slice(end + 1).join("\n"), bodyLine: end + 1 };
}

/** Readers of single keys: each says what it expected where. */
export function text({ values, place }: FrontMatter, key: string): string {
  const value = values[key];
  if (typeof value !== "string" || !value.trim()) fail(place(key), `expected ${key} to be a text, got ${JSON.stringify(value) ?? "nothing"}`);
  return value;
}

export function number({ values, place }: FrontMatter, key: string, fallback?: number): number {
  const value = values[key] ?? fallback;
  if (typeof value !== "number" || !Number.isFinite(value) || value < 0) fail(place(key), `expected ${key} to be a number >= 0, got ${JSON.stringify(value) ?? "nothing"}`);
  return value;
}

export function list({ values, place }: FrontMatter, key: string): unknown[] {
  const value = values[key] ?? [];
  if (!Array.isArray(value)) fail(place(key), `expected ${key} to be a list, got ${JSON.stringify(value)}`);
  return value;
}

export function texts(matter: FrontMatter, key: string): string[] {
  return list(matter, key).map((item) => {
    if (typeof item !== "string" || !item.trim()) fail(matter.place(key), `expected ${key} to be a list of texts, got ${JSON.stringify(item)}`);
    return item;
  });
}
