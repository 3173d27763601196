import { answers as nn } from "./ml/nn.js";
import { answers as data } from "./ml/data.js";
import { answers as training } from "./ml/training.js";
import type { Adapter, OracleCase } from "../contract.js";

/** The rooms of the learning toolkit; each answers kinds of its own. */
const answers: Record<string, (input: OracleCase["input"], expected: any) => unknown> = { ...data, ...nn, ...training };

export const adapter: Adapter = {
  handles: (input) => Object.hasOwn(answers, String(input["kind"])),
  answer: (input, expected) => answers[String(input["kind"])]!(input, expected),
};
