import { known, shown } from "../../arguments.js";
import { hex } from "../crypto/encoding.js";
import { sha256 } from "../crypto/hash.js";

/** One line of a log. */
export interface LogEntry {
  /** 0, 1, 2, ... */
  readonly index: number;
  /** ISO 8601, UTC. */
  readonly time: string;
  /** What happened: plain JSON. */
  readonly event: Readonly<Record<string, unknown>>;
  /** Hash of the entry before; 64 zeros for the first. */
  readonly previous: string;
  /** SHA-256 over all of the above. */
  readonly hash: string;
}

export interface AccessLog {
  readonly entries: readonly LogEntry[];
  /** Hash of the last entry. Keep it elsewhere (print it, mail it): it is what makes cutting or rewriting the log visible. */
  readonly head: string;
  append(event: Readonly<Record<string, unknown>>): LogEntry;
}

const nothing = "0".repeat(64);

/** One text for one value: keys in order, so that a log that was stored and read again has the same hash. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object")
    return `{${Object.entries(value).filter(([, one]) => one !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(",")}}`;
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined || (typeof value === "number" && !Number.isFinite(value))) throw new TypeError(`expected plain JSON in a log entry, got ${shown(value)}`);
  return text;
}

const hashOf = ({ index, time, event, previous }: Omit<LogEntry, "hash">): string => hex(sha256(canonical([index, time, event, previous])));

/**
 * A tamper-evident log: every entry carries the hash of the one before, so a changed, removed, inserted or reordered entry breaks the chain from there on.
 * Who can rewrite everything can make a new chain: only a `head` kept elsewhere shows that.
 *
 * @param entries of an earlier log, to continue it; checked first
 * @param options `clock`: what time it is; default the system's
 * @throws `log broken at entry 3: ...`
 * @see Schneier and Kelsey 1999 (secure audit logs)
 * @example
 * const log = privacy.accessLog();
 * log.append({ user: "u1", read: "grades" });
 * privacy.verifyLog(log.entries, { head: log.head }).valid // true
 */
export function accessLog(entries: readonly LogEntry[] = [], options: { clock?: () => Date } = {}): AccessLog {
  known(options, ["clock"]);
  const { clock = () => new Date() } = options;
  const checked = verifyLog(entries);
  if (!checked.valid) throw new RangeError(`log broken at entry ${checked.brokenAt}: ${checked.reason}`);
  const list = [...entries];
  return Object.freeze({
    get entries() {
      return Object.freeze([...list]);
    },
    get head() {
      return list.at(-1)?.hash ?? nothing;
    },
    append(event: Readonly<Record<string, unknown>>) {
      // A copy: what the caller changes later must not change the log.
      const copy = JSON.parse(canonical(event)) as Record<string, unknown>;
      const entry = { index: list.length, time: clock().toISOString(), event: Object.freeze(copy), previous: list.at(-1)?.hash ?? nothing };
      list.push(Object.freeze({ ...entry, hash: hashOf(entry) }));
      return list.at(-1)!;
    },
  });
}

export interface LogCheck {
  readonly valid: boolean;
  /** First entry that is wrong; the number of entries where the end is missing. */
  readonly brokenAt?: number;
  readonly reason?: string;
}

/**
 * Is the chain whole, and, with `head`, does it end where it ended when the head was noted (or go on from there)?
 *
 * @example
 * const log = privacy.accessLog();
 * log.append({ n: 1 });
 * const forged = [{ ...log.entries[0], event: { n: 2 } }];
 * privacy.verifyLog(forged).brokenAt // 0
 */
export function verifyLog(entries: readonly LogEntry[], options: { head?: string } = {}): LogCheck {
  known(options, ["head"]);
  const broken = (brokenAt: number, reason: string): LogCheck => Object.freeze({ valid: false, brokenAt, reason });
  let previous = nothing;
  for (const [at, entry] of entries.entries()) {
    if (entry.index !== at) return broken(at, `expected index ${at}, got ${shown(entry.index)}`);
    if (entry.previous !== previous) return broken(at, "it does not follow the entry before");
    if (hashOf(entry) !== entry.hash) return broken(at, "its content does not fit its hash");
    previous = entry.hash;
  }
  const { head } = options;
  if (head !== undefined && head !== nothing && !entries.some(({ hash }) => hash === head)) return broken(entries.length, "the noted head is not in it: the end was cut or everything rewritten");
  return Object.freeze({ valid: true });
}
