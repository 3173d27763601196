/** `track` in a notebook: runs, parameters, metrics and artefacts kept as files; compared in tables and plots; TensorBoard's format. */
export type { FitCallbackOptions } from "./callback.js";
export { compare, csv, type CompareOptions, type ComparedRun, type Comparison } from "./compare.js";
export type { Artefact, Environment, Parameter, RunRecord, Series, Status } from "./contract.js";
export { environment, type EnvironmentOptions } from "./environment.js";
export { hash } from "./hash.js";
export { artefact, remove, runs, type Runs, type RunsOptions } from "./list.js";
export { curves, parallel, scatter } from "./plot.js";
export { run, start, type Run, type RunOptions } from "./run.js";
export { eventFile, type TensorBoardEvent } from "./tensorboard/events.js";
export { toTensorBoard } from "./tensorboard/export.js";
