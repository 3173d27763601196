import type { Status } from "../checks/contract.js";

/** One submission, graded or named as what it is instead. */
export interface GradeReport {
  file: string;
  /** From the notebook's `metadata.lyceum.student` or the file's name. */
  student: string;
  /** Id of the lesson; empty where it could not be told. */
  lesson: string;
  /**
   * `graded`: every task has a mark. `out-of-time`: the total limit ended the run, tasks not reached have 0 points.
   * The others name why there is no mark at all.
   */
  status: "graded" | "out-of-time" | "unreadable" | "not-a-notebook" | "unknown-lesson" | "failed";
  /** Why there is no mark, or what else a teacher should know. */
  problem?: string;
  tasks: TaskMark[];
  points: number;
  /** Always from the lesson's source, never from the submission. */
  of: number;
  repairs: Repair[];
  seconds: number;
}

export interface TaskMark {
  id: string;
  status: Status | "out-of-time";
  points: number;
  of: number;
  /** The check's words in the submission's language. */
  message: string;
}

/** What of the submission was not taken as it stood. */
export interface Repair {
  kind: "deleted" | "edited" | "duplicate" | "unknown-task" | "failed-cell" | "moved";
  /** Cell id. */
  cell: string;
  text: string;
}
