/** A lesson as data: what `parseLesson` gives and everything else reads. All of it is frozen. */
import type { Language, Text } from "../checks/contract.js";

export type { Language, Text };

export type Level = "beginner" | "intermediate" | "advanced";

export interface Lesson {
  readonly id: string;
  /** Rises when a released task changes: a learner's older copy can then be told apart. Default 1. */
  readonly version: number;
  readonly title: Text;
  readonly level: Level;
  readonly minutes: number;
  /** The sum over tasks and quizzes. */
  readonly points: number;
  readonly objectives: readonly Objective[];
  /** Ids of lessons. */
  readonly prerequisites: readonly string[];
  /** Names of data sets. */
  readonly data: readonly string[];
  readonly terms: readonly Text[];
  /** Results that the prose promises; `lyceum lesson check` and the tests hold them. */
  readonly ranges: readonly ResultRange[];
  readonly blocks: readonly Block[];
}

export interface ResultRange {
  /** Id of the cell after which it holds, in a notebook with all tasks solved. */
  readonly cell: string;
  /** A TypeScript expression of the notebook's names; a number. */
  readonly value: string;
  readonly from: number;
  readonly to: number;
}

export interface Objective {
  readonly text: Text;
  /** Ids of the tasks and quizzes that check it. */
  readonly tasks: readonly string[];
}

export type Block = Section | Prose | CodeCell | Task | Quiz | Prediction | Callout;

/** A level-2 heading. */
export interface Section {
  readonly kind: "section";
  readonly id: string;
  readonly title: Text;
}

/** Markdown between two anchors. */
export interface Prose {
  readonly kind: "prose";
  readonly text: Text;
}

/** A given cell: it runs as it stands. */
export interface CodeCell {
  readonly kind: "code";
  readonly id: string;
  readonly source: string;
  readonly comments: Comments;
  readonly strings: Strings;
  /** The learner is not to change it. */
  readonly locked: boolean;
}

export interface Task {
  readonly kind: "task";
  readonly id: string;
  readonly points: number;
  /** As the author wrote it, with its BEGIN/END SOLUTION and STUB lines: `solutionOf` and `stubOf` read it. */
  readonly source: string;
  readonly comments: Comments;
  readonly strings: Strings;
}

/** English comment -> its Chinese twin, for one cell. */
export type Comments = Readonly<Record<string, string>>;

/** String of a cell that people read (a plot's title) -> its Chinese twin, both with their quotes. */
export type Strings = Readonly<Record<string, string>>;

export interface Quiz {
  readonly kind: "quiz";
  readonly id: string;
  readonly points: number;
  /** Several choices may be right, and all of them are asked for. */
  readonly multi: boolean;
  readonly question: Text;
  /** In order; the learner knows them as a, b, c. */
  readonly choices: readonly Choice[];
}

export interface Choice {
  readonly text: Text;
  readonly right: boolean;
  /** What to say to who chose it. */
  readonly why: Text;
}

export interface Prediction {
  readonly kind: "prediction";
  readonly id: string;
  readonly question: Text;
  readonly choices: readonly Text[];
}

export interface Callout {
  readonly kind: "callout";
  readonly tone: "note" | "tip" | "warning";
  /** Empty where the author gave none. */
  readonly title: Text;
  readonly text: Text;
}

/** What earns points, in the lesson's order. */
export function graded(lesson: Lesson): (Task | Quiz)[] {
  return lesson.blocks.filter((block): block is Task | Quiz => block.kind === "task" || block.kind === "quiz");
}
