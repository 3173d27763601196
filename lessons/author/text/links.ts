import { existsSync } from "node:fs";
import { join } from "node:path";
import type { CheckedLesson } from "../../checks/node/load.js";
import type { Block, Language } from "../../format/index.js";
import { error, type Finding } from "../finding.js";
import { texts } from "./language.js";

/** Links to files of the project exist; pictures are never fetched from elsewhere, because a lesson works offline. */
export function reviewLinks(checked: CheckedLesson): Finding[] {
  const findings: Finding[] = [];
  for (const language of ["en", "zh"] as const) if (!closing(checked.lesson.blocks, language).includes("](http")) findings.push(error("reading")(`its last section names nothing to read on (${language}): a link or two`));
  for (const { where, text } of texts(checked)) {
    for (const [, picture, target] of `${text.en}\n${text.zh}`.matchAll(/(!?)\[[^\]]*\]\(([^)\s]+)[^)]*\)/g)) {
      const abroad = /^[a-z]+:/i.test(target!);
      if (picture && abroad) findings.push(error("links")(`${where}: the picture ${target} is fetched from elsewhere; put it beside the lesson`));
      if (!abroad && !target!.startsWith("#") && !existsSync(join(checked.folder, target!.split("#")[0]!))) findings.push(error("links")(`${where}: nothing at ${target}`));
    }
  }
  return findings;
}

/** The prose of the last section. */
function closing(blocks: readonly Block[], language: Language): string {
  const last = blocks.findLastIndex(({ kind }) => kind === "section");
  return blocks.slice(last).map((block) => (block.kind === "prose" ? block.text[language] : "")).join("\n");
}
