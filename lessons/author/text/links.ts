import { existsSync } from "node:fs";
import { join } from "node:path";
import type { CheckedLesson } from "../../checks/node/load.js";
import { error, type Finding } from "../finding.js";
import { texts } from "./language.js";

/** Links to files of the project exist; pictures are never fetched from elsewhere, because a lesson works offline. */
export function reviewLinks(checked: CheckedLesson): Finding[] {
  const findings: Finding[] = [];
  for (const { where, text } of texts(checked)) {
    for (const [, picture, target] of `${text.en}\n${text.zh}`.matchAll(/(!?)\[[^\]]*\]\(([^)\s]+)[^)]*\)/g)) {
      const abroad = /^[a-z]+:/i.test(target!);
      if (picture && abroad) findings.push(error("links")(`${where}: the picture ${target} is fetched from elsewhere; put it beside the lesson`));
      if (!abroad && !target!.startsWith("#") && !existsSync(join(checked.folder, target!.split("#")[0]!))) findings.push(error("links")(`${where}: nothing at ${target}`));
    }
  }
  return findings;
}
