import { shown } from "../../arguments.js";

/** The largest power of two that is at most 2^-40 of the noise's scale and of the sensitivity: rounding is not noticed in the value, nor does rounding the sensitivity up add noise. */
export function defaultGrid(scale: number, sensitivity: number): number {
  return 2 ** Math.max(-1022, Math.floor(Math.log2(Math.min(scale, sensitivity))) - 40);
}

/** Powers of two only: dividing by one is exact, so the rounding below is the only one. */
export function checkedGrid(grid: number): number {
  if (typeof grid !== "number" || !(grid > 0) || !Number.isInteger(Math.log2(grid)) || 2 ** Math.log2(grid) !== grid) throw new RangeError(`expected grid to be a power of two, got ${shown(grid)}`);
  return grid;
}

/** The nearest multiple of the grid, counted in grid steps. */
export function toGrid(value: number, grid: number): bigint {
  const steps = value / grid;
  if (!Number.isFinite(steps)) throw new RangeError(`expected a value within 1e308 grid steps, got ${value} with grid ${grid}`);
  return BigInt(Math.round(steps));
}

/** A sensitivity in grid steps, rounded up. `dimensions`: how many values are rounded, each of which may move by one step more; a single one on whole steps does not. */
export function sensitivitySteps(sensitivity: number, grid: number, dimensions = 1): bigint {
  const steps = BigInt(Math.ceil(sensitivity / grid));
  return dimensions === 1 ? steps : steps + BigInt(dimensions);
}

/** The value of so many steps, rounded to the nearest double. Steps past 2^1023 lose their lowest bits first, as a number could not hold them. */
export function fromGrid(steps: bigint, grid: number): number {
  const whole = Number(steps);
  return Number.isFinite(whole) ? whole * grid : Number(steps >> 128n) * (grid * 2 ** 128);
}
