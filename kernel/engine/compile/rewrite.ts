import type { Attr, GraphBinding, Node, Recording, Source } from "./contract.js";

/** An operation as the graph shall have it. */
export interface Rewritten {
  op: string;
  attrs: Attr[];
  inputs: readonly Source[];
}

/**
 * The same operation under the name that TensorFlow's optimiser knows how to fuse, where tfjs calls a more general form or several small ones:
 * products of two matrices, a bias added to rows and its gradient, the gradient of relu (which gives 0 where its input is NaN, and so is the loss).
 * @param given constants that are inputs, whose values nothing may rely on
 */
export function rewrite(recording: Recording, node: Node, given: ReadonlySet<number>, binding: GraphBinding): Rewritten {
  const same: Rewritten = { op: node.op, attrs: node.attrs, inputs: node.inputs };
  const type = node.attrs.find(({ name }) => name === "T");
  const [first, second] = node.inputs;
  // tfjs averages whole numbers as floats under the name of their own type, which only single operations let pass.
  if (node.op === "Mean" && first) return { ...same, attrs: node.attrs.map((attr) => (attr === type ? { ...attr, value: dtypeOf(recording, first) } : attr)) };
  if (!type || type.value !== binding["TF_FLOAT"] || !first || !second) return same;
  const look = lookInto(recording, given);
  const attr = (name: string): unknown => node.attrs.find((one) => one.name === name)?.value;
  const bool = (name: string): ((value: unknown) => Attr) => (value) => ({ name, type: binding["TF_ATTR_BOOL"] as number, value: value ?? false });
  const format: Attr = { name: "data_format", type: binding["TF_ATTR_STRING"] as number, value: "NHWC" };
  const [a, b] = [look.shape(first), look.shape(second)];

  if (node.op === "BatchMatMulV2" && a.length === 2 && b.length === 2) {
    return { ...same, op: "MatMul", attrs: [type, bool("transpose_a")(attr("adj_x")), bool("transpose_b")(attr("adj_y"))] };
  }
  if ((node.op === "Add" || node.op === "AddV2") && a.length >= 2 && b.length === 1 && a.at(-1) === b[0]) return { ...same, op: "BiasAdd", attrs: [type, format] };
  if (node.op === "Sum" && attr("keep_dims") !== true && a.length >= 2 && isAllButLast(look.constant(second), a.length)) return { op: "BiasAddGrad", attrs: [type, format], inputs: [first] };
  if (node.op === "Mul") {
    for (const [slope, step] of [[first, second], [second, first]] as const) {
      const x = look.step(step);
      if (x && sameShape(look.shape(slope), look.shape(x))) return { op: "ReluGrad", attrs: [type], inputs: [slope, x] };
    }
  }
  return same;
}

function lookInto({ nodes, outsides }: Recording, given: ReadonlySet<number>): {
  shape(source: Source): readonly number[];
  constant(source: Source): ArrayLike<number> | undefined;
  /** What `Relu(Sign(x))`, the slope of relu, was taken of. */
  step(source: Source): Source | undefined;
} {
  const node = (source: Source): Node | undefined => ("node" in source ? nodes[source.node] : undefined);
  return {
    shape: (source) => ("outside" in source ? outsides[source.outside]!.shape : nodes[source.node]!.outputs[source.output]!.shape),
    constant: (source) => ("node" in source && !given.has(source.node) ? (node(source)?.constant?.values as ArrayLike<number> | undefined) : undefined),
    step(source) {
      const relu = node(source);
      const sign = relu?.op === "Relu" ? node(relu.inputs[0]!) : undefined;
      return sign?.op === "Sign" ? sign.inputs[0] : undefined;
    },
  };
}

function dtypeOf({ nodes, outsides }: Recording, source: Source): number {
  return "outside" in source ? outsides[source.outside]!.dtype : nodes[source.node]!.outputs[source.output]!.dtype;
}

function isAllButLast(axes: ArrayLike<number> | undefined, rank: number): boolean {
  return axes !== undefined && axes.length === rank - 1 && Array.from(axes).every((axis, at) => axis === at);
}

const sameShape = (one: readonly number[], other: readonly number[]): boolean => one.length === other.length && one.every((size, axis) => size === other[axis]);
