import * as tf from "@tensorflow/tfjs";
import type { Scalar, Tensor1D } from "@tensorflow/tfjs";
import { inside, known, oneOf, positive, shown } from "../../arguments.js";

/** How a gradient's norm n becomes a factor: abadi min(1, C / n); opacus min(1, C / (n + 1e-6)); automatic C / (n + 0.01). */
export type ClipRule = "abadi" | "opacus" | "automatic";

export interface FlatClip {
  style?: "flat";
  /** C, the most that one example's gradient may weigh (L2), > 0. */
  norm: number;
  /** Default "abadi". */
  rule?: ClipRule;
}

export interface GroupClip {
  /** Each parameter, or each layer, is clipped on its own. */
  style: "perParameter" | "perLayer";
  /** In all: each of k groups gets norm / sqrt(k). Give this or `norms`. */
  norm?: number;
  /** For each group, by the parameter's or the layer's name. */
  norms?: Readonly<Record<string, number>>;
  rule?: ClipRule;
}

/** Andrew et al. 2021: the norm follows a quantile of the norms, told privately. */
export interface AdaptiveClip {
  style: "adaptive";
  /** To start with. Default 0.1. */
  norm?: number;
  /** Share of examples that should be below. Default 0.5. */
  quantile?: number;
  /** Default 0.2. */
  learningRate?: number;
  /** Standard deviation of the noise on the number of examples below. Default: a twentieth of the batch size. */
  countNoise?: number;
}

export type ClipOptions = number | FlatClip | GroupClip | AdaptiveClip;

/** A parameter's name, and the layer it belongs to. */
export interface Owned {
  readonly name: string;
  readonly layer: string;
}

export interface Clip {
  readonly style: "flat" | "perParameter" | "perLayer" | "adaptive";
  readonly rule: ClipRule;
  /** The group of each parameter. */
  readonly groups: readonly number[];
  readonly names: readonly string[];
  /** C of each group. */
  readonly norms: readonly number[];
  /** The most that one example can move the whole sum: the root of the sum of squares of the norms. */
  readonly sensitivity: number;
  readonly adaptive?: { readonly quantile: number; readonly learningRate: number; readonly countNoise: number | undefined };
}

export function resolveClip(options: ClipOptions, parameters: readonly Owned[]): Clip {
  if (typeof options === "number") return flat(positive({ clip: options }), "abadi", parameters);
  if (typeof options !== "object" || options === null) throw new TypeError(`expected clip to be a number or an object, got ${shown(options)}`);
  oneOf({ style: options.style ?? "flat" }, ["flat", "perParameter", "perLayer", "adaptive"]);
  if (options.style === "adaptive") {
    known(options, ["style", "norm", "quantile", "learningRate", "countNoise"]);
    const { norm = 0.1, quantile = 0.5, learningRate = 0.2, countNoise } = options;
    if (countNoise !== undefined) positive({ countNoise });
    return { ...flat(positive({ norm }), "abadi", parameters), style: "adaptive", adaptive: { quantile: inside({ quantile }), learningRate: positive({ learningRate }), countNoise } };
  }
  const rule = oneOf({ rule: options.rule ?? "abadi" }, ["abadi", "opacus", "automatic"]);
  if (options.style !== "perParameter" && options.style !== "perLayer") {
    known(options, ["style", "norm", "rule"]);
    return flat(positive({ norm: options.norm }), rule, parameters);
  }
  known(options, ["style", "norm", "norms", "rule"]);
  const { style, norm, norms } = options;
  if ((norm === undefined) === (norms === undefined)) throw new TypeError(`expected clip.norm or clip.norms, got ${norm === undefined ? "neither" : "both"}`);
  const owners = parameters.map((parameter) => (style === "perParameter" ? parameter.name : parameter.layer));
  const names = [...new Set(owners)];
  if (norms) known(norms, names);
  const each = names.map((name) => (norms ? positive({ [`norms["${name}"]`]: norms[name] }) : positive({ norm }) / Math.sqrt(names.length)));
  return { style, rule, names, groups: owners.map((owner) => names.indexOf(owner)), norms: each, sensitivity: Math.hypot(...each) };
}

const flat = (norm: number, rule: ClipRule, parameters: readonly Owned[]): Clip => ({ style: "flat", rule, names: ["all"], groups: parameters.map(() => 0), norms: [norm], sensitivity: norm });

/** An example's factor from its norm. */
export function clipFactor(norm: number, bound: number, rule: ClipRule): number {
  if (rule === "automatic") return bound / (norm + 0.01);
  if (rule === "opacus") return Math.min(1, bound / (norm + 1e-6));
  // C / max(n, C) is min(1, C / n), and right at n = 0.
  return bound / Math.max(norm, bound);
}

/** The same for a batch. */
export function clipFactors(norms: Tensor1D, bound: number | Scalar, rule: ClipRule): Tensor1D {
  if (rule === "automatic") return tf.div(bound, norms.add(0.01)) as Tensor1D;
  if (rule === "opacus") return tf.minimum(tf.div(bound, norms.add(1e-6)), 1) as Tensor1D;
  return tf.div(bound, tf.maximum(norms, bound)) as Tensor1D;
}
