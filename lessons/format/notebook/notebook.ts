/** nbformat 4.5, as far as we write it; what we read may hold more. */
export interface Notebook {
  nbformat: number;
  nbformat_minor: number;
  metadata: Record<string, unknown> & { lyceum?: NotebookMark };
  cells: NotebookCell[];
}

export interface NotebookCell {
  cell_type: "markdown" | "code" | "raw";
  id: string;
  metadata: Record<string, unknown> & { lyceum?: CellMark; nbgrader?: NbgraderMark; deletable?: boolean; editable?: boolean };
  source: string;
  /** Code cells only. */
  outputs?: unknown[];
  execution_count?: number | null;
}

/** `metadata.lyceum` of a notebook: which lesson, in which language, of which version. */
export interface NotebookMark {
  lesson: string;
  language: "en" | "zh";
  version: number;
  /** The front matter, in the teacher's notebook only: the way back to lesson.md needs it. */
  head?: unknown;
}

/** What a cell is for. */
export type Role = "title" | "section" | "prose" | "callout" | "given" | "task" | "check" | "quiz" | "answer" | "prediction" | "terms";

/** `metadata.lyceum` of a cell. */
export interface CellMark {
  role: Role;
  /** The block's id in the lesson, where it has one. */
  id?: string;
  /** Only the grader's copy counts; JupyterLab shows it read-only. */
  locked?: true;
  /** In the teacher's notebook only: the block's own Markdown, which the way back to lesson.md needs. */
  markdown?: string;
}

/** nbgrader's cell metadata, schema version 3. */
export interface NbgraderMark {
  grade: boolean;
  solution: boolean;
  locked: boolean;
  task: boolean;
  grade_id: string;
  points?: number;
  schema_version: 3;
  cell_type: "markdown" | "code" | "raw";
  checksum: string;
}
