/** Half-open [start, end) in UTF-16 units of the text, as JavaScript's `slice`. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

/** Pixels from the top left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly label: string;
}

/** A labelled text. */
export interface LabelledText {
  readonly id: string | number;
  readonly text: string;
  /** Classes of the whole text. */
  readonly labels?: readonly string[];
  readonly spans?: readonly Span[];
}

/** A labelled picture. */
export interface LabelledImage {
  readonly id: string | number;
  /** File name or address, never opened here. */
  readonly image: string;
  readonly width?: number;
  readonly height?: number;
  /** Classes of the whole picture. */
  readonly labels?: readonly string[];
  readonly boxes?: readonly Box[];
}

/** A sentence as tokens with BIO tags. */
export interface TaggedSentence {
  readonly tokens: readonly string[];
  /** "O", "B-PER", "I-PER", ... */
  readonly tags: readonly string[];
}
