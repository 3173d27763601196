import { quote } from "../describe.js";
import { number } from "../number.js";

/** Nested brackets; long axes show their first and last three entries. */
export function nested(shape: number[], at: (index: number) => unknown, dtype: string): string {
  const edge = shape.reduce((a, b) => a * b, 1) > 200 ? 3 : Infinity;
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
  const element = (value: unknown) => (typeof value === "string" ? quote(value, 60) : dtype === "bool" ? String(Boolean(value)) : number(Number(value)));
  const write = (axis: number, offset: number): string => {
    if (axis === shape.length) return element(at(offset));
    const n = shape[axis];
    const parts: string[] = [];
    for (let i = 0; i < n; i++) {
      if (n > 2 * edge && i === edge) {
        parts.push("...");
        i = n - edge;
      }
      parts.push(write(axis + 1, offset + i * strides[axis]));
    }
    return `[${parts.join(axis === shape.length - 1 ? ", " : `,\n${" ".repeat(axis + 1)}`)}]`;
  };
  return write(0, 0);
}
