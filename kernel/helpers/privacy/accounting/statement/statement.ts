import { notebookLanguage } from "../../../../display/language.js";
import { known, oneOf, whole } from "../../../arguments.js";
import { displaySymbol } from "../../../../display/contract.js";
import { accountant } from "../accountant.js";
import { gaussian } from "../events/make.js";
import { dpsgd, type DpsgdOptions } from "../dpsgd.js";
import { userEpsilon } from "../group.js";
import { chinese, english, type Figures } from "./words.js";

export interface StatementOptions extends DpsgdOptions {
  /** The most examples that one person may have in the data; default 1. */
  recordsPerUser?: number;
  /** Default: the notebook's. */
  language?: "en" | "zh";
}

export interface Statement extends Figures {
  readonly language: "en" | "zh";
  /** The statement in Markdown. */
  readonly text: string;
}

/**
 * What a model card should say about the privacy of a DP-SGD training, in words: the figures with and without help from sampling, what each takes
 * for granted, for one example and for all examples of one person, and what is not covered.
 *
 * @param options those of `privacy.dpsgd`; `recordsPerUser`, `language`.
 * @returns the figures and `text`; shows itself in a notebook.
 * @example
 * const told = privacy.statement({ examples: 10000, batchSize: 64, epochs: 5, noiseMultiplier: 1, delta: 1e-6, recordsPerUser: 3 });
 * told.epsilonWithoutSampling // 13.376
 * told.userEpsilon // 6.425
 */
export function statement(options: StatementOptions): Statement {
  const { recordsPerUser = 1, language = notebookLanguage(), ...training } = options;
  known(options, ["examples", "batchSize", "epochs", "steps", "noiseMultiplier", "delta", "accountant", "recordsPerUser", "language"]);
  whole({ recordsPerUser }, 1);
  oneOf({ language }, ["en", "zh"]);
  const cost = dpsgd(training);
  const start = accountant(options.accountant ?? {});
  const { delta } = options;
  const figures: Figures = {
    ...cost, examples: options.examples, batchSize: options.batchSize, noiseMultiplier: options.noiseMultiplier, recordsPerUser, accountant: start.kind, neighbours: start.neighbours,
    userEpsilon: recordsPerUser === 1 ? cost.epsilon : userEpsilon(start.compose(cost.event), { records: recordsPerUser, delta }),
    userEpsilonWithoutSampling: recordsPerUser === 1 ? cost.epsilonWithoutSampling
      : userEpsilon(start.compose(gaussian({ noiseMultiplier: options.noiseMultiplier }), cost.epochs), { records: recordsPerUser, delta }),
  };
  const text = (language === "zh" ? chinese : english)(figures);
  const result = { ...figures, language, text };
  Object.defineProperty(result, displaySymbol, { value: () => ({ "text/markdown": text, "text/plain": text }) });
  return Object.freeze(result);
}
