import { parse, type Node } from "acorn";
import type { Position } from "../runner/protocol.js";

/** What lies around a place of a script, from the script down to the place. */
export interface Surroundings {
  /** The place is in a function, not at the top level. */
  inFunction: boolean;
  /** That function is async (or a generator): what it throws goes to whoever holds its promise. */
  isAsync: boolean;
  /** A `try` with a `catch` of the same function holds the place. */
  isGuarded: boolean;
}

/** Undefined where the script cannot be read. */
export function surroundings(code: string, { line, column }: Position): Surroundings | undefined {
  const at = { line: line + 1, column };
  const around: Surroundings = { inFunction: false, isAsync: false, isGuarded: false };
  for (const sourceType of ["script", "module"] as const) {
    try {
      visit(parse(code, { ecmaVersion: "latest", sourceType, allowAwaitOutsideFunction: true, allowReturnOutsideFunction: true, locations: true }), at, around);
      return around;
    } catch {
      // perhaps it is the other kind
    }
  }
  return undefined;
}

function visit(node: Node, at: Position, around: Surroundings): void {
  if (node.loc && (isBefore(at, node.loc.start) || !isBefore(at, node.loc.end))) return;
  if (/Function/.test(node.type)) {
    const { async, generator } = node as Node & { async?: boolean; generator?: boolean };
    Object.assign(around, { inFunction: true, isAsync: async === true || generator === true, isGuarded: false });
  }
  const { block, handler } = node as Node & { block?: Node; handler?: Node | null };
  if (node.type === "TryStatement" && handler && block?.loc && !isBefore(at, block.loc.start) && isBefore(at, block.loc.end)) around.isGuarded = true;
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, at, around);
  }
}

const isBefore = (a: Position, b: Position): boolean => a.line < b.line || (a.line === b.line && a.column < b.column);

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";
