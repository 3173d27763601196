import type { Parameter, RunRecord } from "../contract.js";
import type { HyperParameter } from "./event.js";
import { eventFile, type TensorBoardEvent } from "./events.js";

/** TensorBoard knows numbers, words and switches. */
export const flatParameters = (parameters: Readonly<Record<string, Parameter>>): Record<string, HyperParameter> =>
  Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, typeof value === "number" || typeof value === "string" || typeof value === "boolean" ? value : JSON.stringify(value)]));

/**
 * A recorded run as a TensorBoard event file: its metrics, notes and parameters. Save it as `SOMETHING/events.out.tfevents.1` and open the folder above with TensorBoard.
 *
 * @example
 * const made = await track.run({ folder: false }, (run) => run.log({ loss: 0.5 }));
 * track.toTensorBoard(made) instanceof Uint8Array // true
 */
export function toTensorBoard(run: RunRecord): Uint8Array<ArrayBuffer> {
  const started = Date.parse(run.started);
  const scalars = Object.entries(run.metrics).flatMap(([tag, { steps, values, times }]) => steps.map((step, at): TensorBoardEvent => ({ kind: "scalar", tag, value: values[at]!, step, time: started + times[at]! * 1000 })));
  const notes = run.notes.map((text, step): TensorBoardEvent => ({ kind: "text", tag: "note", text, step, time: started }));
  const end = started + run.seconds * 1000;
  return eventFile([
    { kind: "hparams", parameters: flatParameters(run.parameters), metrics: Object.keys(run.metrics), time: started },
    ...scalars.sort((a, b) => a.time! - b.time!), ...notes,
    ...(run.status === "unfinished" ? [] : [{ kind: "end", good: run.status !== "failed", time: end } as const]),
  ], { time: started });
}
