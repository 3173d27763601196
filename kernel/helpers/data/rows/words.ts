/** An annual message of a president of the United States to Congress. */
export interface Speech {
  year: number;
  name: string;
  /** The whole message, or its beginning (up to 12,000 characters). */
  whole: boolean;
  text: string;
}

/** A meaning of an English noun in WordNet. */
export interface WordnetNode {
  /** Its first word; with a number where the word has several meanings here. */
  name: string;
  /** The definition. */
  gloss: string;
  class: "animal" | "body" | "food" | "location" | "object" | "plant" | "possession" | "substance" | "time";
}

/** How two meanings are related: `source` is a `kind` of, or part of, ... `target`; both are rows of `wordnet-nodes`. */
export interface WordnetEdge {
  source: number;
  target: number;
  /** "is a", "instance of", "part of", "has part", ... */
  kind: string;
}

/** One customer's words about one food product, from the years up to 2012. */
export interface Review {
  /** A number of the shop's: every review here is of another product. */
  product: string;
  /** As written, with the shop's `<br />` for a new line. */
  review: string;
  /** "great": five stars; "other": one to four. */
  score: "great" | "other";
  /** The part of the source that it comes from. */
  part: "train" | "test";
}

/** A medical word of WordNet. */
export interface MedicalTerm {
  term: string;
  type: "disease" | "symptom" | "drug" | "procedure" | "body part";
  /** WordNet's number of the meaning; two spellings of one thing share it. */
  concept: number;
  /** Three of ten concepts are kept for tests. */
  part: "train" | "test";
  /** In WordNet's words. */
  meaning: string;
}

/** An English first name. */
export interface FirstName {
  name: string;
  /** Which of the two lists of the 1990s has it. */
  list: "female" | "male" | "both";
  part: "train" | "test";
}
