import type { Tensor } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "../contract.js";
import { makeCallable, type Callable } from "./call.js";
import type { CompileOptions, Mode, NodeBackend, Recording, Refusal } from "./contract.js";
import { compare } from "./difference.js";
import { Follower } from "./follow.js";
import { buildGraph } from "./graph.js";
import { Recorder } from "./recorder.js";
import { scoped } from "./scope.js";
import { withUndo } from "./unwind.js";
import { unchanged } from "./watch.js";
import { createTrial, ways, type Trial, type Way } from "./trial.js";

/** Runs recorded before a step counts as one that does something else every time. */
const patience = 6;

/** How a step is called with arguments of one signature. */
export interface Variant {
  mode: Mode;
  calls: number;
  /** Runs that were recorded. */
  recorded: number;
  callable?: Callable;
  refusal?: Refusal;
  /** How the graph runs, or undefined while that is tried. */
  way: Way | undefined;
  call(args: readonly Tensor[], work: () => unknown): unknown;
  /** From now on the JavaScript runs at every call. */
  follow(): void;
  dispose(): void;
}

export interface VariantOptions {
  xla: CompileOptions["xla"];
  /** Told once when the step cannot be a graph. */
  onRefusal(refusal: Refusal): void;
}

/**
 * From the first run to a graph: runs are recorded until two in a row agree; the graph of it then runs in their place. At calls number
 * 2, 4, 8, ... the step runs and is recorded again, which finds what changes behind the arguments' back.
 */
export function createVariant(tf: TensorFlowJs, backend: NodeBackend, options: VariantOptions): Variant {
  let last: Recording | undefined;
  let lookAgain = 0;
  let changes = 0;
  let trial: Trial | undefined;
  let following = false;

  const self: Variant = {
    mode: "eager", calls: 0, recorded: 0, way: undefined,
    call(args, work) {
      self.calls += 1;
      if (self.refusal) return scoped(tf, work);
      if (self.mode === "graph" && self.calls !== lookAgain && unchanged(self.callable!.graph.recording.watched)) {
        const done = run(args);
        if (done) return done.result;
      }
      if (self.mode === "follow") return beside(args, work);
      if (self.calls >= lookAgain) lookAgain = Math.max(4, self.calls) * 2;
      return record(new Recorder(tf, backend, args), work);
    },
    follow() {
      following = true;
      if (self.mode === "graph") drop();
    },
    dispose: drop,
  };

  function run(args: readonly Tensor[]): { result: unknown } | undefined {
    if (!trial) return self.callable!.call(args, self.way ?? ways.plain);
    const answer = trial.call((way) => self.callable!.call(args, way));
    self.way = trial.verdict;
    if (self.way !== undefined) trial = undefined;
    return answer;
  }

  /** A run in full, with a look at whether it does what the one before did. */
  function record(recorder: Recorder, work: () => unknown): unknown {
    return withUndo(() => recorder.release(), () => {
      const result = recorder.run(work);
      digest(recorder.recording);
      return result;
    });
  }

  function digest(now: Recording): void {
    self.recorded += 1;
    if (now.refusal) return refuse(now.refusal);
    if (now.createdVariables > 0) {
      if (self.recorded >= patience) refuse({ reason: "it makes new variables at every call; make them outside", at: {} });
      return;
    }
    const before = last;
    last = now;
    if (now.effect) following = true;
    if (!before) return;
    const { structure, constants, captured } = compare(before, now);
    if (structure !== undefined) {
      // Its JavaScript decides what to do, so it must run.
      following = true;
      drop();
      changes += 1;
      if (changes >= patience) refuse({ reason: `it does something else from call to call (${structure})`, at: {} });
      return;
    }
    if (constants.length > 0 || captured.length > 0) {
      following = true;
      drop();
    }
    if (!self.callable) build(now, new Set(constants));
  }

  function build(recording: Recording, given: ReadonlySet<number>, alive: Follower["alive"] = []): void {
    drop();
    try {
      self.callable = makeCallable(tf, backend, buildGraph(backend, recording, given, alive));
    } catch (error) {
      return refuse({ reason: `TensorFlow does not take it as a graph: ${(error as Error).message}`, at: {} });
    }
    last = recording;
    self.mode = following ? "follow" : "graph";
    if (self.mode === "follow") return;
    self.way = options.xla === true ? ways.xla : undefined;
    trial = options.xla === true ? undefined : createTrial([ways.plain, ways.oneThread, ...(options.xla === "auto" ? [ways.xla] : [])]);
  }

  /** The JavaScript runs, its operations as one call of the graph. */
  function beside(args: readonly Tensor[], work: () => unknown): unknown {
    const { graph } = self.callable!;
    const follower = new Follower(tf, backend, args, graph);
    return withUndo(() => follower.release(), () => {
      const result = follower.run(work);
      if (follower.left === undefined) follower.settle();
      if (follower.left === undefined) return result;
      const now = follower.recording;
      if (now.refusal) refuse(now.refusal);
      else if (follower.varying.size === 0 && follower.alive.length === 0 && (changes += 1) >= patience) refuse({ reason: `it does something else from call to call (${follower.left})`, at: {} });
      else if (now.createdVariables === 0) build(now, new Set([...graph.given, ...follower.varying]), follower.alive);
      return result;
    });
  }

  function refuse(refusal: Refusal): void {
    drop();
    self.refusal = refusal;
    options.onRefusal(refusal);
  }

  function drop(): void {
    self.callable?.dispose();
    delete self.callable;
    self.mode = "eager";
  }

  return self;
}
