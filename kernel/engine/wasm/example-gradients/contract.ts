import type { backend_util } from "@tensorflow/tfjs";
import type { Simd } from "../simd/module.js";

/** How the gradients G[i] of the examples of a batch, for one parameter, follow from tensors. Tensors are named as among the kernel's inputs. */
export type Part =
  /** G[i] = left[i]^T right[i]; left [B, T, m], right [B, T, n]. `finite`: left is known to hold finite numbers only. */
  | { readonly kind: "outer"; readonly left: string; readonly right: string; readonly finite: boolean }
  /** The same where left is what a 2-D convolution sees of x [B, height, width, C] at each place of its output. */
  | { readonly kind: "windows"; readonly x: string; readonly right: string; readonly window: Window; readonly finite: boolean }
  /** The same where left is one-hot: row ids[i, t] gets right[i, t]. Ids [B, T], int32. */
  | { readonly kind: "rows"; readonly ids: string; readonly right: string }
  /** G[i] = the sum over t of value[i, t]; [B, T, n]. */
  | { readonly kind: "summed"; readonly value: string };

export interface Window {
  readonly filterShape: readonly [number, number, number, number];
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  readonly pad: "same" | "valid";
}

export type WindowInfo = backend_util.Conv2DInfo;

/** The attributes of `ExampleGradientSum`. */
export interface ExampleGradientAttrs {
  readonly parts: readonly Part[];
  /** Of the parameters, one for each part. */
  readonly shapes: readonly (readonly number[])[];
  /**
   * Called for one example after the other.
   * @param squared the squared norm of its gradient for each part; only to be read, and only until it returns
   * @returns its weight for each part; undefined: it does not count, whatever its gradient holds
   */
  weigh(squared: Float32Array, example: number): ArrayLike<number> | undefined;
}

/** Where the gradients of one part are worked out; addresses are in bytes. */
export interface Site {
  readonly run: Simd["run"];
  readonly matMulScratch: number;
  /** All of the memory. */
  readonly heap: Float32Array;
  readonly batch: number;
  /** The sum of this part; it holds zeros at the start. */
  readonly out: number;
  /** As many bytes as the plan asked for. */
  readonly scratch: number;
  /** The sum of a[k] b[k]. */
  dot(a: number, b: number, bytes: number): number;
}

export interface Plan {
  /** Of scratch. */
  readonly bytes: number;
  start(site: Site): Examples;
}

/** The gradients of one part, example by example: `add` for an example follows `squared` for the same one. */
export interface Examples {
  squared(example: number): number;
  /** out += weight G[example]. */
  add(example: number, weight: number): void;
  /** In place of `add` where all examples together are cheaper: out = the sum of weights[i] G[i]; examples that do not count have `used` 0. */
  finish?(weights: Float32Array, used: Uint8Array): void;
}
