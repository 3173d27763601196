import { moduleErrors } from "./explanations-modules.js";
import { syntaxErrors } from "./explanations-syntax.js";
import { valueErrors } from "./explanations-values.js";

/** What one error means to a learner: what happened, in terms of values, then the usual next step. Two short sentences at most. */
export interface Explanation {
  codes: number[];
  /** Only for messages of this shape; its groups fill `{1}`, `{2}`, ... Default: the quoted parts of the message, in order. */
  when?: RegExp;
  en: string;
  zh: string;
}

/** In order of trial: the more special first. */
export const explanations: readonly Explanation[] = [...syntaxErrors, ...moduleErrors, ...valueErrors];
