import { offsetOf, positionOf } from "./position.js";

type Segment = { column: number; line: number; sourceColumn: number };

/** Reads a version 3 source map: offset in `code` -> offset in `source`, by the nearest mapping at or before it. */
export function mapLookup(map: string, code: string, source: string): (offset: number) => number {
  let lines: Segment[][] | undefined;
  return (offset) => {
    lines ??= decode((JSON.parse(map) as { mappings: string }).mappings);
    const { line, column } = positionOf(code, offset);
    for (let at = line - 1; at >= 0; at--) {
      const found = lines[at]?.findLast((segment) => at < line - 1 || segment.column <= column);
      if (found) return offsetOf(source, found.line + 1, found.sourceColumn);
    }
    return 0;
  };
}

const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function decode(mappings: string): Segment[][] {
  let line = 0;
  let sourceColumn = 0;
  return mappings.split(";").map((text) => {
    let column = 0;
    return text.split(",").filter(Boolean).flatMap((part) => {
      const [columnStep = 0, , lineStep, sourceColumnStep] = numbers(part);
      column += columnStep;
      if (lineStep === undefined || sourceColumnStep === undefined) return [];
      line += lineStep;
      sourceColumn += sourceColumnStep;
      return [{ column, line, sourceColumn }];
    });
  });
}

function numbers(part: string): number[] {
  const out: number[] = [];
  let value = 0;
  let shift = 0;
  for (const letter of part) {
    const digit = digits.indexOf(letter);
    value += (digit & 31) << shift;
    shift += 5;
    if (digit & 32) continue;
    out.push(value & 1 ? -(value >>> 1) : value >>> 1);
    value = shift = 0;
  }
  return out;
}
