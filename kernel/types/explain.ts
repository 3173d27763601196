import { explanations } from "./explanations.js";
export type Language = "en" | "zh";

/** The error in plain words; undefined where we have none better than the compiler's. */
export function explain(code: number, message: string, language: Language): string | undefined {
  for (const { codes, when, en, zh } of explanations) {
    if (!codes.includes(code)) continue;
    const match = (when ?? /'([^']*)'(?:[^']*'([^']*)')?(?:[^']*'([^']*)')?/).exec(message);
    if (when && !match) continue;
    return fill(language === "zh" ? zh : en, match);
  }
  return undefined;
}

/** `did you mean 'length'?`, where the compiler names a candidate. */
export function suggestionIn(code: number, message: string, language: Language): string | undefined {
  const found = /[Dd]id you (?:mean|forget)(?: to (?:use|write|call|access|include))?(?: the (?:static |instance )?member)? ?'([^']+)'/.exec(message);
  if (!found) return undefined;
  return language === "zh" ? `你是不是想写 '${found[1]}'？` : `Did you mean '${found[1]}'?`;
}

/** `{1}` is the first quoted part of the compiler's message. */
function fill(template: string, match: RegExpExecArray | null): string | undefined {
  let complete = true;
  const text = template.replace(/\{(\d)\}/g, (_, index: string) => {
    const part = match?.[Number(index)];
    if (part === undefined) complete = false;
    return part === undefined ? "" : shorten(part);
  });
  return complete ? text : undefined;
}

/** A long type says less than its beginning. */
const shorten = (text: string): string => {
  const line = text.replace(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
};
