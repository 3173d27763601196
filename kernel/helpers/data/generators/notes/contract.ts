/** What a word can be part of. The first five are medical, the last four protected health information. */
export type NoteType = "DISEASE" | "SYMPTOM" | "DRUG" | "PROCEDURE" | "BODY" | "NAME" | "DATE" | "PHONE" | "ID";

export interface NotesOptions {
  /** How many notes; default 100. */
  count?: number;
  /** Words from the training part of the gazetteers, the test part, or both ("all", the default). No concept, no first name and no surname is in both parts. */
  part?: "train" | "test" | "all";
  /** Sentences of a note, shortest and longest; default [2, 4]. Each from 1 to 12. */
  sentences?: readonly [number, number];
  /** Share of findings that are said to be absent ("denies chest pain"); 0 to 1, default 0.2. They are entities all the same. */
  negation?: number;
  /** Share of sentences in shorthand ("Pt c/o SOB x 3 d"); 0 to 1, default 0. */
  abbreviations?: number;
  /** Share of notes that open with the patient's name and other protected details; 0 to 1, default 0.7. */
  phi?: number;
  /** Full names of patients and doctors, in place of English ones. */
  names?: readonly string[];
  /** Sentences that are put in word for word, each into `times` notes: what a model must not remember. Their words are tagged O. */
  canaries?: readonly { readonly text: string; readonly times: number }[];
  /** Default 1. */
  seed?: number;
}

/** Words `first` to `last`, both included. */
export interface NoteEntity {
  readonly type: NoteType;
  readonly first: number;
  readonly last: number;
  readonly text: string;
  /** Does it help to find the person? */
  readonly phi: boolean;
  /** Said to be absent. */
  readonly negated: boolean;
  /** What a shorthand stands for. */
  readonly long?: string;
}

export interface Note {
  readonly id: number;
  readonly text: string;
  /** Words and punctuation marks, in order. */
  readonly words: readonly string[];
  /** One a word: `B-NAME` where an entity begins, `I-NAME` where it goes on, `O` outside. */
  readonly tags: readonly string[];
  readonly entities: readonly NoteEntity[];
}

/** What is true of a note and not in its tags. */
export interface NoteTruth {
  readonly id: number;
  readonly patient: { readonly name: string; readonly age: number; readonly job: string; readonly town: string };
  /** Which of the patient's details stand in the text without a tag: no list of identifiers has them, and together they may name one person. */
  readonly said: readonly ("age" | "job" | "town")[];
  /** Positions in `canaries` of those that were put in. */
  readonly canaries: readonly number[];
}

export interface Notes {
  readonly notes: readonly Note[];
  /** In the order of the notes. */
  readonly truth: readonly NoteTruth[];
}
