import { resolve } from "node:path";
import { Problem } from "./problem.js";

/** One of the allowed words, or undefined when the option was not given. */
export function oneOf<T extends string>(option: string, value: string | undefined, allowed: readonly T[]): T | undefined {
  if (value === undefined) return undefined;
  const found = allowed.find((word) => word === value);
  if (!found) throw new Problem(`expected ${option} to be ${allowed.join(" or ")}, got ${value}`, 2);
  return found;
}

export function wholeNumber(option: string, value: string, least: number, most: number): number {
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < least || number > most) throw new Problem(`expected ${option} between ${least} and ${most}, got ${value}`, 2);
  return number;
}

/** Relative to where the person stands; npm runs scripts in the project's folder and tells the other in INIT_CWD. */
export function fromHere(path: string): string {
  return resolve((process.env.npm_lifecycle_event && process.env.INIT_CWD) || process.cwd(), path);
}

/** The folder of the student's notebooks. */
export function workFolder(option: string | undefined, root: string): string {
  return option === undefined ? resolve(root, "work") : fromHere(option);
}
