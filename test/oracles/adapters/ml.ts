import { answers as compress } from "./ml/compress.js";
import { answers as nn } from "./ml/nn.js";
import { answers as data } from "./ml/data.js";
import { answers as graph } from "./ml/graph.js";
import { answers as recommend } from "./ml/recommend.js";
import { answers as text } from "./ml/text.js";
import { answers as training } from "./ml/training.js";
import { answers as vision } from "./ml/vision.js";
import type { Adapter, OracleCase } from "../contract.js";

/** The rooms of the learning toolkit; each answers kinds of its own. */
const answers: Record<string, (input: OracleCase["input"], expected: any) => unknown> = { ...compress, ...data, ...graph, ...nn, ...recommend, ...text, ...training, ...vision };

export const adapter: Adapter = {
  handles: (input) => Object.hasOwn(answers, String(input["kind"])),
  answer: (input, expected) => answers[String(input["kind"])]!(input, expected),
};
