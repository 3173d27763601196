/** What a run of tfjs-core's suite found. */
export interface SuiteResult {
  passed: number;
  /** Pending in the suite itself, or not asked for. */
  skipped: number;
  failed: { name: string; message: string }[];
  /** Graphs that were run in place of operations. */
  graphs?: number;
}
