import type { Attr, GraphBinding, Node, Recording, Source } from "./contract.js";

/** A node as the binding takes it: each input as the place of a node and which of its outputs. */
export interface GraphNode {
  op: string;
  attrs: Attr[];
  inputs: number[];
}

/** The truth values behind the factor of a product that lets nothing through where it is 0. */
export function maskOf({ nodes }: Recording, node: Node, binding: GraphBinding): Source | undefined {
  if (node.op !== "MulNoNan") return undefined;
  let source = node.inputs[1];
  for (let made; source && "node" in source && (made = nodes[source.node]!); source = made.inputs[0]) {
    if (made.op === "Reshape") continue;
    const from = made.op === "Cast" ? made.attrs.find(({ name }) => name === "SrcT") : undefined;
    return from?.value === binding["TF_BOOL"] ? made.inputs[0] : undefined;
  }
  return undefined;
}

/**
 * A product with a mask that is true everywhere is its other factor. So it is worked out only where the mask is not: `all`, the truth
 * of that, sends the values past it. (Switch and Merge, of which If is made.)
 * @param add gives the place of the node
 */
export function unlessAll(add: (node: GraphNode) => number, binding: GraphBinding, type: Attr, x: readonly number[], factor: readonly number[], all: readonly number[]): number {
  const branches = add({ op: "Switch", attrs: [type], inputs: [...x, ...all] });
  const product = add({ op: "MulNoNan", attrs: [type], inputs: [branches, 0, ...factor] });
  return add({ op: "Merge", attrs: [type, { name: "N", type: binding["TF_ATTR_INT"] as number, value: 2 }], inputs: [product, 0, branches, 1] });
}
