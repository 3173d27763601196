import type { CheckedLesson } from "../../checks/node/load.js";
import { error, warning, type Finding } from "../finding.js";
import { reviewCoverage } from "./covers.js";
import { untranslated, untranslatedComments, untranslatedPlots } from "./language.js";
import { limits } from "./limits.js";
import { reviewLinks } from "./links.js";
import { reviewTasks } from "./tasks.js";
import { reviewTerms } from "./terms.js";

/** Everything that can be said of a lesson without running it. */
export function reviewText(checked: CheckedLesson): Finding[] {
  return [
    ...reviewTasks(checked),
    ...[...untranslated(checked), ...untranslatedComments(checked.lesson), ...untranslatedPlots(checked.lesson)].map(error("language")),
    ...reviewTerms(checked),
    ...reviewCoverage(checked),
    ...reviewLinks(checked),
    ...limits(checked.lesson).map(warning("length")),
  ];
}
