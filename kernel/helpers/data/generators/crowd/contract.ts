/** A class: a word, a number, or true and false. */
export type CrowdClass = string | number | boolean;

/** How a simulated worker answers. */
export type WorkerKind =
  /** Right nearly always. */
  | "expert"
  /** Right mostly. */
  | "average"
  /** Knows all classes but two, which are taken for each other. */
  | "confuser"
  /** Does not look: any class, equally often. */
  | "spammer"
  /** Does not look: one class, always the same. */
  | "oneButton"
  /** Looks, knows, and answers wrong on purpose. */
  | "adversary";

/** A mistake that workers share, because they grew up or were taught alike: no vote can mend it. */
export interface SharedHabit<L extends CrowdClass = CrowdClass> {
  /** The items it is about, by place. */
  readonly items: readonly number[];
  /** Items among them that are truly `from` are called `to`. */
  readonly from: L;
  readonly to: L;
  /** Share of the workers who have it, 0 to 1. */
  readonly share: number;
}

export interface CrowdOptions<L extends CrowdClass = CrowdClass> {
  /** How many workers of each kind. Default `{ expert: 2, average: 6, confuser: 1, spammer: 2, oneButton: 1 }`. */
  workers?: Readonly<Partial<Record<WorkerKind, number>>>;
  /** All classes. Default: those that occur, numbers and words sorted. */
  classes?: readonly L[];
  /** Mean share of right answers on plain items, 0 to 1; each worker lies within 0.05 of it. Default `{ expert: 0.95, average: 0.75, confuser: 0.9, adversary: 0.1 }`. */
  accuracy?: Readonly<Partial<Record<"expert" | "average" | "confuser" | "adversary", number>>>;
  /** Sets of classes that look alike: four of five mistakes stay within the set. Default none: mistakes fall evenly. */
  confusable?: readonly (readonly L[])[];
  /** Different workers an item, 1 to the number of workers. Default 3. */
  labelsPerItem?: number;
  /** Mean difficulty, 0 to 0.5: an item's difficulty is the share of careful workers who cannot tell and guess among what looks alike. Most items are easier than the mean, a few much harder. Or each item's own, 0 to 1. Default 0.1. */
  difficulty?: number | readonly number[];
  /** Share of careful answers lost to guessing at the end of a worker's shift, 0 to 1; it grows from 0 evenly. Default 0. */
  fatigue?: number;
  /** Gold questions, whose answer is known: every worker gets them, mixed into the shift. A share of the items, 0 to 1, or their places. Default 0. */
  gold?: number | readonly number[];
  habits?: readonly SharedHabit<L>[];
  /** Money for one label. Default 0.02. */
  price?: number;
  /** Default 1. */
  seed?: number;
}

/** One label; `turn` counts the worker's labels from 0. */
export interface CrowdLabel<L extends CrowdClass = CrowdClass> {
  readonly item: number;
  readonly annotator: string;
  readonly label: L;
  readonly turn: number;
}

/** What an estimate should find, and no real requester ever sees. */
export interface CrowdTruth<L extends CrowdClass = CrowdClass> {
  readonly labels: readonly L[];
  /** An entry an item, 0 to 1. */
  readonly difficulty: readonly number[];
  readonly workers: readonly CrowdWorker[];
}

export interface CrowdWorker {
  readonly annotator: string;
  readonly kind: WorkerKind;
  /** `confusion[true class][label given]` on plain items, rested: rows sum to 1. */
  readonly confusion: readonly (readonly number[])[];
  /** Which of the habits this worker has, by place. */
  readonly habits: readonly number[];
}

export interface Crowd<L extends CrowdClass = CrowdClass> {
  /** Sorted by item: what `label.majorityVote`, `label.dawidSkene`, ... take. */
  readonly annotations: readonly CrowdLabel<L>[];
  readonly classes: readonly L[];
  /** Places of the gold questions, ascending. */
  readonly gold: readonly number[];
  /** Number of labels times price. */
  readonly cost: number;
  readonly truth: CrowdTruth<L>;
}
