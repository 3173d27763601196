/** What a check is (DESIGN section 5). Pure types: authors, the kernel, the grader and the page share them. */

export type Language = "en" | "zh";

/** The same words in both languages. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}

/** A failure in four parts. It never gives the answer away. */
export interface Reason {
  /** The fact, with the learner's own number: "Your mean loss is 2,304.1." */
  saw: Text;
  /** What would be right, as a property or a range: "Mine for the same weights lies near 2.3." */
  expected: Text;
  /** The likely cause, as a question: "Do you sum where you should average?" */
  cause?: Text;
  /** One thing to do now. */
  next?: Text;
}

/**
 * - `passed`: the check said so, explicitly; nothing else counts.
 * - `failed`: it ran and the answer is not right (yet); `points` may be partial.
 * - `not-started`: the stub is untouched; no red, no cost.
 * - `missing`, `threw`, `timeout`, `too-large`, `unsupported`, `died`: the student's side gave no usable answer.
 * - `crashed`: the check itself broke or gave no verdict. Never the learner's fault, never a pass.
 */
export type Status =
  | "passed" | "failed" | "not-started" | "missing" | "threw" | "timeout" | "too-large" | "unsupported" | "died" | "crashed";

export interface Verdict {
  readonly status: Status;
  /** Points earned, 0 <= points <= of. */
  readonly points: number;
  readonly of: number;
  /** Why not; absent on a pass. */
  readonly reason?: Reason;
  /** On a pass: one sentence of meaning, with a number from the learner's own run. */
  readonly meaning?: Text;
}

/**
 * The narrow way to the student's side. Answers are decoded by our own code (codec.ts): numbers, strings, arrays, plain objects,
 * Map, Set, Date, bigint, typed arrays; a tensor arrives as `DecodedTensor`. An answer that is missing, threw, late, too large or
 * cannot cross ends the check with a verdict of that name, so authors write the happy path only.
 */
export interface Student {
  /** Call a function of the notebook; `name` may be a path, `model.predict`. Promises are awaited on the other side. */
  call(name: string, args: readonly unknown[], limits?: { time?: number }): Promise<unknown>;
  /** Read a top-level binding; `name` may be a path. */
  value(name: string): Promise<unknown>;
  /** Last run source of the cell with this id, or the code that defined this name. Undefined where there is none. */
  source(name: string): Promise<string | undefined>;
}

/** A tensor of the student's, as data. `values` is row-major: an array of `shape`'s product elements (complex64: twice). */
export interface DecodedTensor {
  readonly kind: "tensor";
  readonly dtype: "float32" | "int32" | "bool" | "complex64" | "string";
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array | Uint8Array | readonly string[];
}

/** What `run` gets beside the student: the words of `assert.ts`, bound to this run. */
export interface Teller {
  /** Everything is right. `meaning`: what the learner now knows, one sentence, with a number of theirs. */
  pass(meaning: Text): Verdict;
  /** End here: not right. */
  fail(reason: Reason): never;
  /** `condition` or the reason. */
  that(condition: boolean, reason: Reason): void;
  /**
   * Partial credit: these assertions are worth `points`. A failure inside is kept, the next part still runs, and `pass` then gives a
   * `failed` verdict with the points of the parts that held. The parts of a check must add up to its points.
   */
  part(points: number, body: () => Promise<void> | void): Promise<void>;
  /** A finite number, returned as such. */
  number(value: unknown, about: About): number;
  /** A number within `tolerance` of `want`. The text never prints `want`. */
  close(value: unknown, want: number, about: About & { tolerance?: number }): number;
  /** A number in [low, high]; the text gives the range. */
  between(value: unknown, low: number, high: number, about: About): number;
  /** Numbers only, none NaN or infinite: an array, typed array or tensor of any shape; returned flat. */
  finite(value: unknown, about: About): readonly number[];
  /** Array or tensor of this shape; null means any length: `[null, 3]`. The text gives both shapes. */
  shape(value: unknown, shape: readonly (number | null)[], about: About): void;
  /** Every number within `tolerance` of its twin. The text names the first index that differs, and how many do. */
  allClose(value: unknown, want: ArrayLike<unknown> | DecodedTensor, about: About & { tolerance?: number }): readonly number[];
  /** Deep equality of decoded values, the first path that differs named. The text never prints `want`. */
  equal(value: unknown, want: unknown, about: About): void;
}

/** What an assertion speaks about. */
export interface About {
  /** The thing, as it stands at the start of a sentence: `mse([1, 2], [1, 4])`, or words in both languages. */
  what: string | Text;
  /** Replaces the assertion's own "what I expected". */
  expected?: Text;
  cause?: Text;
  next?: Text;
}

/** A common mistake, kept beside the check: the check must catch it and name it. */
export interface WrongSolution {
  /** Short, English: "sums instead of averaging". */
  name: string;
  /** The whole task cell as the learner would have it; or `edit`. */
  source?: string;
  /** [find, replace]: the solution's text with this one place changed. `find` must occur. */
  edit?: readonly [find: string, replace: string];
  /** Must match the English message of the verdict. */
  expects: RegExp;
}

export interface Check {
  /** The task's id in lesson.md: `mse`; learners write `check("regression.mse")`. */
  readonly id: string;
  /** The same number as `points=` of the task. */
  readonly points: number;
  readonly title: Text;
  /** Two rungs: where to look and a question; then the shape of the step with a hole. Never the solution. Markdown. */
  readonly hints: readonly [Text, Text];
  run(student: Student, t: Teller): Promise<Verdict>;
  readonly wrong: readonly WrongSolution[];
}
