import { finite, fraction, known, nonNegative, oneOf, positive, shown, whole } from "../../arguments.js";
import type { Config, DecoderOptions, EncoderOptions } from "./contract.js";
import { activationNames } from "./layers.js";
import type { SinusoidalOptions } from "./positions.js";

const names = ["vocabSize", "positions", "width", "heads", "layers", "hidden", "norm", "finalNorm", "position", "waves", "activation", "dropout", "epsilon", "seed", "initialDeviation", "embeddingWidth", "embeddingScale", "embeddingNorm"];

/** Checks and completes the options. */
export function configOf(kind: "encoder" | "decoder", options: EncoderOptions & DecoderOptions): Readonly<Config> {
  known(options, [...names, ...(kind === "encoder" ? ["padding", "segments"] : ["tied"])]);
  const width = whole({ width: options.width ?? 64 }, 1);
  const heads = whole({ heads: options.heads ?? 4 }, 1);
  const norm = oneOf({ norm: options.norm ?? (kind === "decoder" ? "pre" : "post") }, ["pre", "post"]);
  const config: Config = {
    kind, width, heads, norm,
    vocabSize: whole({ vocabSize: options.vocabSize }, 1),
    positions: whole({ positions: options.positions }, 1),
    layers: whole({ layers: options.layers ?? 2 }, 1),
    hidden: whole({ hidden: options.hidden ?? 4 * width }, 1),
    finalNorm: options.finalNorm ?? norm === "pre",
    position: oneOf({ position: options.position ?? "learned" }, ["learned", "sinusoidal", "rotary", "none"]),
    waves: wavesOf(options.waves),
    activation: oneOf({ activation: options.activation ?? "gelu" }, activationNames),
    dropout: fraction({ dropout: options.dropout ?? 0 }),
    epsilon: positive({ epsilon: options.epsilon ?? 1e-5 }),
    seed: options.seed ?? 0,
    initialDeviation: nonNegative({ initialDeviation: options.initialDeviation ?? 0.02 }),
    embeddingWidth: whole({ embeddingWidth: options.embeddingWidth ?? width }, 1),
    embeddingScale: finite({ embeddingScale: options.embeddingScale ?? 1 }),
    embeddingNorm: options.embeddingNorm ?? false,
    segments: whole({ segments: options.segments ?? 0 }),
    tied: kind === "decoder" && (options.tied ?? true),
    ...(options.padding !== undefined && { padding: whole({ padding: options.padding }) }),
  };
  for (const inner of new Set([width, config.embeddingWidth])) if (inner % heads !== 0) throw new RangeError(`expected heads to divide ${inner}, got ${heads}`);
  if (config.padding !== undefined && config.padding >= config.vocabSize) throw new RangeError(`expected padding below vocabSize ${config.vocabSize}, got ${config.padding}`);
  if (config.tied && config.embeddingWidth !== width) throw new RangeError(`expected tied: false where embeddingWidth ${config.embeddingWidth} is not the width ${width}, got ${shown(true)}`);
  return Object.freeze(config);
}

function wavesOf(waves: SinusoidalOptions = {}): Required<SinusoidalOptions> {
  known(waves, ["layout", "base"]);
  return Object.freeze({ layout: oneOf({ layout: waves.layout ?? "interleaved" }, ["interleaved", "halves"]), base: positive({ base: waves.base ?? 10000 }) });
}
