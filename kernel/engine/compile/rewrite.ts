import type { Attr, GraphBinding, Node } from "./contract.js";

/** An operation as the graph shall have it. */
export interface Rewritten {
  op: string;
  attrs: Attr[];
}

/**
 * The same operation under the name that TensorFlow's optimiser knows how to fuse: matrix products of two matrices, a bias added to rows,
 * and its gradient. tfjs calls the general forms.
 * @param shapes of the inputs
 */
export function rewrite(node: Node, shapes: readonly (readonly number[])[], constants: readonly (ArrayLike<number> | undefined)[], binding: GraphBinding): Rewritten & { inputs?: number[] } {
  const same = { op: node.op, attrs: node.attrs };
  const attr = (name: string): unknown => node.attrs.find((one) => one.name === name)?.value;
  const type = node.attrs.find(({ name }) => name === "T");
  const bool = (name: string, value: unknown): Attr => ({ name, type: binding["TF_ATTR_BOOL"] as number, value });
  const format: Attr = { name: "data_format", type: binding["TF_ATTR_STRING"] as number, value: "NHWC" };
  const [a, b] = shapes;
  if (!type || type.value !== binding["TF_FLOAT"] || !a || !b) return same;
  if (node.op === "BatchMatMulV2" && a.length === 2 && b.length === 2) {
    return { op: "MatMul", attrs: [type, bool("transpose_a", attr("adj_x") ?? false), bool("transpose_b", attr("adj_y") ?? false)] };
  }
  if ((node.op === "Add" || node.op === "AddV2") && a.length >= 2 && b.length === 1 && a.at(-1) === b[0]) return { op: "BiasAdd", attrs: [type, format] };
  const axes = constants[1];
  if (node.op === "Sum" && attr("keep_dims") !== true && a.length >= 2 && axes && axes.length === a.length - 1 && Array.from(axes).every((axis, at) => axis === at)) {
    return { op: "BiasAddGrad", attrs: [type, format], inputs: [0] };
  }
  return same;
}
