import type { Tensor } from "@tensorflow/tfjs";
import { isPlace } from "./place.js";

export const isTensor = (value: unknown): value is Tensor =>
  typeof value === "object" && value !== null && "dataId" in value && "rankType" in value && typeof (value as Tensor).dispose === "function";

const isPlain = (value: unknown): value is Record<string, unknown> => {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** The same arrays and objects, with each leaf replaced. */
export function mapLeaves(value: unknown, change: (leaf: unknown) => unknown): unknown {
  if (isTensor(value) || isPlace(value)) return change(value);
  if (Array.isArray(value)) return value.map((item) => mapLeaves(item, change));
  if (isPlain(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapLeaves(item, change)]));
  return change(value);
}

/** What a call's arguments are made of. */
export interface Signature {
  /** Shapes, types and structure; equal keys can share a graph. */
  key: string;
  /** The same, with the numbers in it. */
  full: string;
  tensors: Tensor[];
  /** Why arguments cannot be told apart by a key: a function, a class instance. */
  opaque?: string;
}

/** Numbers, strings and the like are part of the key; tensors by type, shape, and whether two are the same one. */
export function sign(args: readonly unknown[]): Signature {
  const tensors: Tensor[] = [];
  const numbers: string[] = [];
  let opaque: string | undefined;
  let key = "";
  const visit = (value: unknown): void => {
    if (isTensor(value)) {
      const same = tensors.findIndex((other) => other.dataId === value.dataId);
      key += `${value.dtype}[${value.shape.join(",")}]${same >= 0 ? `=${same}` : ""}${"assign" in value ? `v${value.id}` : ""};`;
      tensors.push(value);
    } else if (Array.isArray(value)) {
      key += "(";
      for (const item of value) visit(item);
      key += ")";
    } else if (isPlain(value)) {
      key += "{";
      for (const name of Object.keys(value)) {
        key += `${name}:`;
        visit(value[name]);
      }
      key += "}";
    } else if (typeof value === "number") {
      key += "#;";
      numbers.push(Object.is(value, -0) ? "-0" : String(value));
    } else if (typeof value === "function" || (typeof value === "object" && value !== null)) {
      opaque = typeof value === "function" ? "a function" : `a ${value.constructor?.name ?? "n object"}`;
    } else {
      key += `${typeof value}:${String(value)};`;
    }
  };
  for (const arg of args) visit(arg);
  return { key, full: `${key}|${numbers.join(",")}`, tensors, ...(opaque !== undefined && { opaque }) };
}
