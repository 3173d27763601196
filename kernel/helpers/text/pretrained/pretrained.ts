import { oneOf } from "../../arguments.js";
import { describeDataset, pathsOf } from "../../data/package.js";
import { readDataBytes } from "../../data/source.js";
import type { MakePretrained, PretrainedModels } from "./contract.js";
import { useLite } from "./use-lite.js";

const models: { [Name in keyof PretrainedModels]: MakePretrained<PretrainedModels[Name]> } = { "use-lite": useLite };

/**
 * A pretrained encoder with its tokenizer, from weights that set-up has fetched and checked: nothing is loaded from a network here.
 * "use-lite": the Universal Sentence Encoder Lite of Google, English, 2 layers, 6.7 million values; it also has `embed(texts)`.
 *
 * @returns the encoder as trainable layers; `dispose` frees it
 * @throws `unknown name: x (known: ...)`; `the weights of use-lite are not on this machine: ...`, with what to do
 * @see Cer et al. (2018), "Universal Sentence Encoder"
 * @example
 * const use = await text.pretrained("use-lite");
 * use.embed(["a cat", "a kitten"]).shape // [2, 512]
 * use.dispose();
 */
export async function pretrained<Name extends keyof PretrainedModels>(name: Name): Promise<PretrainedModels[Name]> {
  oneOf({ name: String(name) }, Object.keys(models));
  const paths = pathsOf(await describeDataset(name));
  let files: Uint8Array[];
  try {
    files = await Promise.all(paths.map(readDataBytes));
  } catch (error) {
    throw new Error(`the weights of ${name} are not on this machine: with a network, run \`lyceum weights ${name}\` once, then this cell again`, { cause: error });
  }
  return models[name](files);
}
