/** What people read: buttons, reports, statements. */
export type Language = "en" | "zh";

/** The notebook's own language, which the kernel tells the process that runs its cells; English where nobody told. */
export const notebookLanguage = (): Language => (globalThis.process?.env?.["LYCEUM_LANGUAGE"] === "zh" ? "zh" : "en");

/** Words in the notebook's language, for what helpers draw and write. @example say("steps", "步") // "steps" */
export const say = (en: string, zh: string): string => (notebookLanguage() === "zh" ? zh : en);
