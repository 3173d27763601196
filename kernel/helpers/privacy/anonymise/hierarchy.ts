import { finite, positive, shown, whole } from "../../arguments.js";

/** How a column may be generalised: level 1 is the first function, level 2 the second, ... Level 0 is the value itself; above the last level stands `*`. */
export type Hierarchy = readonly ((value: unknown) => string | number)[];

/**
 * Numbers become ranges of growing width: `20-29`. Each width must be a multiple of the one before, so that ranges nest.
 *
 * @param options `widths`, increasing; `from` (default 0): where a range begins
 * @throws `expected each width to be a multiple of the one before, got 10 after 4`
 * @example privacy.rangeHierarchy({ widths: [10, 20] }).map((level) => level(37)) // ["30-40", "20-40"]
 */
export function rangeHierarchy(options: { widths: readonly number[]; from?: number }): Hierarchy {
  const { widths, from = 0 } = options;
  finite({ from });
  for (const [at, width] of widths.entries()) {
    positive({ width });
    if (at > 0 && (width <= widths[at - 1]! || !Number.isInteger(width / widths[at - 1]!))) throw new RangeError(`expected each width to be a multiple of the one before, got ${width} after ${widths[at - 1]}`);
  }
  return widths.map((width) => (value) => {
    const start = from + Math.floor((finite({ value }) - from) / width) * width;
    return `${start}-${start + width}`;
  });
}

/**
 * Text keeps fewer and fewer of its first characters: `47677`, `4767*`, `476**`.
 *
 * @param options `keep`: how many characters at each level, decreasing
 * @example privacy.prefixHierarchy({ keep: [4, 2] }).map((level) => level("47677")) // ["4767*", "47***"]
 */
export function prefixHierarchy(options: { keep: readonly number[] }): Hierarchy {
  const { keep } = options;
  for (const [at, characters] of keep.entries()) {
    whole({ keep: characters });
    if (at > 0 && characters >= keep[at - 1]!) throw new RangeError(`expected keep to decrease, got ${characters} after ${keep[at - 1]}`);
  }
  return keep.map((characters) => (value) => {
    const text = [...String(value)];
    return text.map((character, at) => (at < characters ? character : "*")).join("");
  });
}

/**
 * Words become wider words, told by a table: each value with its ancestors from near to far, all of one length.
 *
 * @throws `expected 2 ancestors of nurse like of doctor, got 1`; on use, `expected a value of the hierarchy, got "pilot"`
 * @example privacy.treeHierarchy({ nurse: ["care", "work"], cook: ["food", "work"] }).map((level) => level("cook")) // ["food", "work"]
 */
export function treeHierarchy(ancestors: Readonly<Record<string, readonly string[]>>): Hierarchy {
  const entries = Object.entries(ancestors);
  if (entries.length === 0) throw new RangeError("expected at least one value in the hierarchy, got none");
  const [first, { length }] = entries[0]!;
  for (const [value, path] of entries) if (path.length !== length) throw new RangeError(`expected ${length} ancestors of ${value} like of ${first}, got ${path.length}`);
  const table = new Map(entries);
  return Array.from({ length }, (_, level) => (value: unknown) => {
    const path = table.get(String(value));
    if (!path) throw new RangeError(`expected a value of the hierarchy, got ${shown(value)}`);
    return path[level]!;
  });
}
