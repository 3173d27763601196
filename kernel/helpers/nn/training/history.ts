import { displaySymbol } from "../../../display/contract.js";
import { number } from "../../../display/number.js";
import { say } from "../../../display/language.js";
import { curves, drawn, type HistoryOf } from "./curves.js";
import type { FitModel } from "./model.js";

const histories = new WeakMap<FitModel, Record<string, number[]>>();

/** From now on `historyOf(model)` is this, while it grows. */
export const follow = (model: FitModel, history: Record<string, number[]>): void => void histories.set(model, history);

/** A frozen copy that shows its curves. */
export function frozenHistory(history: Readonly<Record<string, readonly number[]>>): HistoryOf {
  const copy = Object.fromEntries(Object.entries(history).map(([name, values]) => [name, Object.freeze([...values])]));
  const text = (): string => Object.entries(copy).map(([name, values]) => say(`${name}: ${values.length} epochs, last ${number(values.at(-1) ?? Number.NaN)}`, `${name}：${values.length} 轮，最后 ${number(values.at(-1) ?? Number.NaN)}`)).join("\n");
  const show = (): object => ({ data: { "text/html": `<div class="lyceum-progress">${drawn(curves(copy)) || text()}</div>`, "text/plain": text() || say("no epoch is done", "还没有完成一轮") }, metadata: {} });
  return Object.freeze(Object.defineProperty(copy, displaySymbol, { value: show }));
}

/**
 * The history of a model's last training, also of one that was interrupted or ended with an error. Shows its curves.
 *
 * @returns figures after each epoch, by name; undefined for a model that was never trained by `nn.fit`
 * @example nn.historyOf({ predict: (x: tf.Tensor) => x, variables: [] }) // undefined
 */
export function historyOf(model: FitModel): Readonly<Record<string, readonly number[]>> | undefined {
  const found = histories.get(model);
  return found && frozenHistory(found);
}
