import * as label from "../../../kernel/helpers/label/index.js";
import type { Adapter, OracleCase } from "../contract.js";

type Input = OracleCase["input"];
type Matrix = (number | null)[][];
const votes = (input: Input) => input["labels"] as Matrix;
const options = (input: Input) => ({ classes: input["classValues"] as number[], iterations: input["iterations"] as number, tolerance: 0 });

const answers: Record<string, (input: Input, expected: any) => unknown> = {
  "majority-vote": (input) => {
    const { probabilities, labels } = label.majorityVote(votes(input), { classes: input["classValues"] as number[] });
    return { probabilities, labelsWhereUnique: labels };
  },
  "dawid-skene": (input) => {
    const { probabilities, priors, confusion } = label.dawidSkene(votes(input), options(input));
    return { probabilities, priors, workerConfusionTrueByObserved: confusion };
  },
  "one-coin": (input) => label.oneCoin(votes(input), options(input)),
  glad: (input, expected) => {
    const { alphas, betas } = input["eStep"] as { alphas: number[]; betas: number[] };
    const exact = label.glad(votes(input), { classes: [0, 1], iterations: 1, start: { abilities: alphas, easiness: betas } });
    const fit = label.glad(votes(input), { classes: [0, 1], iterations: input["iterations"] as number });
    // The fit depends on the inner solver: within fitTolerance it counts as equal.
    const near = fit.probabilities.map((row, i) => row.map((p, k) => (Math.abs(p - expected.fitProbabilities[i][k]) <= expected.fitTolerance ? expected.fitProbabilities[i][k] : p)));
    const clear = fit.labels.map((name, i) => (expected.fitLabelsWhereClear[i] === null ? null : name));
    return { eStepProbabilities: exact.probabilities, fitProbabilities: near, fitLabelsWhereClear: clear, fitTolerance: expected.fitTolerance };
  },
  mace: (input) => {
    const { alpha, beta, strategyPrior, smoothing, initialSpamming, initialThetas } = input as any;
    const { classes, iterations } = options(input);
    const fit = label.mace(votes(input), { classes, iterations, method: input["method"] as "vb", alpha, beta, strategyPrior, smoothing, start: { spamming: initialSpamming, strategy: initialThetas } });
    return { probabilities: fit.probabilities, knowingProbability: fit.competence, spammingWeights: fit.spamming, thetas: fit.strategy };
  },
  agreement: (input, expected) => {
    const classes = input["classValues"] as number[];
    const alpha = (level: label.Level) => label.krippendorffAlpha(votes(input), { classes, level });
    const kappa = (a: number, b: number, weights: "none" | "linear" | "quadratic") => label.cohenKappa(votes(input), { classes, annotators: [a, b], weights });
    return {
      krippendorffNominal: alpha("nominal"),
      krippendorffOrdinal: alpha("ordinal"),
      krippendorffInterval: alpha("interval"),
      ...("krippendorffRatio" in expected && { krippendorffRatio: alpha("ratio") }),
      ...("fleissKappa" in expected && { fleissKappa: label.fleissKappa(votes(input), { classes }) }),
      cohenPairs: expected.cohenPairs?.map(({ a, b }: { a: number; b: number }) => ({ a, b, kappa: kappa(a, b, "none"), linear: kappa(a, b, "linear"), quadratic: kappa(a, b, "quadratic") })),
    };
  },
  "confident-joint": (input) => {
    const data = { labels: input["labels"] as number[], probabilities: input["predProbs"] as number[][] };
    const { thresholds, counts, joint } = label.confidentJoint(data);
    return { thresholds, countsUncalibrated: counts, joint, selfConfidence: label.labelQuality(data), normalizedMargin: label.labelQuality(data, { rankBy: "normalizedMargin" }) };
  },
  "label-errors": (input) => {
    const data = { labels: input["labels"] as number[], probabilities: input["predProbs"] as number[][] };
    const ranked = (rankBy: "selfConfidence" | "normalizedMargin") => label.labelErrors(data, { rankBy }).map(({ index }) => index);
    return { selfConfidence: ranked("selfConfidence"), normalizedMargin: ranked("normalizedMargin") };
  },
  "lf-analysis": (input) => {
    const rows = input["votes"] as (number | null)[][];
    return label.analyse({ functions: rows[0]!.map((_, j) => `rule ${j}`), classes: [0, 1, 2], votes: rows }, { truth: input["truth"] as number[] });
  },
  propagate: (input) => label.propagate({ points: input["points"] as number[][], labels: input["labels"] as (number | null)[] }, input["options"] as label.PropagateOptions),
  fleiss: (input) => ({ kappa: label.fleissKappa(votes(input)) }),
  bio: (input) => {
    const tags = input["tags"] as string[];
    const spans = label.bioToSpans(tags);
    return { spans, tags: label.spansToBio(spans, tags) };
  },
  "label-model": (input, expected) => {
    const rows = input["votes"] as (number | null)[][];
    const { labels, accuracies } = label.labelModel({ functions: rows[0]!.map((_, j) => `rule ${j}`), classes: [0, 1], votes: rows });
    return {
      labelsWhereClear: labels.map((one, i) => (expected.labelsWhereClear[i] === null ? null : one)),
      rankOfFunctions: [...accuracies.keys()].sort((a, b) => accuracies[b]! - accuracies[a]!),
    };
  },
  active: (input) => {
    const members = input["members"] as number[][][];
    const sure = (measure: "entropy" | "leastConfidence" | "margin") => label.uncertainty(members[0]!, { measure });
    const apart = (measure: "voteEntropy" | "consensusEntropy" | "klDivergence") => label.committee(members, { measure });
    return { entropy: sure("entropy"), leastConfidence: sure("leastConfidence"), margin: sure("margin"), voteEntropy: apart("voteEntropy"), consensusEntropy: apart("consensusEntropy"), klDivergence: apart("klDivergence") };
  },
};

export const adapter: Adapter = {
  handles: (input) => String(input["kind"]) in answers,
  answer: (input, expected) => answers[String(input["kind"])]!(input, expected),
};
