import { transform } from "sucrase";
import * as cellRoom from "../cell/index.js";
import type { CellFacts, CompiledCell, Completeness } from "../cell/contract.js";

/** The cell transform. Until the room has it, the least that runs: types stripped, V8's REPL mode does the rest. */
interface CellRoom {
  analyzeCell(source: string): CellFacts;
  compileCell?(source: string): CompiledCell | Promise<CompiledCell>;
  isComplete?(source: string): Completeness;
}
const room = cellRoom as unknown as CellRoom;

export const analyze = room.analyzeCell;

export async function compile(source: string): Promise<CompiledCell> {
  if (room.compileCell) return await room.compileCell(source);
  const { code } = transform(source, { transforms: ["typescript", "jsx"], disableESTransforms: true, keepUnusedImports: true });
  const last = /(?:^|\n|;)([^\n;]+);?\s*$/.exec(code);
  const isExpression = last?.[1] !== undefined && !/^\s*(const|let|var|function|class|import|export|if|for|while|throw|try|return|switch|\}|\/\/)/.test(last[1]);
  const body = isExpression && last ? `${code.slice(0, code.lastIndexOf(last[1] ?? ""))}__lyceum__.result(${last[1]})` : code;
  return { facts: analyze(source), scripts: [{ code: body, prefix: 0 }], hasResult: isExpression };
}

export function isComplete(source: string): Completeness {
  return room.isComplete ? room.isComplete(source) : { status: "unknown" };
}
