import { appendFile, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** [session, line, source]: one JSON line of the file. */
export type StoredEntry = [session: number, line: number, source: string];

export interface HistoryFile {
  /** What earlier kernels stored, oldest first. */
  load(): Promise<StoredEntry[]>;
  append(entry: StoredEntry): void;
  /** Settles when everything is on disk. */
  saved(): Promise<void>;
}

const kept = 1_000;
const trimAt = 2_000;
const longestSource = 100_000;

/** LYCEUM_HISTORY names the file; `off`: nothing is kept on disk. */
export function historyPath(environment: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string | undefined {
  if (environment.LYCEUM_HISTORY === "off") return undefined;
  if (environment.LYCEUM_HISTORY) return environment.LYCEUM_HISTORY;
  const state = platform === "win32" ? (environment.LOCALAPPDATA ?? join(homedir(), "AppData", "Local")) : (environment.XDG_STATE_HOME ?? join(homedir(), ".local", "state"));
  return join(state, "lyceum", "history.jsonl");
}

/** History that several kernels share: each only appends; a file that grew long is trimmed at the next start. A broken disk costs the history, not the kernel. */
export function openHistoryFile(path: string | undefined): HistoryFile {
  let last: Promise<unknown> = Promise.resolve();
  const later = (act: () => Promise<unknown>): void => void (last = last.then(act).catch(() => {}));
  if (path === undefined) return { load: async () => [], append: () => {}, saved: async () => {} };
  return {
    async load() {
      const entries = parse(await readFile(path, "utf8").catch(() => ""));
      if (entries.length <= trimAt) return entries;
      const recent = entries.slice(-kept);
      later(async () => {
        await writeFile(`${path}.${process.pid}`, recent.map(toLine).join(""), { mode: 0o600 });
        await rename(`${path}.${process.pid}`, path);
      });
      return recent;
    },
    append(entry) {
      if (entry[2].length > longestSource) return;
      later(async () => {
        await mkdir(dirname(path), { recursive: true });
        await appendFile(path, toLine(entry), { mode: 0o600 }); // what a learner types is theirs alone
      });
    },
    saved: async () => void (await last),
  };
}

const toLine = (entry: StoredEntry): string => `${JSON.stringify(entry)}\n`;

function parse(text: string): StoredEntry[] {
  return text.split("\n").flatMap((line) => {
    try {
      const entry = JSON.parse(line) as StoredEntry;
      return Number.isInteger(entry[0]) && Number.isInteger(entry[1]) && typeof entry[2] === "string" ? [entry] : [];
    } catch {
      return []; // a line cut short by a crash
    }
  });
}
