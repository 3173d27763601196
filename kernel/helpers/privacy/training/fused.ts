import * as tf from "@tensorflow/tfjs";
import type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs";
import type { ExampleGradientAttrs, Part } from "../../../engine/wasm/example-gradients/contract.js";
import type { Factor, OuterFactor } from "./factors.js";

/** The engine's kernel for weighted sums of gradients of single examples (kernel/engine/wasm/example-gradients). */
const kernel = "ExampleGradientSum";

/** Where there is the kernel, and a host that can run it: without SIMD the sums are composed of tfjs's operations. */
export const canFuse = (): boolean => tf.getKernel(kernel, tf.getBackend()) !== undefined && tf.env().getBool("WASM_HAS_SIMD_SUPPORT");

/** What a parameter's factor is to the kernel; `put` gives it a tensor and tells its name. */
function partOf(factor: Factor, shape: readonly number[], put: (tensor: Tensor) => string): Part {
  switch (factor.kind) {
    case "outer": return windowsOf(factor, shape, put) ?? { kind: "outer", left: put(factor.left()), right: put(factor.right), finite: factor.finite === true };
    case "rows": return { kind: "rows", ids: put(factor.ids), right: put(factor.right) };
    case "summed": return { kind: "summed", value: put(factor.value) };
    case "whole": return { kind: "summed", value: put(factor.value.reshape([factor.value.shape[0]!, 1, -1])) };
  }
}

/** A convolution over one or two axes: the kernel makes the windows itself, a few at a time. */
function windowsOf({ windows, right, finite }: OuterFactor, shape: readonly number[], put: (tensor: Tensor) => string): Part | undefined {
  const axes = windows ? windows.window.size.length : 0;
  if (axes !== 1 && axes !== 2) return undefined;
  const { x, window } = windows!;
  const plane = axes === 2 ? x : x.expandDims(1);
  const two = (numbers: readonly number[]) => (axes === 2 ? numbers : [1, ...numbers]) as [number, number];
  const filterShape = [...two(window.size), ...shape.slice(-2)] as [number, number, number, number];
  return { kind: "windows", x: put(plane), right: put(right), window: { filterShape, strides: two(window.strides), dilations: two(window.dilations), pad: window.padding }, finite: finite === true };
}

/**
 * Squared norms [parameters, B], and from them the sums of weighted gradients, in one operation.
 * @param plus all parameters one after the other: added to the sums
 */
export function fusedSums(factors: readonly Factor[], shapes: readonly (readonly number[])[], weigh: ExampleGradientAttrs["weigh"], plus?: Tensor1D): { sums: Tensor[]; squared: Tensor2D } {
  const inputs: Record<string, Tensor> = plus ? { plus } : {};
  const put = (tensor: Tensor): string => {
    const name = `tensor${Object.keys(inputs).length}`;
    inputs[name] = tensor;
    return name;
  };
  const parts = factors.map((factor, at) => partOf(factor, shapes[at]!, put));
  const attributes: ExampleGradientAttrs = { parts, shapes, weigh };
  const sums = tf.engine().runKernel(kernel, inputs, attributes as never) as Tensor[];
  const squared = sums.pop() as Tensor2D;
  return { sums, squared };
}
