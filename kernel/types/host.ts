import type { Changes, Layout } from "./compiler.js";

/** What a compiler may ask of the world. The kernel answers from the disk and from generated files, a page from a map. */
export interface CompilerHost {
  /** The notebook's folder; generated files lie in it. Forward slashes, no slash at the end. */
  readonly directory: string;
  /** A generated file's text; undefined where the file is not generated. */
  generated(path: string): string | undefined;
  /** Undefined: as the file system says (only the native compiler reads by itself). */
  fileExists(path: string): boolean | undefined;
  directoryExists(path: string): boolean | undefined;
  /** Null: does not exist. Undefined: as the file system says. */
  readFile(path: string): string | null | undefined;
  realpath(path: string): string | undefined;
  /** Texts of the files that make the program: its configuration, with the tsconfig.json in force, and the prelude. */
  layOut(layout: Layout): Changes;
  /** Absolute paths of the local files that changed on disk since the last call. */
  changedOnDisk(): string[];
  /** Apply new texts of generated files, by name relative to `directory`; returns absolute paths. */
  apply(changes: Changes): { changed: string[]; created: string[]; deleted: string[] };
}
