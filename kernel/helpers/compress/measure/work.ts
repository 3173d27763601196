import { known, oneOf, shown, whole } from "../../arguments.js";

/** What a layer does to one example. Sizes are whole numbers; `bias` is true by default. */
export type LayerWork =
  /** `positions`: how often it is applied to one example (tokens of a sequence), default 1. */
  | { type: "dense"; inputs: number; units: number; positions?: number; bias?: boolean }
  | { type: "conv2d"; inputChannels: number; filters: number; kernel: readonly [number, number]; output: readonly [height: number, width: number]; groups?: number; bias?: boolean }
  | { type: "depthwise"; channels: number; multiplier?: number; kernel: readonly [number, number]; output: readonly [height: number, width: number]; bias?: boolean }
  /** Multi-head attention with projections of queries, keys, values and output, all of `width`. `keys`: default as many as tokens. */
  | { type: "attention"; tokens: number; width: number; keys?: number; bias?: boolean }
  | { type: "recurrent"; cell: "simple" | "gru" | "lstm"; inputs: number; units: number; steps: number; bias?: boolean }
  | { type: "norm"; kind: "batch" | "layer"; channels: number; positions?: number }
  | { type: "pool"; channels: number; kernel: readonly [number, number]; output: readonly [height: number, width: number] };

export interface Work {
  readonly parameters: number;
  /** Multiplications whose products are added up. */
  readonly macs: number;
  /** Single additions, multiplications and comparisons beside them: biases, normalisation, pooling, gates, the softmax of attention. */
  readonly other: number;
  /** `2 macs + other`. */
  readonly flops: number;
}

const fields: Readonly<Record<LayerWork["type"], readonly string[]>> = {
  dense: ["inputs", "units", "positions", "bias"],
  conv2d: ["inputChannels", "filters", "kernel", "output", "groups", "bias"],
  depthwise: ["channels", "multiplier", "kernel", "output", "bias"],
  attention: ["tokens", "width", "keys", "bias"],
  recurrent: ["cell", "inputs", "units", "steps", "bias"],
  norm: ["kind", "channels", "positions"],
  pool: ["channels", "kernel", "output"],
};

/**
 * Parameters and operations of one layer for one example.
 *
 * - dense: `inputs x units` macs a position. conv2d: `h w (inputChannels / groups) filters` a pixel of the output. depthwise: `h w channels multiplier` a pixel.
 * - attention: `(2 tokens + 2 keys) width^2` for the projections and `2 tokens keys width` for scores and mixture, whatever the number of heads.
 * - recurrent: `gates units (inputs + units)` a step, with 1 (simple), 3 (gru), 4 (lstm) gates; beside that 0, 5 and 4 operations a unit and step for the state.
 * - norm: batch 2 a value (scale and shift, as at inference), layer 7 (mean, centre, square and add, divide, scale, shift). pool: one a value of the window.
 * - Activation functions are not counted here; `modelCost` counts one a value.
 *
 * @throws `unknown type: conv3d (known: ...)`; `expected filters to be a multiple of groups 3, got 8`
 * @example
 * compress.layerCost({ type: "conv2d", inputChannels: 3, filters: 32, kernel: [3, 3], output: [112, 112], bias: false }).macs // 10838016
 * compress.layerCost({ type: "dense", inputs: 784, units: 10 }) // { parameters: 7850, macs: 7840, other: 10, flops: 15690 }
 */
export function layerCost(work: LayerWork): Work {
  oneOf({ type: work?.type }, Object.keys(fields) as LayerWork["type"][]);
  known(work, ["type", ...fields[work.type]]);
  for (const [name, value] of Object.entries(work)) {
    if (typeof value === "number") whole({ [name]: value }, 1);
    if (Array.isArray(value)) value.forEach((size) => whole({ [name]: size }, 1));
  }
  for (const name of fields[work.type]) if (!["positions", "bias", "groups", "multiplier", "keys"].includes(name) && (work as unknown as Record<string, unknown>)[name] === undefined) throw new TypeError(`expected ${name} of a ${work.type} layer, got ${shown(undefined)}`);
  const { parameters, macs, other } = count(work);
  return Object.freeze({ parameters, macs, other, flops: 2 * macs + other });
}

function count(work: LayerWork): Omit<Work, "flops"> {
  const bias = "bias" in work && work.bias === false ? 0 : 1;
  switch (work.type) {
    case "dense": {
      const { inputs, units, positions = 1 } = work;
      return { parameters: inputs * units + bias * units, macs: inputs * units * positions, other: bias * units * positions };
    }
    case "conv2d": {
      const { inputChannels, filters, kernel: [h, w], output: [height, width], groups = 1 } = work;
      for (const [name, value] of [["inputChannels", inputChannels], ["filters", filters]] as const) if (value % groups !== 0) throw new RangeError(`expected ${name} to be a multiple of groups ${groups}, got ${value}`);
      const kernel = h * w * (inputChannels / groups) * filters;
      return { parameters: kernel + bias * filters, macs: kernel * height * width, other: bias * filters * height * width };
    }
    case "depthwise": {
      const { channels, multiplier = 1, kernel: [h, w], output: [height, width] } = work;
      const outputs = channels * multiplier;
      return { parameters: h * w * outputs + bias * outputs, macs: h * w * outputs * height * width, other: bias * outputs * height * width };
    }
    case "attention": {
      const { tokens, width, keys = tokens } = work;
      // Softmax: an exponential, a sum and a division a score, as if of one head; the scaling is one more.
      return { parameters: 4 * (width * width + bias * width), macs: (2 * tokens + 2 * keys) * width * width + 2 * tokens * keys * width, other: bias * (2 * tokens + 2 * keys) * width + 4 * tokens * keys };
    }
    case "recurrent": {
      const { cell, inputs, units, steps } = work;
      const gates = { simple: 1, gru: 3, lstm: 4 }[oneOf({ cell }, ["simple", "gru", "lstm"])];
      const state = { simple: 0, gru: 5, lstm: 4 }[cell];
      return { parameters: gates * (units * (inputs + units) + bias * units), macs: gates * units * (inputs + units) * steps, other: (gates * bias + state) * units * steps };
    }
    case "norm": {
      const { kind, channels, positions = 1 } = work;
      return { parameters: (oneOf({ kind }, ["batch", "layer"]) === "batch" ? 4 : 2) * channels, macs: 0, other: (kind === "batch" ? 2 : 7) * channels * positions };
    }
    case "pool":
      return { parameters: 0, macs: 0, other: work.kernel[0] * work.kernel[1] * work.output[0] * work.output[1] * work.channels };
  }
}
