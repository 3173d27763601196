import { oneOf } from "../../arguments.js";
import type { MakePretrained, PretrainedModels } from "./contract.js";
import { modelFiles } from "./files.js";
import { minilm } from "./minilm.js";
import { useLite } from "./use-lite.js";

/** One file a model. */
const models: { [Name in keyof PretrainedModels]: MakePretrained<PretrainedModels[Name]> } = { minilm, "use-lite": useLite };

export type PretrainedName = keyof PretrainedModels;

/**
 * A pretrained encoder with its tokenizer, from weights that set-up has fetched and checked: nothing is loaded from a network here. `data.card(name)` says where it comes from
 * and what it has read.
 * "use-lite": the Universal Sentence Encoder Lite of Google, English, 2 layers, 6.7 million values; it also has `embed(texts)`.
 * "minilm": an English encoder of the BERT family (all-MiniLM-L6-v2: 6 layers, width 384, 22.6 million values).
 *
 * @returns the encoder as trainable layers, the `tokenizer` that belongs to it; `dispose` frees it
 * @throws `unknown name: x (known: ...)`; `the weights of use-lite are not on this machine: ...`, with what to do
 * @see Cer et al. (2018), "Universal Sentence Encoder"; Wang et al. (2020), "MiniLM"; Reimers and Gurevych (2019), "Sentence-BERT"
 * @example
 * const use = await text.pretrained("use-lite");
 * use.embed(["a cat", "a kitten"]).shape // [2, 512]
 * use.dispose();
 * const { tokenizer, encoder } = await text.pretrained("minilm");
 * tokenizer.encode("chest pain").tokens // ["[CLS]", "chest", "pain", "[SEP]"]
 * encoder.parameters // 22565376
 */
export async function pretrained<Name extends PretrainedName>(name: Name): Promise<PretrainedModels[Name]> {
  oneOf({ name: String(name) }, Object.keys(models));
  return models[name](await modelFiles(name));
}
