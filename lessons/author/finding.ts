/** What a lesson lacks. An error breaks a promise to learners; a warning is for the author's judgement. */
export interface Finding {
  readonly level: "error" | "warning";
  /** Which promise: `language`, `terms`, `tasks`, ... */
  readonly kind: string;
  readonly text: string;
}

export const error = (kind: string) => (text: string): Finding => ({ level: "error", kind, text });
export const warning = (kind: string) => (text: string): Finding => ({ level: "warning", kind, text });
