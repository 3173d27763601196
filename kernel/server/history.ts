import type { Content } from "../wire/message.js";
import { matchesGlob } from "./glob.js";
import type { HistoryFile } from "./history-file.js";

interface Entry {
  session: number;
  line: number;
  source: string;
  /** text/plain of the result; of this session only. */
  output: string | null;
}

export interface History {
  add(line: number, source: string): void;
  /** The result of a line of this session. */
  output(line: number, text: string): void;
  /** The content of `history_reply`. */
  answer(request: Content): Promise<Content>;
  saved(): Promise<void>;
}

export function createHistory(file: HistoryFile): History {
  const own: Entry[] = [];
  // Read when first needed: the file has no place on the way to the first answer.
  let earlier: Promise<Entry[]> | undefined;
  const past = (): Promise<Entry[]> => (earlier ??= file.load().then((entries) => entries.map(([session, line, source]) => ({ session, line, source, output: null }))));
  let stored: Promise<void> = Promise.resolve();
  const session = async (): Promise<number> => (await past()).reduce((highest, entry) => Math.max(highest, entry.session), 0) + 1;

  async function all(): Promise<Entry[]> {
    const number = await session();
    return [...(await past()), ...own.map((entry) => ({ ...entry, session: number }))];
  }

  return {
    add(line, source) {
      own.push({ session: 0, line, source, output: null });
      stored = session().then((number) => file.append([number, line, source]));
    },
    output(line, text) {
      const entry = own.findLast((candidate) => candidate.line === line);
      if (entry) entry.output = text;
    },
    async answer(request) {
      const chosen = select(await all(), request, await session());
      const history = chosen.map((entry) => [entry.session, entry.line, request.output === true ? [entry.source, entry.output] : entry.source]);
      return { status: "ok", history };
    },
    async saved() {
      await stored;
      await file.saved();
    },
  };
}

function select(entries: Entry[], request: Content, current: number): Entry[] {
  const count = typeof request.n === "number" ? Math.max(0, request.n) : undefined;
  const last = (found: Entry[], n: number | undefined): Entry[] => (n === undefined ? found : n === 0 ? [] : found.slice(-n));
  switch (request.hist_access_type) {
    case "tail":
      return last(entries, count ?? 10);
    case "range": {
      // 0 is this session, -1 the one before it; start is included, stop is not.
      const asked = typeof request.session === "number" ? request.session : 0;
      const session = asked <= 0 ? current + asked : asked;
      const start = typeof request.start === "number" ? request.start : 1;
      const stop = typeof request.stop === "number" ? request.stop : Infinity;
      return entries.filter((entry) => entry.session === session && entry.line >= start && entry.line < stop);
    }
    case "search": {
      const pattern = typeof request.pattern === "string" ? request.pattern : "*";
      const found = entries.filter((entry) => matchesGlob(pattern, entry.source));
      return last(request.unique === true ? latestOfEach(found) : found, count);
    }
    default:
      throw new Error(`expected hist_access_type tail, range or search, got ${JSON.stringify(request.hist_access_type)}`);
  }
}

/** Of equal sources the latest, in the order of those. */
function latestOfEach(entries: Entry[]): Entry[] {
  const latest = new Map<string, Entry>();
  for (const entry of entries) {
    latest.delete(entry.source);
    latest.set(entry.source, entry);
  }
  return [...latest.values()];
}
