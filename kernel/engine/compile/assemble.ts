import type { Attr, Constant, NodeBackend, Recording, Source } from "./contract.js";
import { maskOf, unlessAll, type GraphNode } from "./mask.js";
import { rewrite } from "./rewrite.js";

/** What a function is made of. */
export interface Plan {
  readonly recording: Recording;
  /** Nodes that become part of it, in order. */
  readonly used: readonly number[];
  /** Nodes whose constants are inputs. */
  readonly given: ReadonlySet<number>;
  readonly inputs: { dtype: number; shape: readonly number[] }[];
  /** The input that stands for a source; undefined where there is none. */
  inputOf(source: Source): number | undefined;
  readonly outputs: readonly Source[];
}

/** A function of TensorFlow's. */
export interface Assembled {
  readonly name: string;
  /** The recording's nodes by the place of the function's. */
  readonly nodes: ReadonlyMap<number, number>;
  /** Work that the values do not need is left out. */
  readonly branches: boolean;
}

let count = 0;

/** Arrays of one value, longer than this, become `Fill`. */
const splat = 32;

/** Call while the recording's constants are still there. */
export function assemble({ binding }: NodeBackend, plan: Plan, branches: boolean): Assembled {
  const { recording, inputs } = plan;
  const placeOf = new Map<number, number>();
  const list: object[] = [];
  const temporary: number[] = [];
  const alls = new Map<string, [number, number]>();
  const int32 = binding["TF_INT32"] as number;
  const add = (node: GraphNode): number => list.push(node) - 1;
  const type = (name: string, value: number): Attr => ({ name, type: binding["TF_ATTR_TYPE"] as number, value });

  function find(source: Source): [number, number] {
    const input = plan.inputOf(source);
    if (input !== undefined) return [-1 - input, 0];
    const { node, output } = source as { node: number; output: number };
    return [placeOf.get(node)!, output];
  }

  function constant({ values, shape, dtype }: Constant): number {
    const make = (itsShape: readonly number[], itsType: number, itsValues: Constant["values"]): number => {
      const id = binding.createTensor(itsShape, itsType, itsValues);
      temporary.push(id);
      return list.push({ op: "Const", constant: id }) - 1;
    };
    if (!isSplat(values)) return make(shape, dtype, values);
    const size = make([shape.length], int32, Int32Array.from(shape));
    const value = make([], dtype, values.slice(0, 1) as Constant["values"]);
    return add({ op: "Fill", attrs: [type("T", dtype), type("index_type", int32)], inputs: [size, 0, value, 0] });
  }

  /** Whether a mask is true everywhere. */
  function allOf(mask: Source): [number, number] {
    const key = JSON.stringify(mask);
    const { length: rank } = ("outside" in mask ? recording.outsides[mask.outside]! : recording.nodes[mask.node]!.outputs[mask.output]!).shape;
    if (!alls.has(key)) {
      const axes = constant({ values: Int32Array.from({ length: rank }, (_, axis) => axis), shape: [rank], dtype: int32 });
      alls.set(key, [add({ op: "All", attrs: [type("Tidx", int32)], inputs: [...find(mask), axes, 0] }), 0]);
    }
    return alls.get(key)!;
  }

  try {
    for (const at of plan.used) {
      const node = recording.nodes[at]!;
      if (plan.inputOf({ node: at, output: 0 }) !== undefined) continue;
      if (node.constant) {
        placeOf.set(at, constant(node.constant));
        continue;
      }
      const { op, attrs, inputs: taken } = rewrite(recording, node, plan.given, binding);
      const mask = branches ? maskOf(recording, node, binding) : undefined;
      const from = taken.map(find);
      placeOf.set(at, mask ? unlessAll(add, binding, attrs[0]!, from[0]!, from[1]!, allOf(mask)) : add({ op, attrs, inputs: from.flat() }));
    }
    // A function's output must be a node's: what is only handed through goes through an Identity.
    const outputs = plan.outputs.flatMap((source) => {
      const [from, output] = find(source);
      if (from >= 0) return [from, output];
      return [add({ op: "Identity", attrs: [type("T", inputs[-1 - from]!.dtype)], inputs: [from, output] }), 0];
    });
    const name = `lyceum_step_${count++}`;
    binding.createFunction(name, inputs, list, outputs);
    return { name, nodes: new Map([...placeOf].map(([at, place]) => [place, at])), branches: alls.size > 0 };
  } finally {
    for (const id of temporary) binding.deleteTensor(id);
  }
}

function isSplat(values: Constant["values"]): boolean {
  return ArrayBuffer.isView(values) && values.length > splat && (values as Float32Array).every((value) => Object.is(value, values[0]));
}
