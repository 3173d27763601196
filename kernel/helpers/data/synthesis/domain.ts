import { random } from "../random.js";
import { shown } from "../../arguments.js";
import type { Frame } from "../table/rows.js";

/** What a column can hold: known before anybody looks at the data, never taken from it. */
export type Domain =
  | { /** All the values there can be. */ readonly categories: readonly (string | number | boolean)[] }
  | { /** Increasing; bins [a, b), the last with its end. */ readonly edges: readonly number[]; /** Whole numbers only. Default false. */ readonly integer?: boolean };

export interface Coded {
  /** Bins of the domain, and one more for what is missing or outside it. */
  readonly size: number;
  readonly codes: Int32Array;
  /** A value of this bin; null of the last. */
  value(code: number, draw: ReturnType<typeof random>): unknown;
}

export function codeColumn(frame: Frame, name: string, domain: Domain): Coded {
  const values = frame.column(name);
  if ("categories" in domain) {
    const places = new Map(domain.categories.map((category, at) => [category as unknown, at]));
    if (places.size !== domain.categories.length || places.size === 0) throw new RangeError(`expected different categories of ${name}, got ${shown(domain.categories.join(", "))}`);
    const size = places.size + 1;
    return { size, codes: Int32Array.from(values, (value) => places.get(value) ?? size - 1), value: (code) => domain.categories[code] ?? null };
  }
  const { edges, integer = false } = domain;
  if (!Array.isArray(edges) || edges.length < 2 || edges.some((edge, at) => !Number.isFinite(edge) || (at > 0 && edge <= edges[at - 1]!))) throw new RangeError(`expected increasing edges of ${name}, got ${shown(String(edges))}`);
  const bins = edges.length - 1;
  const find = (value: unknown) => (typeof value !== "number" ? -1 : value === edges[bins] ? bins - 1 : edges.findIndex((edge, at) => at < bins && value >= edge && value < edges[at + 1]!));
  return {
    size: bins + 1,
    codes: Int32Array.from(values, (value) => {
      const bin = find(value);
      return bin < 0 ? bins : bin;
    }),
    value(code, draw) {
      if (code === bins) return null;
      const [from, to] = [edges[code]!, edges[code + 1]!];
      if (!integer) return from + draw.uniform() * (to - from);
      const [low, high] = [Math.ceil(from), code === bins - 1 ? Math.floor(to) : Math.ceil(to) - 1];
      return low <= high ? draw.integer(low, high) : low;
    },
  };
}

