import { say } from "../../../display/language.js";
import { allFinite, known, whole } from "../../arguments.js";
import { random, type Random } from "../../data/random.js";
import type { Id, Ratings } from "../ratings/contract.js";
import { indexOf, requireRatings } from "../ratings/read.js";
import { showLine } from "../show.js";
import type { FactorModel, FactorOptions } from "./contract.js";

export interface FactorState {
  readonly factors: number;
  readonly epochs: number;
  readonly draw: Random;
  readonly userFactors: Float64Array;
  readonly itemFactors: Float64Array;
}

export const factorOptions = ["factors", "epochs", "seed", "start"];

/** Checked options and first vectors, normal with the given spread. */
export function startFactors(r: Ratings, options: FactorOptions, more: readonly string[], spread: number): FactorState {
  known(options, [...factorOptions, ...more]);
  requireRatings(r);
  const factors = whole({ factors: options.factors ?? 16 }, 1);
  const epochs = whole({ epochs: options.epochs ?? 20 }, 1);
  const draw = random(options.seed ?? 1);
  const make = (name: "userFactors" | "itemFactors", count: number): Float64Array => {
    const size = count * factors;
    const given = options.start?.[name];
    if (!given) return Float64Array.from({ length: size }, () => draw.normal() * spread);
    if (given.length !== size) throw new RangeError(`expected ${name} of ${count} x ${factors} numbers, got ${given.length}`);
    return Float64Array.from(allFinite({ [name]: given }));
  };
  return { factors, epochs, draw, userFactors: make("userFactors", r.users.length), itemFactors: make("itemFactors", r.items.length) };
}

export function dot(a: Float64Array, at: number, b: Float64Array, to: number, size: number): number {
  let sum = 0;
  for (let k = 0; k < size; k++) sum += a[at + k] * b[to + k];
  return sum;
}

/** The model of what was learnt. */
export function factorModel(kind: string, train: Ratings, { factors, userFactors, itemFactors }: FactorState, rest: { mean?: number; userBias?: Float64Array; itemBias?: Float64Array; loss: number[] }): FactorModel {
  const { mean = 0, userBias = new Float64Array(train.users.length), itemBias = new Float64Array(train.items.length), loss } = rest;
  const last = loss.at(-1);
  if (!Number.isFinite(last) || !userFactors.every(Number.isFinite) || !itemFactors.every(Number.isFinite)) throw new RangeError(`expected loss to be finite, got ${last}: lower the learning rate or raise the regularization`);
  const at = (u: number, i: number) => mean + userBias[u] + itemBias[i] + dot(userFactors, u * factors, itemFactors, i * factors, factors);
  const model: FactorModel = {
    kind, train, factors, mean, userBias, itemBias, userFactors, itemFactors, loss,
    predict: (user, item) => at(indexOf("user", train.users, user), indexOf("item", train.items, item)),
    scores: (user: Id) => {
      const u = indexOf("user", train.users, user);
      return Float64Array.from({ length: train.items.length }, (_, i) => at(u, i));
    },
  };
  return showLine(model, () => say(`${kind}: ${factors} factors for ${train.users.length} users and ${train.items.length} items after ${loss.length} epochs, loss ${last!.toFixed(4)}.`, `${kind}：${train.users.length} 名用户与 ${train.items.length} 件物品各 ${factors} 个因子，${loss.length} 轮之后损失 ${last!.toFixed(4)}。`));
}
