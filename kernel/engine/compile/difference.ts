import type { Constant, Outside, Place, Recording, Source, Values } from "./contract.js";
import { isPlace } from "./place.js";

/** What differs between two runs of one step. */
export interface Difference {
  /** Other operations, shapes, attributes or results: another graph. */
  structure?: string;
  /** Nodes whose constant has another value. */
  constants: number[];
  /** Tensors from outside that are other ones. */
  captured: number[];
}

/** Compare a run with an earlier one. */
export function compare(before: Recording, after: Recording): Difference {
  const difference: Difference = { constants: [], captured: [] };
  const differs = (structure: string): Difference => ({ ...difference, structure });
  if (before.nodes.length !== after.nodes.length) return differs(`${before.nodes.length} operations, then ${after.nodes.length}`);
  if (before.outsides.length !== after.outsides.length) return differs("other inputs");
  for (let at = 0; at < before.nodes.length; at++) {
    const [one, other] = [before.nodes[at]!, after.nodes[at]!];
    if (!sameOp(one, other)) return differs(`operation ${at}: ${one.op}, then ${other.op}`);
    if (one.constant && !sameConstant(one.constant, other.constant!)) difference.constants.push(at);
  }
  for (let at = 0; at < before.outsides.length; at++) {
    const verdict = sameOutside(before.outsides[at]!, after.outsides[at]!);
    if (verdict === "other") return differs("other inputs");
    if (verdict === "moved") difference.captured.push(at);
  }
  if (before.updates.length !== after.updates.length) return differs("other variables are updated");
  for (let at = 0; at < before.updates.length; at++) {
    const [one, other] = [before.updates[at]!, after.updates[at]!];
    if (one.variable !== other.variable || !sameSource(one.source, other.source)) return differs("other variables are updated");
  }
  if (!sameResult(before.result, after.result)) return differs("another result");
  return difference;
}

export function sameOp(one: Recording["nodes"][number], other: Recording["nodes"][number]): boolean {
  if (one.op !== other.op || one.inputs.length !== other.inputs.length || one.outputs.length !== other.outputs.length) return false;
  for (let at = 0; at < one.inputs.length; at++) if (!sameSource(one.inputs[at]!, other.inputs[at]!)) return false;
  for (let at = 0; at < one.outputs.length; at++) {
    const [a, b] = [one.outputs[at]!, other.outputs[at]!];
    if (a.dtype !== b.dtype || !sameNumbers(a.shape, b.shape)) return false;
  }
  return sameAttrs(one.attrs, other.attrs);
}

export function sameAttrs(one: Recording["nodes"][number]["attrs"], other: Recording["nodes"][number]["attrs"]): boolean {
  if (one === other) return true;
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) {
    const [a, b] = [one[at]!, other[at]!];
    if (a.name !== b.name || a.type !== b.type) return false;
    if (a.value === b.value) continue;
    if (Array.isArray(a.value) && Array.isArray(b.value) && sameNumbers(a.value as number[], b.value as number[])) continue;
    // What TensorFlow takes as an integer is one for us too: tfjs hands it random seeds below 1.
    if (typeof a.value === "number" && typeof b.value === "number" && Math.trunc(a.value) === Math.trunc(b.value) && !Number.isInteger(a.value)) continue;
    return false;
  }
  return true;
}

export const sameSource = (one: Source, other: Source): boolean =>
  "node" in one ? "node" in other && one.node === other.node && one.output === other.output : "outside" in other && one.outside === other.outside;

export function sameConstant(one: Constant, other: Constant): boolean {
  if (one.read || other.read) return Boolean(one.read && other.read);
  return one.dtype === other.dtype && sameNumbers(one.shape, other.shape) && sameValues(one.values, other.values);
}

function sameValues(one: Values, other: Values): boolean {
  if (one.length !== other.length) return false;
  if (ArrayBuffer.isView(one)) {
    // Bit by bit, so that NaN equals itself and 0 is not -0.
    const [a, b] = [one, other as typeof one].map((view) => new Uint8Array(view.buffer, view.byteOffset, view.byteLength)) as [Uint8Array, Uint8Array];
    return Buffer.compare(a, b) === 0;
  }
  return one.every((bytes, at) => Buffer.compare(bytes, (other as Uint8Array[])[at]!) === 0);
}

/** `moved`: a captured tensor of the same shape that is another one. */
export function sameOutside(one: Outside, other: Outside): "same" | "moved" | "other" {
  if (one.kind !== other.kind || one.dtype !== other.dtype || !sameNumbers(one.shape, other.shape)) return "other";
  if (one.kind === "argument") return one.index === (other as typeof one).index ? "same" : "other";
  if (one.kind === "variable") return one.variable === (other as typeof one).variable ? "same" : "other";
  if (one.kind === "property") return one.object === (other as typeof one).object && one.key === (other as typeof one).key ? "same" : "other";
  return one.id === (other as typeof one).id ? "same" : "moved";
}

function sameNumbers(one: readonly number[], other: readonly number[]): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

/** Equal structure; tensors from the same places; other leaves equal. */
function sameResult(one: unknown, other: unknown): boolean {
  if (isPlace(one) && isPlace(other)) return samePlace(one, other);
  if (Array.isArray(one)) return Array.isArray(other) && one.length === other.length && one.every((item, at) => sameResult(item, other[at]));
  if (typeof one === "object" && one !== null && typeof other === "object" && other !== null) {
    const keys = Object.keys(one);
    return keys.length === Object.keys(other).length && keys.every((key) => sameResult((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]));
  }
  return Object.is(one, other);
}

function samePlace(one: Place, other: Place): boolean {
  if ("source" in one) return "source" in other && sameSource(one.source, other.source);
  if ("constant" in one) return "constant" in other && sameConstant(one.constant, other.constant);
  if ("argument" in one) return "argument" in other && one.argument === other.argument;
  return "variable" in other && one.variable === other.variable;
}
