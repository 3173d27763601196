import { random } from "../../../../kernel/helpers/data/random.js";

/** Rows of normal numbers and classes or numbers made of the first two, with noise; the same for the same seed. */
export function made(rows: number, width: number, seed: number, classes = 2): { x: number[][]; y: number[]; number: number[] } {
  const draw = random(seed);
  const x = Array.from({ length: rows }, () => Array.from({ length: width }, () => draw.normal()));
  const number = x.map((row) => row[0]! - 0.7 * row[1]! + 0.3 * draw.normal());
  const order = [...number].sort((a, b) => a - b);
  return { x, number, y: number.map((value) => Math.floor((order.indexOf(value) * classes) / rows)) };
}

export const share = (truth: readonly unknown[], predicted: readonly unknown[]): number => truth.filter((one, at) => one === predicted[at]).length / truth.length;
