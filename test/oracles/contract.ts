/** A file of reference numbers from a trusted package; see README.md. */
export interface OracleFile {
  source: string;
  notes?: unknown;
  cases: OracleCase[];
}

export interface OracleCase {
  name: string;
  input: Record<string, unknown>;
  expected: unknown;
  /** A difference is allowed up to abs + rel * |expected|; default 1e-9 each. */
  tolerance?: { abs?: number; rel?: number };
}

/** What of the public API answers a kind of case. One file a subject in `adapters/`. */
export interface Adapter {
  /** Is this case for this adapter? Told by its input alone, so that files may have any name. */
  handles(input: OracleCase["input"]): boolean;
  /** The answer in the shape of `expected`. Properties that `expected` does not have are ignored. */
  answer(input: OracleCase["input"], expected: unknown): unknown;
}
