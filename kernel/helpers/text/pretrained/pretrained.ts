import { oneOf } from "../../arguments.js";
import type { Pretrained } from "./contract.js";
import { minilm } from "./minilm.js";

/** One file a model; each reads its weights from `lessons/data/weights`. */
const models = { minilm };

export type PretrainedName = keyof typeof models;

/**
 * A language model that was trained before, ready to be used, frozen or trained further: `minilm`, an English encoder of the BERT family
 * (all-MiniLM-L6-v2: 6 layers, width 384, 22.6 million weights). `data.card(name)` says where it comes from and what it has read.
 *
 * @returns `encoder` as `text.encoder` makes it, the `tokenizer` that belongs to it, `dispose`
 * @throws `unknown name: bert (known: minilm)`; `the weights of minilm are not on this machine: ...` with the command that fetches them
 * @see Wang et al. (2020), "MiniLM"; Reimers and Gurevych (2019), "Sentence-BERT"
 * @example
 * const { tokenizer, encoder } = await text.pretrained("minilm");
 * tokenizer.encode("chest pain").tokens // ["[CLS]", "chest", "pain", "[SEP]"]
 * encoder.parameters // 22565376
 */
export async function pretrained(name: PretrainedName): Promise<Pretrained> {
  const load = models[oneOf({ name }, Object.keys(models) as PretrainedName[])];
  return Object.freeze({ name, ...(await load()) });
}
