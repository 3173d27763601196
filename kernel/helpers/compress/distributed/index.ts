/** `compress.distributed`: training and serving on several workers: ring all-reduce, staleness, pipelines, batches under load. */
export { run, type RunOptions } from "./run.js";
export type { WorkerContext, WorkerKind, WorkerProgram } from "./worker.js";
export type { Link } from "./link.js";
export { memoryRing, ringAllReduce, type Ring } from "./ring.js";
export { dataParallel, type DataParallelOptions, type DataParallelResult, type WorkerShare } from "./train/data-parallel.js";
export type { Staleness } from "./train/server.js";
export type { LossName } from "./train/losses.js";
export { pipeline, type PipelineOptions, type PipelineResult, type StageShare } from "./train/pipeline.js";
export { batcher, Refused, type Batcher, type BatcherOptions, type BatcherStats } from "./serve/batcher.js";
export { serve, type ModelServer, type Served, type ServeOptions } from "./serve/serve.js";
export { loadTest, type LoadOptions, type LoadResult } from "./serve/load.js";
export { plotTail, speedUp, type SpeedUp, type SpeedUpRow } from "./plots.js";
export { plotTimeline, type Stretch, type TimelineOptions } from "./timeline.js";
