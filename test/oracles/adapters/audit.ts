import * as privacy from "../../../kernel/helpers/privacy/index.js";
import type { Adapter } from "../contract.js";

type Input = Record<string, any>; // oxlint-disable-line no-explicit-any -- oracle files are untyped JSON

const answers: Record<string, (input: Input) => unknown> = {
  "clopper-pearson": ({ tp, positives, fp, negatives, significance, delta }) => {
    const { tprLower, fprUpper, epsilon } = privacy.epsilonLowerBound({ truePositives: tp, positives, falsePositives: fp, negatives }, { significance, delta });
    return { tprLower, fprUpper, epsilonLower: epsilon };
  },
  "one-run-counts": ({ canaries, guesses, correct, significance, delta, epsilons }) => {
    const counts = { canaries, guesses, correct };
    return {
      epsilonLower: privacy.oneRunAudit(counts, { significance, delta }).epsilon,
      pValues: epsilons.map((epsilon: number) => ({ epsilon, p: privacy.oneRunPValue(counts, { epsilon, delta }) })),
    };
  },
  scores: ({ threshold, significance, delta, fprs, ...input }) => {
    const scores = { in: input["in"], out: input["out"] };
    const roc = privacy.attackRoc(scores);
    const audit = (method: "clopperPearson" | "oneRun", at: number | "bonferroni") => privacy.auditScores(scores, { method, threshold: at, significance, delta });
    const explicit = audit("clopperPearson", threshold);
    return {
      rocAuc: roc.auc, rocAucOfConvexHull: roc.hullAuc, hullThresholds: roc.hull.length, maxAccuracy: roc.maxAccuracy,
      tprAtFprDeterministic: fprs.map((fpr: number) => privacy.tprAtFpr(roc, { fpr })),
      tprAtFprRandomised: fprs.map((fpr: number) => privacy.tprAtFpr(roc, { fpr, method: "randomised" })),
      explicit: { threshold, tp: explicit.truePositives, fp: explicit.falsePositives, clopperPearson: explicit.epsilon, oneRun: audit("oneRun", threshold).epsilon },
      bonferroniOverHull: { clopperPearson: audit("clopperPearson", "bonferroni").epsilon, oneRun: audit("oneRun", "bonferroni").epsilon },
    };
  },
  "gdp-conversion": ({ mu, epsilons }) => privacy.gdpConversion(mu, { epsilons }),
};

export const adapter: Adapter = {
  handles: ({ kind }) => String(kind) in answers,
  answer: (input) => answers[String(input["kind"])]!(input),
};
